"""YAML as people write it, and dotted overrides of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from experiments.errors import ConfigError


class _Loader(yaml.SafeLoader):
    """Reads ``1e-3`` as a number, as YAML 1.2 does, and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice:
            problem = f"key {twice!r} is given twice"
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)[eE][-+]?\d+$"),
    list("-+.0123456789"),
)


def parse_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML mapping.

    Raises:
        ConfigError: for a file that can't be read, is empty, or is no mapping.
    """
    try:
        value = parse_value(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: can't be read: {error}") from None
    except yaml.YAMLError as error:
        raise ConfigError(f"{path}: is not YAML: {_problem(error)}") from None
    if value is None:
        raise ConfigError(f"{path}: is empty; a config needs at least agent: {{name: …}}")
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else f"{value!r}"
        raise ConfigError(f"{path}: must be keys and values such as 'seed: 0', not {kind}")
    return value


def apply_override(raw: dict[str, Any], override: str) -> str:
    """Set one ``dotted.key=value`` in a config in place; the value is read as YAML.

    Returns:
        The dotted key.

    Raises:
        ConfigError: names the override.
    """
    key, equals, text = override.partition("=")
    parts = key.split(".")
    if not equals or not all(parts):
        raise ConfigError(f"override {override!r}: write it as key=value, as in agent.epsilon=0.2")
    try:
        value = parse_value(text)
    except yaml.YAMLError as error:
        raise ConfigError(
            f"override {override!r}: its value is not YAML: {_problem(error)}; a text with signs"
            f" needs quotes, as in {key}='\"@\"'"
        ) from None
    section = raw
    for depth, part in enumerate(parts[:-1], start=1):
        section = section.setdefault(part, {})
        if not isinstance(section, dict):
            raise ConfigError(f"override {override!r}: {'.'.join(parts[:depth])} has no keys")
    section[parts[-1]] = value
    return key


def parse_value(text: str) -> Any:
    """Read YAML: a value, or a whole file.

    Raises:
        yaml.YAMLError: for text that is not YAML.
    """
    return yaml.load(text, Loader=_Loader)


def _problem(error: yaml.YAMLError) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return str(error)
