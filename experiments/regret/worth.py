"""How many whole games tell two runs apart as surely as the bench of states does.

    python -m experiments.regret.worth RUN RUN [--games 100] [--by survival]

A difference that is z standard errors from zero on the bench would be so in n whole games with
n = (z sd / d)², d and sd being mean and standard deviation of the difference in progression of a
game that both play.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from experiments.analysis.metrics import column
from experiments.printable import mistakes_told
from experiments.regret.score import policy_on, regrets
from experiments.regret.states import MEASURES, SHIPPED, load
from experiments.runs.run import Run, open_run
from experiments.seeds import evaluation_seed
from experiments.training.backends import worker_count
from experiments.training.parallel import play_games

METRIC = "progression"


def standard_errors(differences: np.ndarray) -> float:
    """How many standard errors the mean of differences (n,) is from zero."""
    return float(differences.mean() / (differences.std(ddof=1) / np.sqrt(len(differences))))


def games_worth(z: float, games: np.ndarray) -> float:
    """How many games with differences such as these, (n,), have their mean z standard errors off.

    Infinite where the games show no difference at all.
    """
    mean, spread = float(games.mean()), float(games.std(ddof=1))
    return float((z * spread / mean) ** 2) if mean else np.inf


def _play(run: Run, games: int, workers: int) -> np.ndarray:
    agent, _ = run.checkpoint()
    seeds = [evaluation_seed(game) for game in range(games)]
    played = play_games(run.config, agent, seeds, False, workers)
    return column([episode.row for episode in played], METRIC)


def main() -> None:
    """Print both ways to compare two runs, and what one is worth in the other."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("runs", nargs=2, type=Path)
    parser.add_argument("--games", type=int, default=100)
    parser.add_argument("--by", choices=MEASURES, default="survival")
    parser.add_argument("--states", type=Path, default=SHIPPED)
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    workers = worker_count(given.workers)
    runs, bench = [open_run(folder) for folder in given.runs], load(given.states)
    policies = [policy_on(bench, run.checkpoint()[0], run.config.env) for run in runs]
    ours, theirs = (regrets(bench, policy, given.by) for policy in policies)
    games = np.subtract(*(_play(run, given.games, workers) for run in runs))
    z = standard_errors(ours - theirs)
    print(f"regret in {given.by}, {len(ours)} states: {(ours - theirs).mean():+.4f}, z = {z:+.2f}")
    print(
        f"{METRIC}, {len(games)} games: {games.mean():+.4f}, z = {standard_errors(games):+.2f},"
        f" standard deviation {games.std(ddof=1):.4f}"
    )
    print(f"the states are worth {games_worth(z, games):.0f} games")


if __name__ == "__main__":
    with mistakes_told("regret.worth"):
        main()
