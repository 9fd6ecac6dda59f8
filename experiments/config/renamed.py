"""Keys of configs that were written before a key was renamed: read, with a note on stderr.

A renamed key is a line in `RENAMED`; a renamed setting of an agent, which checkpoints have too, is
one in `agents.checkpoint.RENAMED_SETTINGS`.
"""

from __future__ import annotations

from typing import Any

from agents.checkpoint import renamed_settings
from agents.checks import shown
from agents.renamed import old_names, tell, with_new_names
from experiments.errors import ConfigError

RENAMED = {"evaluate.against": "evaluate.baseline"}  # old dotted key -> new one


def with_todays_keys(raw: dict[str, Any], where: str) -> dict[str, Any]:
    """Return a config in which old keys have their names of today; tells of them.

    Args:
        raw: as read from YAML; stays as it is.
        where: it comes from, for messages.

    Raises:
        ConfigError: when an old key and its new one are both given.
    """
    renamed = _renamed(raw)
    try:
        new = with_new_names(raw, renamed)
    except ValueError as error:
        raise ConfigError(f"{where}: {error}") from None
    tell(where, old_names(raw, renamed), renamed)
    return new


def todays_override(override: str, raw: dict[str, Any]) -> str:
    """Return an override such as ``evaluate.against=random`` with its key's name of today.

    Args:
        override: as people write it.
        raw: the config that it goes on top of.
    """
    old, equals, value = override.partition("=")
    renamed = _renamed(raw)
    if old not in renamed:
        return override
    tell(f"override {shown(override)}", [old], renamed)
    return f"{renamed[old]}{equals}{value}"


def _renamed(raw: dict[str, Any]) -> dict[str, str]:
    agent = raw.get("agent")
    name = agent.get("name") if isinstance(agent, dict) else None
    return RENAMED | renamed_settings(str(name), "agent")
