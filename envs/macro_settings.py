"""The settings of `envs.macro_env.MacroEnv` itself, each written here and nowhere else."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from envs.games import GAMES
from envs.macros import REGISTRY, make_macros
from envs.rewards import REWARDS
from envs.settings import STRICT, Limit, OneOf

MacroName = Annotated[str, OneOf("macro-action", REGISTRY)]
RewardName = Annotated[str, OneOf("reward", REWARDS)]


def _playable(names: list[str]) -> list[str]:
    make_macros(tuple(names))
    return names


class MacroSettings(BaseModel):
    """How a game becomes decisions and rewards."""

    model_config = STRICT

    game: Annotated[str, OneOf("game", GAMES)] = "nethack"
    """what is played"""
    macros: Annotated[list[MacroName], Field(strict=False), AfterValidator(_playable)] = Field(
        default_factory=lambda: list(REGISTRY)
    )
    """the macro-actions to choose among, in the order of the actions; omitted: all"""
    discount: float = Field(default=0.999, gt=0, le=1)
    """gamma, per keystroke"""
    reward: dict[RewardName, float] = {"points": 1.0}
    """weights over named deltas"""
    max_decisions: Limit = None
    """truncate after this many macro-actions; null for no limit"""
