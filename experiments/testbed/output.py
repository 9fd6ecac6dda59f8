"""A result's files: two pictures, the numbers behind them, and what was played."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from experiments.errors import UserError, why
from experiments.outputs import whole_file
from experiments.testbed.experiment import Result, Row
from experiments.testbed.figures import draw
from experiments.testbed.settings import problems, varied
from experiments.testbed.simulate import LATE, Outcome

Line = Sequence[str | int | float]
CURVES = ("policy", "step", "reward", "reward_error", "optimal", "regret", "regret_error", "best")


def make_folder(out: Path) -> None:
    """Make the folder, or finds it there.

    Raises:
        UserError: if that can't be.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"--out {out}: can't be made a folder: {why(error)}") from None


def write(out: Path, result: Result, rows: Sequence[Row]) -> list[Path]:
    """Write figure-NAME.png, .svg, .csv and .json; each whole or not at all."""
    contents = draw(result)
    contents["csv"] = to_csv(lines(result)).encode()
    contents["json"] = (json.dumps(summary(result, rows), indent=2) + "\n").encode()
    paths = []
    for ending, content in contents.items():
        path = out / f"figure-{result.experiment.name}.{ending}"
        with whole_file(path) as partial:
            partial.write_bytes(content)
        paths.append(path)
    return paths


def summary(result: Result, rows: Sequence[Row]) -> dict[str, Any]:
    """Return what was played, how each policy ended, and what was judged; as JSON values."""
    experiment = result.experiment
    return {
        "figure": experiment.name,
        "title": experiment.title,
        "arms": experiment.arms.name,
        "runs": experiment.runs,
        "steps": experiment.steps,
        "seed": result.seed,
        "policies": [_ended(outcome) for outcome in result.outcomes],
        "checks": [asdict(row) for row in rows],
    }


def _ended(outcome: Outcome) -> dict[str, Any]:
    """Means over runs; "late" ones are over the last `LATE` steps."""
    means = {
        "mean_reward": outcome.run_reward,
        "late_reward": outcome.late_reward,
        "late_optimal": outcome.late_optimal,
        "regret": outcome.run_regret,
    }
    return {
        "policy": outcome.policy.spelling,
        "label": outcome.policy.label,
        **{name: float(values.mean()) for name, values in means.items()},
        "late_steps": min(LATE, outcome.steps),
    }


def lines(result: Result) -> Iterator[Line]:
    """Return the numbers that the figure shows: a heading, then a line for each point."""
    drawing = result.experiment.drawing
    if drawing == "problem":
        yield ("arm", "mean_reward")
        yield from enumerate(problems(result)[0].tolist(), start=1)
    elif drawing == "study":
        yield ("policy", "parameter", "reward", "reward_error")
        for outcome in result.outcomes:
            mean = outcome.run_reward.mean()
            error = outcome.run_reward.std(ddof=min(1, outcome.runs - 1)) / outcome.runs**0.5
            yield (outcome.policy.name, varied(outcome.policy), _short(mean), _short(error))
    else:
        yield CURVES
        for outcome in result.outcomes:
            columns = zip(*(getattr(outcome, name) for name in CURVES[2:]), strict=True)
            for step, values in enumerate(columns, start=1):
                yield (outcome.policy.spelling, step, *map(_short, values))


def to_csv(rows: Iterator[Line]) -> str:
    """Comma-separated values; fields with commas in them are quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


def _short(value: float) -> str:
    return f"{value:.6g}"
