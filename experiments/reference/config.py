"""Every key of a config, from the models that check it."""

from __future__ import annotations

import json
from typing import Any

from experiments.config.models import Config
from experiments.reference.markdown import code, page, table

ABOUT = """Every key can also be set on the command line, as in `yendor train ucb agent.c=0.5`. Keys
that are left out have their defaults. Editors complete them through `configs/schema.json`."""
SECTIONS = {  # heading -> the model's name in the schema; "" for the whole
    "The config itself": "",
    "start": "StartConfig",
    "env": "EnvConfig",
    "env.stub": "StubConfig",
    "train": "TrainConfig",
    "train.futures": "FuturesConfig",
    "evaluate": "EvaluateConfig",
    "limits": "LimitsConfig",
}
HEAD = ("key", "default", "values", "meaning")
LONG = 60  # characters of a default, or of a list of values, from which on it is not written out
READABLE = 1e15  # from which on a number is written as 1e+15
BOUNDS = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "exclusiveMaximum": "<"}


def config_page() -> str:
    """Return the page."""
    schema = Config.model_json_schema()
    models = schema["$defs"]
    parts = []
    for heading, name in SECTIONS.items():
        parts += _section(heading, models[name] if name else schema)
    for name in sorted(set(models) - set(SECTIONS.values())):
        parts += _section(f"agent.name: {name}", models[name])
    return page("Config reference", ABOUT, *parts)


def _section(heading: str, model: dict[str, Any]) -> list[str]:
    fields = {key: field for key, field in model["properties"].items() if not _is_section(field)}
    rows = [_row(key, field) for key, field in fields.items()]
    return [f"## {heading}", model.get("description", ""), table(HEAD, rows)]


def _is_section(field: dict[str, Any]) -> bool:
    """Whether a field is a section of its own, or the constant that names an agent."""
    choices = field.get("anyOf", [field])
    return "const" in field or any({"$ref", "oneOf"} & set(choice) for choice in choices)


def _row(key: str, field: dict[str, Any]) -> tuple[str, str, str, str]:
    default = json.dumps(field["default"], ensure_ascii=False) if "default" in field else ""
    if len(default) > LONG:
        default = ""
    return code(key), code(default), _values(field), field.get("description", "")


def _values(field: dict[str, Any]) -> str:
    """Return what a field takes, in a few words."""
    if "anyOf" in field:
        return " or ".join(filter(None, map(_values, field["anyOf"])))
    if "enum" in field:
        names = ", ".join(map(str, field["enum"]))
        return names if len(names) <= LONG else "a name"
    if "items" in field:
        return f"a list of: {_values(field['items'])}"
    bounds = [f"{sign} {_number(field[key])}" for key, sign in BOUNDS.items() if key in field]
    kind = "true or false" if field.get("type") == "boolean" else field.get("type", "")
    return ", ".join(filter(None, [kind, *bounds]))


def _number(value: float) -> str:
    """Return a limit in full where that can be read: 1,000,000,000 but 1e+300."""
    return f"{int(value):,}" if value == int(value) and abs(value) < READABLE else f"{value:g}"
