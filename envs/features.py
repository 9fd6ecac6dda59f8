"""What an agent sees at a decision: a vector of features, each chosen by its name.

A run goes on seeing the features that it was made for, however many there are by then. When one
changes its meaning, its version in `FEATURE_VERSIONS` counts up, and a checkpoint that was made
for the former meaning is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from envs.data.glyphs import Terrain
from envs.data.monsters import level_of
from envs.knowledge import outlook
from envs.knowledge.digging import can_dig
from envs.knowledge.elbereth import on_elbereth
from envs.knowledge.hunt import fit_for_mines, hunting, mines_level, wants_up
from envs.knowledge.knowledge import Hunger, Knowledge
from envs.knowledge.paths import HEIGHT, WIDTH
from envs.knowledge.peril import (
    LASTING,
    NEAR,
    harm,
    outrun,
    stairs_before_pursuers,
    steps_to_stairs,
    to_next_level,
    turns_to_live,
)
from envs.knowledge.prayer import critically_low, in_major_trouble, prayer_ready
from envs.knowledge.threats import threats
from envs.names import check_names
from envs.nethack.characters import ROLES
from envs.nethack.dungeons import MINES

FAR = 20  # steps from which on a monster counts as far away
LONG = 2_000  # turns on a level from which on it has been long


def _nearest_hostile(known: Knowledge) -> float:
    y, x = known.hero
    steps = (max(abs(m.y - y), abs(m.x - x)) for m in known.hostiles)
    return min(min(steps, default=FAR), FAR) / FAR


def _strongest_hostile(known: Knowledge) -> float:
    levels = [level_of(m.species) for m in known.hostiles]
    return (max(levels, default=0) - known.stats.experience_level) / 10


def adjacent_hostiles(known: Knowledge) -> int:
    """How many hostile monsters stand beside the hero."""
    return sum(known.adjacent(m.square) for m in known.hostiles)


def deepest(known: Knowledge) -> bool:
    """Whether the hero was never deeper in this branch of the dungeon."""
    deeper = (known.stats.dungeon, known.stats.level + 1)
    return deeper not in known.levels


def in_mines(known: Knowledge) -> bool:
    """Whether the hero is in the Gnomish Mines."""
    return known.stats.dungeon == MINES


def kin_of_the_mines(known: Knowledge) -> bool:
    """Whether the hero is a dwarf or gnome, to whom most in the Gnomish Mines are peaceful."""
    return known.race in ("dwa", "gno")


def _harm(known: Knowledge, within: int) -> float:
    """Return the harm of a turn as a share of the hit points, up to all of them."""
    return min(harm(known, within) / max(known.stats.hit_points, 1), 1.0)


def _fight_cost(known: Knowledge) -> float:
    """Return what killing those near costs on average, in hit points left, up to twice as many."""
    foes = threats(known, outlook.NEAR)
    return min(outlook.cost(known, foes) / max(known.stats.hit_points, 1), 2) / 2


def _last(macro: str) -> Callable[[Knowledge], float]:
    return lambda known: known.last_macro == macro


def _ended(why: str) -> Callable[[Knowledge], float]:
    return lambda known: known.last_ended == why


def _is_a(role: str) -> Callable[[Knowledge], float]:
    return lambda known: known.role == role


# name -> value in [0, 1], or [-1, 1] where it is a difference
FEATURES: dict[str, Callable[[Knowledge], float]] = {
    "health": lambda g: g.stats.health,
    "health_critical": lambda g: critically_low(g),
    "hit_points": lambda g: min(g.stats.hit_points, 100) / 100,
    "energy": lambda g: g.stats.energy / max(g.stats.max_energy, 1),
    "depth": lambda g: min(g.stats.depth, 50) / 50,
    "experience_level": lambda g: g.stats.experience_level / 30,
    "armor_class": lambda g: (10 - g.stats.armor_class) / 30,  # 0 naked, 1 at AC -20
    "turn": lambda g: min(g.stats.turn, 20_000) / 20_000,
    "turns_on_level": lambda g: min(g.stats.turn - g.arrived, LONG) / LONG,
    "hungry": lambda g: g.stats.hunger >= Hunger.HUNGRY,
    "weak": lambda g: g.stats.hunger >= Hunger.WEAK,
    "burdened": lambda g: g.stats.burden > 0,
    "hostiles": lambda g: min(len(g.hostiles), 8) / 8,
    "adjacent_hostiles": lambda g: adjacent_hostiles(g) / 8,
    "nearest_hostile": _nearest_hostile,
    "strongest_hostile": _strongest_hostile,
    "pets": lambda g: min(sum(m.pet for m in g.level.monsters), 4) / 4,
    "level_seen": lambda g: g.level.squares_seen / (HEIGHT * WIDTH),
    "frontier": lambda g: g.level.frontier is not None,
    "stairs_down_known": lambda g: g.level.knows(Terrain.STAIRS_DOWN),
    "level_is_deepest": lambda g: deepest(g),
    "stairs_up_known": lambda g: g.level.knows(Terrain.STAIRS_UP),
    "on_stairs_up": lambda g: g.level.kind_at(g.hero) == Terrain.STAIRS_UP,
    "closed_door_known": lambda g: g.level.knows(Terrain.CLOSED_DOOR),
    "can_dig": lambda g: can_dig(g),
    "in_mines": in_mines,
    "kin_of_the_mines": kin_of_the_mines,
    "elbereth_underfoot": lambda g: on_elbereth(g),
    "prayer_ready": lambda g: prayer_ready(g),
    "major_trouble": lambda g: in_major_trouble(g),
    **{f"is_{role}": _is_a(role) for role in ROLES},
    "hunting": lambda g: hunting(g),
    "fit_for_mines": lambda g: fit_for_mines(g),
    "mines_found": lambda g: mines_level(g) is not None,
    "wants_up": lambda g: wants_up(g),
    "peaceful_in_view": lambda g: any(m.peaceful for m in g.level.monsters),
    "floor_undiggable": lambda g: g.level.undiggable,
    "max_hit_points": lambda g: min(g.stats.max_hit_points, 100) / 100,
    "to_next_level": to_next_level,
    "harm": lambda g: _harm(g, within=NEAR),
    "harm_adjacent": lambda g: _harm(g, within=1),
    "turns_to_live": lambda g: turns_to_live(g) / LASTING,
    "outrun": outrun,
    "steps_to_stairs": lambda g: steps_to_stairs(g) / LASTING,
    "stairs_before_pursuers": stairs_before_pursuers,
    **{f"last_{macro}": _last(macro) for macro in ("fight", "flee", "elbereth", "dig", "rest")},
    "fight_cost": _fight_cost,
    "ended_by_hostile": _ended("new hostile in view"),
    "ended_by_harm": _ended("hit points down sharply"),
}
FEATURE_NAMES = tuple(FEATURES)
# Counts up where a feature changes its meaning, as in `| {"hungry": 2}`.
FEATURE_VERSIONS = dict.fromkeys(FEATURES, 1)


def check_features(names: Sequence[str] | None) -> tuple[str, ...]:
    """Return the names of features, None for all of them.

    Raises:
        ValueError: for an unknown name, with the nearest one, a repeated one, and for none.
    """
    return FEATURE_NAMES if names is None else check_names("feature", names, FEATURES)


def features(known: Knowledge, names: Sequence[str] = FEATURE_NAMES) -> np.ndarray:
    """Return the feature vector, (F,) float32 in [-1, 1], in the order of the names."""
    functions = _functions(tuple(names))
    values = np.fromiter((of(known) for of in functions), np.float32, count=len(functions))
    return values.clip(-1, 1)


@cache
def _functions(names: tuple[str, ...]) -> list[Callable[[Knowledge], float]]:
    return [FEATURES[name] for name in names]


HURT = 0.6  # share of the hit points


def critical(features: np.ndarray, names: Sequence[str] = FEATURE_NAMES) -> bool:
    """Whether a hostile is within 6 steps and hit points are below 60 %: there choices differ most.

    Args:
        features: (F,), as of `features`.
        names: of the features; without `nearest_hostile` or `health` one can't tell, and it is not.
    """
    if not {"nearest_hostile", "health"} <= set(names):
        return False
    nearest, health = (features[names.index(name)] for name in ("nearest_hostile", "health"))
    return bool(nearest <= np.float32(NEAR / FAR) and health < np.float32(HURT))
