"""Agents decide and learn. They know numbers, never NetHack."""

from agents.base import ActionIndices, Agent, Diverged, FeatureIndices, State, Transition
from agents.registry import REGISTRY, load, make, settings

__all__ = [
    "REGISTRY",
    "ActionIndices",
    "Agent",
    "Diverged",
    "FeatureIndices",
    "State",
    "Transition",
    "load",
    "make",
    "settings",
]
