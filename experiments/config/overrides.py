"""Dotted overrides of a config, such as ``agent.epsilon=0.2``."""

from __future__ import annotations

from typing import Any

from agents.checks import shown
from experiments.config.yaml import DEEPEST, YAMLProblem, parse_value
from experiments.errors import ConfigError

RESERVED = ("@", "`")  # YAML begins nothing with them, so that a value may without quotes


def apply_override(raw: dict[str, Any], override: str) -> str:
    """Set one ``dotted.key=value`` in a config in place; the value is read as YAML.

    Returns:
        The dotted key.

    Raises:
        ConfigError: names the override.
    """
    key, equals, text = override.partition("=")
    parts = key.split(".", DEEPEST)
    if not equals or not all(parts):
        raise _mistake(override, "write it as key=value, as in agent.epsilon=0.2")
    if "." in parts[-1]:
        raise _mistake(override, f"its key has more than {DEEPEST} parts")
    try:
        value = text if text.startswith(RESERVED) else parse_value(text)
    except YAMLProblem as error:
        raise _mistake(override, f"its value is not YAML that can be read: {error}") from None
    section = raw
    for depth, part in enumerate(parts[:-1], start=1):
        section = section.setdefault(part, {})
        if not isinstance(section, dict):
            raise _mistake(override, f"{shown_key('.'.join(parts[:depth]))} has no keys")
    section[parts[-1]] = value
    return key


def shown_key(key: str) -> str:
    """Return a dotted key for a message: as it is, or in quotes and short if it is no usual one."""
    return key if key.isprintable() and 0 < len(key) <= 100 else shown(key)


def _mistake(override: str, told: str) -> ConfigError:
    return ConfigError(f"override {shown(override)}: {told}")
