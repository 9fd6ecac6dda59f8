"""The numbers of a comparison for other programs: JSON, and CSV in long form."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from experiments.analysis.comparison import Comparison
from experiments.analysis.report.chart import to_csv
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.origin import Origin
from experiments.analysis.statistics.confidence import Estimate
from experiments.files import Row


def as_json(evidence: Evidence, origin: Origin) -> str:
    """Everything: every score and pair, the configs, and how it was made. NaN becomes null."""
    content = {
        "origin": asdict(origin),
        "notes": list(evidence.notes),
        "configs": {
            name: {
                str(seed): {
                    "folder": str(contestant.run.folder),
                    "training_games": len(contestant.training),
                    "config": contestant.run.config.model_dump(mode="json"),
                }
                for seed, contestant in seeds.items()
            }
            for name, seeds in evidence.contestants.items()
        },
        "metrics": {c.metric: _comparison(c) for c in evidence.comparisons},
    }
    return json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def as_csv(evidence: Evidence) -> str:
    """Return a row for each number: metric, config, against which other one, statistic,
    interval.
    """
    return to_csv(rows(evidence))


def rows(evidence: Evidence) -> list[Row]:
    """Return those rows."""
    return [row for comparison in evidence.comparisons for row in _rows(comparison)]


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "scores": [_values(score) for score in comparison.scores],
        "pairs": [_values(pair) for pair in comparison.pairs],
    }


def _values(item: Any) -> dict[str, Any]:
    return {name: _value(getattr(item, name)) for name in item.__dataclass_fields__}


def _value(value: Any) -> Any:
    if isinstance(value, Estimate):
        return {name: _value(part) for name, part in value._asdict().items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _rows(comparison: Comparison) -> Iterator[Row]:
    for score in comparison.scores:
        about = {"metric": comparison.metric, "config": score.config, "versus": ""}
        size = {"seeds": score.seeds, "games": score.games}
        yield about | {"statistic": "mean"} | _interval(score.mean) | size
        yield about | {"statistic": "iqm"} | _interval(score.iqm) | size
        for name, value in score.others.items():
            yield about | {"statistic": name, "value": value} | size
    for pair in comparison.pairs:
        about = {"metric": comparison.metric, "config": pair.a, "versus": pair.b}
        p = {"p": _value(pair.p), "adjusted_p": _value(pair.adjusted_p)}
        more = {"games_to_tell": _value(pair.games_to_tell), "verdict": pair.verdict}
        yield about | {"statistic": "difference"} | _interval(pair.difference) | p | more
        yield about | {"statistic": "difference, adjusted"} | _interval(pair.adjusted) | p | more
        yield about | {"statistic": "probability of improvement"} | _interval(pair.improvement)


def _interval(estimate: Estimate) -> Row:
    return {
        "value": estimate.value, "low": _value(estimate.low), "high": _value(estimate.high),
        "without_interval": estimate.why,
    }  # fmt: skip
