"""`yendor list`."""

from __future__ import annotations


def list_() -> None:
    """List agents, macro-actions, features, rewards, configs, and the runs that there are."""
    from experiments.commands.list import show
    from experiments.console import PlainConsole

    show(PlainConsole())
