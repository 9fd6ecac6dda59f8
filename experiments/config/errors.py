"""Errors of a config, said so that the reader knows what to change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from envs.names import nearest, shown
from experiments.config.overrides import shown_key

MOST_TOLD = 10  # mistakes of one config
LONG_NUMBER = re.compile(r"\b[\d.]{20,}")


@dataclass(frozen=True)
class OneOf:
    """Marks a string that must be one of some names; its error suggests the nearest.

    Attributes:
        what: what the names name, as in "unknown macro-action".
        names: the valid ones; they also go into the JSON schema.
    """

    what: str
    names: tuple[str, ...]

    def check(self, value: str) -> str:
        """Return the value if it is valid."""
        if value not in self.names:
            message = f"unknown {self.what} {shown(value)}; {nearest(value, self.names)}"
            raise PydanticCustomError("unknown_name", "{message}", {"message": message})
        return value

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.names)}


def explain(
    error: ValidationError, model: type[BaseModel], file: str, overrides: dict[str, str]
) -> str:
    """Return one line per mistake: the file or override, the dotted key, what is wrong.

    Of more than `MOST_TOLD` only how many more there are.

    Args:
        error: what pydantic found.
        model: the model that was checked against.
        file: the config file.
        overrides: the overrides that were applied, by dotted key.
    """
    lines: dict[str, str] = {}
    found = error.errors(include_url=False)
    for details in found[:MOST_TOLD]:
        key, problem = _explain_one(details, model)
        source = source_of(key, file, overrides)
        lines.setdefault(key, f"{source}: {shown_key(key)}: {problem}")
    more = [f"{file}: and {len(found) - MOST_TOLD:,} more"] if len(found) > MOST_TOLD else []
    return "\n".join([*lines.values(), *more])


def source_of(key: str, file: str, overrides: dict[str, str]) -> str:
    """Return the override that set a dotted key, or else the file.

    Args:
        key: such as ``agent.epsilon``.
        file: the config file.
        overrides: the overrides that were applied, by dotted key.
    """
    parts = key.replace("[", ".").split(".")
    for end in range(len(parts), 0, -1):
        override = overrides.get(".".join(parts[:end]))
        if override:
            return f"override {shown(override)}"
    below = next((o for k, o in overrides.items() if k.startswith(f"{key}.")), "")
    return f"override {shown(below)}" if below else file


def _explain_one(details: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    location = [part for part in details["loc"] if part != "[key]"]
    kind, given = details["type"], details["input"]
    keys, path = _walk(model, location)
    if kind == "extra_forbidden":
        return path, f"unknown key; {nearest(location[-1], keys)}"
    if kind == "missing":
        return path, "is missing"
    if kind == "union_tag_not_found":
        return f"{path}.name", "is missing"
    if kind == "union_tag_invalid":
        tag = details["ctx"]["tag"]
        names = details["ctx"]["expected_tags"].replace("'", "").split(", ")
        return f"{path}.name", f"unknown agent {shown(tag)}; {nearest(tag, names)}"
    if kind == "literal_error":
        names = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        return path, f"{shown(given)} is not valid; {nearest(given, names)}"
    if kind in ("unknown_name", "value_error"):
        return path, details["msg"].removeprefix("Value error, ")
    if kind == "invalid_key":
        return path, f"{shown(location[-1])} is not a key"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return path, f"must be keys and values, not {shown(given)}"
    if kind == "tuple_type":
        return path, f"must be a list, not {shown(given)}"
    if kind in ("bool_type", "bool_parsing"):
        return path, f"must be true or false, not {shown(given)}"
    expected = LONG_NUMBER.sub(_in_short, details["msg"].replace("Input should be", "must be"))
    return path, f"{expected}, not {shown(given)}"


def _in_short(number: re.Match[str]) -> str:
    """Return a limit as Python writes it, such as 1e+300, where pydantic writes all its digits."""
    return repr(float(number[0]))


def _walk(model: type[BaseModel], location: list[int | str]) -> tuple[list[str], str]:
    """Return the keys valid beside the location's last part, and the location as a dotted key.

    Pydantic puts the tag of a tagged union into the location; the dotted key leaves it out.
    """
    keys: list[str] = []
    dotted = ""
    here: Any = model
    for part in location:
        choices = {_tag(option): option for option in get_args(here)}
        if part in choices:
            here = choices[part]
            continue
        keys, here = _step(here, part)
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}"
    return keys, dotted.removeprefix(".")


def _step(here: Any, part: int | str) -> tuple[list[str], Any]:
    if isinstance(part, int):
        return [], next(iter(get_args(here)), None)
    if not (isinstance(here, type) and issubclass(here, BaseModel)):
        return [], None
    field = here.model_fields.get(str(part))
    return list(here.model_fields), field.annotation if field else None


def _tag(option: Any) -> str | None:
    if isinstance(option, type) and issubclass(option, BaseModel) and "name" in option.model_fields:
        return option.model_fields["name"].default
    return None
