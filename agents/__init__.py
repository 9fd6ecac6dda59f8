"""Agents decide and learn. They know numbers, never NetHack."""

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
