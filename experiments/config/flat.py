"""A config as dotted keys."""

from __future__ import annotations

from typing import Any


def flat(value: Any, key: str = "") -> dict[str, Any]:
    """Return a nested dict as ``{"agent.name": "ucb", …}``; lists stay whole."""
    if not isinstance(value, dict):
        return {key: value}
    parts = (flat(inner, f"{key}.{name}".lstrip(".")) for name, inner in value.items())
    return {k: v for part in parts for k, v in part.items()}
