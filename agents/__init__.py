"""Agents decide and learn. They know numbers, never NetHack.

What the names below need is imported when the first of them is asked for: readers of files take
`agents.bounded` alone, and start quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agents.base import Agent, Diverged, Metrics, State, Transition
    from agents.registry import REGISTRY, load, make, settings_of, start
    from agents.settings import ActionIndices, FeatureIndices, Setting, Settings, setting

__all__ = [
    "REGISTRY",
    "ActionIndices",
    "Agent",
    "Diverged",
    "FeatureIndices",
    "Metrics",
    "Setting",
    "Settings",
    "State",
    "Transition",
    "load",
    "make",
    "setting",
    "settings_of",
    "start",
]
_IN = {
    "agents.base": ("Agent", "Diverged", "Metrics", "State", "Transition"),
    "agents.registry": ("REGISTRY", "load", "make", "settings_of", "start"),
    "agents.settings": ("ActionIndices", "FeatureIndices", "Setting", "Settings", "setting"),
}


def __getattr__(name: str) -> Any:
    for module, names in _IN.items():
        if name in names:
            return getattr(import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
