"""What there is to choose from: agents, macro-actions, rewards, configs."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

import agents
from envs.macros import REGISTRY as MACROS
from envs.macros import describe as describe_macro
from envs.rewards import DESCRIPTIONS as REWARDS
from experiments.config.agents import MODELS, first_line
from experiments.config.models import CONFIGS, describe
from experiments.runs.run import SHIPPED, shipped_runs


def show(console: Console) -> None:
    """Prints one table for each kind."""
    macros = {name: describe_macro(macro) for name, macro in MACROS.items()}
    configs = {path.stem: describe(path) for path in sorted(CONFIGS.glob("*.yaml"))}
    trained = {name: describe(SHIPPED / name / "README.md") for name in shipped_runs()}
    console.print(
        _agents(),
        _described("macro-action", macros),
        _described("reward", REWARDS),
        _described("config", configs),
        _described("trained run", trained),
    )


def _agents() -> Table:
    table = Table("agent", "", "settings")
    for name, model in MODELS.items():
        settings = (
            key if field.is_required() else f"{key}={field.default}"
            for key, field in model.model_fields.items()
            if key != "name"
        )
        table.add_row(name, first_line(agents.REGISTRY[name]), ", ".join(settings))
    return table


def _described(kind: str, descriptions: dict[str, str]) -> Table:
    table = Table(kind, "")
    for name, description in descriptions.items():
        table.add_row(name, description)
    return table
