"""The settings of `envs.macro_env.MacroEnv` itself, each written here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from envs.features import FEATURE_NAMES, check_features
from envs.games import GAMES
from envs.macros import REGISTRY, make_macros
from envs.rewards import REWARDS, check_weights
from envs.settings import setting
from envs.situation import PART_NAMES, check_parts


@dataclass(frozen=True)
class MacroSettings:
    """How a game becomes decisions and rewards."""

    game: str = setting("nethack", "what is played", what="game", names=GAMES)
    macros: list[str] = setting(
        lambda: list(REGISTRY),
        "the macro-actions to choose among, in the order of the actions; omitted: all",
        what="macro-action",
        names=REGISTRY,
        check=make_macros,
    )
    features: list[str] = setting(
        lambda: list(FEATURE_NAMES),
        "what the agent sees, in this order; omitted: all",
        what="feature",
        names=FEATURE_NAMES,
        check=check_features,
    )
    situation: list[str] = setting(
        lambda: list(PART_NAMES),
        "what tells one situation from another; omitted: all",
        what="part of the situation",
        names=PART_NAMES,
        check=check_parts,
    )
    discount: float = setting(0.999, "gamma, per keystroke", above=0, most=1)
    reward: dict[str, float] = setting(
        lambda: {"points": 1.0},
        "weights over named deltas, each from -1e9 to 1e9",
        what="reward",
        names=REWARDS,
        check=check_weights,
    )
    max_decisions: int | None = setting(
        None, "truncate after this many macro-actions; null for no limit", above=0
    )
