"""What `yendor testbed` does."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer
from rich.progress import BarColumn, Progress, TimeRemainingColumn

from experiments.console import PlainColumn, PlainConsole
from experiments.printable import say
from experiments.testbed.choice import Request, chosen
from experiments.testbed.experiment import Experiment, Result, Row
from experiments.testbed.facts import DIFFERS, level, share
from experiments.testbed.output import make_folder, summary, write
from experiments.testbed.simulate import Outcome
from experiments.testbed.table import levels, table

PIPED_WIDTH = 108  # columns of a table that no terminal shows


def testbed(request: Request) -> None:
    """Plays the experiments, writes their files, and prints what was seen.

    Exits with code 1 if something is not as it should be, and with 130 if it was interrupted;
    the files of finished figures are kept then.

    Raises:
        UserError: for options that can't be used, and a folder that can't be written.
    """
    experiments = chosen(request)
    make_folder(request.out)
    seen: list[tuple[Result, Sequence[Row]]] = []
    try:
        with _bar(experiments) as bar:
            for experiment in experiments:
                result = _play(experiment, request.seed, bar)
                seen.append((result, experiment.rows(result)))
                write(request.out, *seen[-1])
    except KeyboardInterrupt:
        say(f"Stopped. The figures that were finished are in {request.out}", err=True)
        raise typer.Exit(130) from None
    checks = [row for _, rows in seen for row in rows]
    if request.json:
        say(json.dumps([summary(result, rows) for result, rows in seen], indent=2))
    else:
        _show(seen)
        _conclude(request, experiments, checks)
    if any(row.verdict == DIFFERS for row in checks):
        raise typer.Exit(1)


def _bar(experiments: Sequence[Experiment]) -> Progress:
    """On standard error, so that what is printed can be piped."""
    console = PlainConsole(stderr=True)
    bar = Progress(
        PlainColumn("{task.description}"),
        BarColumn(bar_width=30),
        PlainColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    bar.add_task("", total=sum(e.runs * e.steps * len(e.policies) for e in experiments))
    return bar


def _play(experiment: Experiment, seed: int, bar: Progress) -> Result:
    name = f"{experiment.name}: {experiment.title}"
    task = bar.task_ids[0]
    bar.update(task, description=name)
    if bar.disable and experiment.policies:
        played = f"{len(experiment.policies)} policies × {experiment.runs:,} runs"
        say(f"{name}, {played} × {experiment.steps:,} steps", err=True)
    return experiment.play(seed, lambda: bar.advance(task, experiment.steps))


def _show(seen: Sequence[tuple[Result, Sequence[Row]]]) -> None:
    console = PlainConsole()
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    judged = [
        (f"{result.experiment.name} · {result.experiment.title}", rows)
        for result, rows in seen
        if rows
    ]
    if judged:
        console.print(table(judged))
    for result, rows in seen:
        if not rows and result.outcomes:
            ends = [_end(outcome) for outcome in result.outcomes]
            console.print(levels(result.experiment.title, ends))


def _end(outcome: Outcome) -> tuple[str, str, str, str]:
    reward, optimal = level(outcome.late_reward), share(outcome.late_optimal)
    return outcome.policy.label, str(reward), str(optimal), str(level(outcome.run_regret))


def _conclude(request: Request, experiments: Sequence[Experiment], checks: Sequence[Row]) -> None:
    for experiment in experiments:
        if experiment.steps < experiment.needs:
            needs = f"what is expected of it is about {experiment.needs:,} steps"
            say(f"Figure {experiment.name} is not judged: {needs}")
    if checks:
        differing = [f"{row.figure} {row.what}" for row in checks if row.verdict == DIFFERS]
        agreeing = len(checks) - len(differing)
        say(f"{agreeing} of {len(checks)} are as they should be")
        if differing:
            say(f"Not so: {'; '.join(differing)}", err=True)
    say(f"Figures (PNG, SVG) and their numbers (CSV, JSON) are in {request.out}")
