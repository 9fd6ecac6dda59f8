"""Several configs on the same unseen games, each trained with one seed or several."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from experiments.analysis.comparison import Comparison, compare
from experiments.analysis.metrics import comparable, differing_keys, metrics_of
from experiments.files import Row
from experiments.printable import in_one_line
from experiments.runs.run import Run

NAMED = 3  # games, in a note
# What has no part in what is learned: which training it was, what is played after it, and kept.
BESIDE: Any = {"seed": True, "evaluate": True, "limits": True, "train": {"replay_every": True}}


@dataclass(frozen=True)
class Contestant:
    """A run with its games.

    Attributes:
        run: the run folder.
        training: one row per training game.
        evaluation: one row per unseen game, which `on_shared_games` makes the same for all.
        rounds: one row per round of training, see `experiments.training.metrics`.
    """

    run: Run
    training: Sequence[Row]
    evaluation: Sequence[Row]
    rounds: Sequence[Row] = ()


Contestants = Mapping[str, Mapping[int, Contestant]]  # by config's name, then by training seed


def grouped(contestants: Sequence[Contestant]) -> Contestants:
    """Sorts runs by config and training seed: those that learned alike, but for their seed, are one
    config, however many unseen games were played at the end, or recorded.

    A config is called by its name, marked by a wizkit if it has one, or where another has the same
    name by its folder, that of all its seeds; a seed that is there twice makes a config of its own.
    """
    configs: dict[tuple[str, int], dict[int, Contestant]] = {}
    for contestant in contestants:
        config = contestant.run.config
        key = json.dumps(config.model_dump(exclude=BESIDE), sort_keys=True)
        seed, copy = config.seed, 0
        while seed in configs.setdefault((key, copy), {}):
            copy += 1
        configs[key, copy][seed] = contestant
    names = [next(iter(seeds.values())).run.config.title for seeds in configs.values()]
    unique = {}
    for name, seeds in zip(names, configs.values(), strict=True):
        told = name if names.count(name) == 1 else _place(list(seeds.values()), contestants)
        unique[in_one_line(told)] = seeds
    return unique


def _place(ours: Sequence[Contestant], all_: Sequence[Contestant]) -> str:
    """Return the folder of a config's runs, which no run of another config lies in."""
    first, *more = [contestant.run.folder for contestant in ours]
    if not more:
        return str(first)
    inside = [each for each in all_ if first.parent in each.run.folder.parents]
    if len(inside) == len(ours) and all(folder.parent == first.parent for folder in more):
        return str(first.parent)
    return f"{first} and {len(more)} more"


def on_shared_games(contestants: Sequence[Contestant]) -> tuple[list[Contestant], list[str]]:
    """Return the contestants with those unseen games that all of them have, and notes on the rest.

    A game that was set aside in one run is missing there: what the others have of it would neither
    pair up nor count in every training seed.
    """
    played = [{row["seed"] for row in one.evaluation} for one in contestants]
    shared, all_of_them = set.intersection(*played), set.union(*played)
    if not shared or shared == all_of_them:
        return list(contestants), []
    kept = [
        replace(one, evaluation=[row for row in one.evaluation if row["seed"] in shared])
        for one in contestants
    ]
    notes = [
        f"Left out for all: {_games_named(all_of_them - seeds)}, set aside in {one.run.folder}."
        for one, seeds in zip(contestants, played, strict=True)
        if seeds != all_of_them
    ]
    return kept, notes


def _games_named(seeds: set[int]) -> str:
    named = ", ".join(map(str, sorted(seeds)[:NAMED]))
    if len(seeds) == 1:
        return f"the game of seed {named}"
    return f"{len(seeds)} games, of seeds {named}{', …' if len(seeds) > NAMED else ''}"


def compare_configs(contestants: Contestants) -> tuple[list[Comparison], list[str]]:
    """Return a comparison in every metric that can be compared, and notes on the rest."""
    runs = [contestant for seeds in contestants.values() for contestant in seeds.values()]
    envs = [contestant.run.config.env.model_dump() for contestant in runs]
    shown = metrics_of(*(contestant.evaluation for contestant in runs))
    metrics, notes = comparable(shown, differing_keys(envs))
    groups = {
        name: {seed: contestant.evaluation for seed, contestant in seeds.items()}
        for name, seeds in contestants.items()
    }
    return list(compare(groups, metrics).values()), notes
