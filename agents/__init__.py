"""Agents decide and learn. They know numbers, never NetHack."""

from agents.base import Agent, State, Transition
from agents.registry import REGISTRY, load, make, settings

__all__ = ["REGISTRY", "Agent", "State", "Transition", "load", "make", "settings"]
