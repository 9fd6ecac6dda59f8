"""What settings of environments are made of.

The settings of a game are a frozen model: `envs.nethack.settings`, `envs.stub.settings`. A field
there is a key in YAML, with its line of documentation in the JSON schema, an argument of the
environment, and a part of a replay's header, which is read as strictly as a config: there is no
second place to write it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
)
from pydantic_core import CoreSchema, ErrorDetails, PydanticCustomError, core_schema

from envs.names import nearest

# Unknown names and wrong types are errors; the line below a field is its documentation.
STRICT = ConfigDict(
    extra="forbid", strict=True, frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
)
Limit = Annotated[int, Field(gt=0)] | None  # None: no limit
MAX_TURNS, MAX_KEYSTROKES = 5_000, 100_000  # of a game, unless a config or an argument says else
RAW_KEYSTROKES = 1_000_000  # of a game that is played key by key, without macro-actions

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class OneOf:
    """Marks a string that must be one of some names; its error suggests the nearest.

    Attributes:
        what: what the names name, as in "unknown macro-action".
        names: the valid ones; they also go into the JSON schema.
    """

    what: str
    names: Collection[str]

    def check(self, value: str) -> str:
        """Returns the value if it is valid."""
        if value not in self.names:
            message = f"unknown {self.what} {value!r}; {nearest(value, self.names)}"
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


def make_settings(model: type[Model], values: Mapping[str, Any]) -> Model:
    """Returns checked settings; those that are not given have their defaults.

    Raises:
        ValueError: names the setting that there is not, or what is wrong with a value.
    """
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise ValueError(_problem(error.errors()[0], model)) from None


def _problem(details: ErrorDetails, model: type[BaseModel]) -> str:
    key = ".".join(map(str, details["loc"]))
    if details["type"] == "extra_forbidden":
        return f"unknown setting {key!r}; {nearest(key, model.model_fields)}"
    if details["type"] in ("unknown_name", "value_error"):
        return details["msg"].removeprefix("Value error, ")
    wanted = details["msg"].replace("Input should be", "must be")
    return f"{key} {wanted}, not {details['input']!r}"
