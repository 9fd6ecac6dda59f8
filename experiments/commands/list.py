"""What there is to choose from: agents, macro-actions, features, rewards, configs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console

import agents
from agents.settings import REQUIRED
from envs.features import FEATURE_NAMES
from envs.macros import REGISTRY as MACROS
from envs.macros import describe as describe_macro
from envs.rewards import REWARDS
from envs.situation import PARTS
from experiments.config.agents import first_line
from experiments.config.models import describe
from experiments.config.names import configs
from experiments.config.yaml import parse_yaml
from experiments.console import Table
from experiments.errors import ConfigError
from experiments.runs.named import RUNS, name_of, own_runs
from experiments.runs.run import CHECKPOINT, CONFIG, SHIPPED, read_content, shipped_runs
from experiments.suites.model import suites

SHOWN = 20  # of the user's own runs


def show(console: Console) -> None:
    """Print one table for each kind."""
    macros = {name: describe_macro(macro) for name, macro in MACROS.items()}
    trained = {name: describe(SHIPPED / name / "README.md") for name in shipped_runs()}
    console.print(
        _agents(),
        _described("macro-action", macros),
        _seen(),
        _described("reward", {name: delta.meaning for name, delta in REWARDS.items()}),
        _described("config", _about(configs())),
        _described("suite", _about(suites())),
        _described("trained run", trained),
    )
    if own := own_runs():
        console.print(_own(own))


def _about(files: Mapping[str, Path]) -> dict[str, str]:
    """Return what each file says of itself, or else where it is."""
    return {name: describe(path) or str(path) for name, path in files.items()}


def _own(runs: Sequence[Path]) -> Table:
    """Return the newest of the user's own runs, as far as their files can be read."""
    table = Table("your run", "config", "agent", "games")
    for column in table.columns:
        column.overflow = "fold"  # a name is never cut
    for folder in runs[:SHOWN]:
        try:
            agent = str(parse_yaml(folder / CONFIG)["agent"]["name"])
            learned = read_content(folder / CHECKPOINT)
            games = f"{learned['games']:,}"
        except (ConfigError, OSError, ValueError, KeyError, TypeError):
            agent, games = "", "its files can't be read"
        table.add_row(str(folder), name_of(folder), agent, games)
    if len(runs) > SHOWN:
        table.caption = f"and {len(runs) - SHOWN} older ones in {RUNS}"
    return table


def _agents() -> Table:
    """Return an agent in a row, and its settings below it: key, default, meaning."""
    table = Table("agent", "setting", "")
    for name, kind in agents.REGISTRY.items():
        table.add_section()
        table.add_row(name, "", first_line(kind))
        for key, setting in agents.settings_of(name).items():
            given = "" if setting.default is REQUIRED else f" = {_yaml(setting.default)}"
            table.add_row("", key + given, setting.meaning)
    return table


def _seen() -> Table:
    table = Table("what an agent sees", "")
    table.add_row("features", ", ".join(FEATURE_NAMES))
    for name, part in PARTS.items():
        table.add_row(f"situation: {name}", ", ".join(part.values))
    return table


def _yaml(value: object) -> str:
    """Return a setting's value as a config says it, in one line."""
    text = json.dumps(value)
    return text.strip('"')


def _described(kind: str, descriptions: dict[str, str]) -> Table:
    table = Table(kind, "")
    for name, description in descriptions.items():
        table.add_row(name, description)
    return table
