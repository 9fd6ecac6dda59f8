"""Does learning from futures beat the same processor time of plain policy gradient?

    python -m experiments.bench.from_futures --seconds 150 --seeds 0 1 2 --out runs/from_futures

trains every config for each training seed until its processor time is spent, plays unseen games
that nothing else ever plays, and compares. With `--from RUN` all begin with that run's agent.
What is there already is not made again, so several processes may share the seeds out among them.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from experiments.analysis.comparison import compare
from experiments.analysis.tables import pairs_table, summary_table
from experiments.console import PlainConsole
from experiments.files import Row, to_lines, write_text
from experiments.printable import mistakes_told
from experiments.rows import read_rows
from experiments.runs.create_or_resume import create_or_resume
from experiments.seeds import evaluation_seed
from experiments.suites.variants import as_overrides
from experiments.training.parallel import play_games
from experiments.training.progress import Progress
from experiments.training.rollout import Episode
from experiments.training.train import train

CONFIGS = ("ppo", "ppo_futures")
BLOCK, GAMES = 3, 200  # the unseen games, if nobody says otherwise
METRICS = ("progression", "points", "max_depth")
ENDLESS = 24 * 4_000  # games of training: the time ends it
console = PlainConsole()


class Spent(Exception):
    """The processor time is used up."""


class Budget(Progress):
    """Ends training before the first round that begins after its processor time is spent."""

    def __init__(self, label: str, seconds: float) -> None:
        super().__init__(label, ENDLESS, console)
        self.seconds, self.began = seconds, processor_seconds()

    @property
    def used(self) -> float:
        """Processor seconds since the beginning."""
        return processor_seconds() - self.began

    def track(self, episodes: Iterable[Episode]) -> Iterator[Episode]:
        """See `Progress`; called once a round."""
        if self.used >= self.seconds:
            raise Spent
        return super().track(episodes)


def processor_seconds() -> float:
    """Of this process and of the children that it has waited for."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


@dataclass(frozen=True)
class Terms:
    """How all are trained: processor seconds, from which run if any, where to, and the block."""

    seconds: float
    start: Path | None
    out: Path
    block: int


def rows_of(name: str, seed: int, terms: Terms) -> list[Row]:
    """Return the rows of a config's unseen games, trained on those terms; made if need be."""
    folder = terms.out / f"{name}-{seed}"
    path = folder / "unseen.jsonl"
    if path.exists():
        return read_rows(path)
    asked = (f"seed={seed}", f"train.games={ENDLESS}", "train.replay_every=0")
    start = as_overrides({"start": {"run": str(terms.start)}}) if terms.start else ()
    with create_or_resume(name, (*asked, *start), folder, resume=False, overwrite=True) as run:
        budget = Budget(f"{name}, seed {seed}", terms.seconds)
        with suppress(Spent):
            train(run, 1, budget)
        used = budget.used
    agent, games = run.checkpoint()
    about = {"trained": games, "processor_seconds": round(used, 1)}
    console.print(f"{name}, seed {seed}: {games:,} games in {used:.0f} processor seconds")
    seeds = [evaluation_seed(game, terms.block) for game in range(GAMES)]
    rows = [about | episode.row for episode in play_games(run.config, agent, seeds, False, 1)]
    write_text(path, to_lines(rows))
    return rows


def main() -> None:
    """Trains, plays and prints the comparison."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=150.0, help="of a processor, each run")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--configs", nargs="+", default=CONFIGS)
    parser.add_argument("--from", dest="start", type=Path, help="the run that all start from")
    parser.add_argument("--out", type=Path, default=Path("runs/from_futures"))
    parser.add_argument("--block", type=int, default=BLOCK, help="of the unseen games")
    given = parser.parse_args()
    terms = Terms(given.seconds, given.start, given.out, given.block)
    given.out.mkdir(parents=True, exist_ok=True)
    groups: dict[str, dict[int, list[Row]]] = {name: {} for name in given.configs}
    for seed in given.seeds:
        for name in given.configs:
            groups[name][seed] = rows_of(name, seed, terms)
    comparisons = list(compare(groups, METRICS).values())
    console.print(summary_table(comparisons))
    console.print(pairs_table(comparisons))


if __name__ == "__main__":
    with mistakes_told("from_futures"):
        main()
