"""`yendor list`."""

from __future__ import annotations


def list_() -> None:
    """List agents, macro-actions, features, rewards, configs, and the runs that there are."""
    from rich.console import Console

    from experiments.commands.list import show

    show(Console())
