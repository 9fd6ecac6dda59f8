"""What `yendor bench` does."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

from envs.names import nearest
from experiments.bench import (
    bandits,
    futures,
    game,
    networks,
    policy_gradient,
    replays,
    scaling,
    testbed,
)
from experiments.bench.measure import Effort, Result, one_core
from experiments.console import PlainConsole, Table, strong
from experiments.errors import UserError
from experiments.printable import say

BENCHMARKS: dict[str, Callable[[Effort], list[Result]]] = {
    "networks": networks.measure,
    "policy_gradient": policy_gradient.measure,
    "game": game.measure,
    "replays": replays.measure,
    "futures": futures.measure,
    "bandits": bandits.measure,
    "testbed": testbed.measure,
    "scaling": scaling.measure,
}
SURVIVAL = "survival"  # what else can be measured, and only if it is named
EFFORT = Effort()
LIBRARIES = ("yendor", "numpy", "numba", "nle", "torch", "stable-baselines3", "mabwiser")


def bench(names: Sequence[str], as_json: bool) -> None:
    """Measures, and prints a table or one JSON object; whatever the ratios, that is a success.

    Args:
        names: of `BENCHMARKS`, none for all; or `SURVIVAL` alone, which takes minutes.
        as_json: whether to print JSON, with the facts of the machine, and nothing else.

    Raises:
        UserError: for an unknown name, or for speeds and survival at once.
    """
    known = [*BENCHMARKS, SURVIVAL]
    for name in names:
        if name not in known:
            raise UserError(f"unknown benchmark {name!r}; {nearest(name, known)}")
    if SURVIVAL in names:
        _survival(names, as_json)
        return
    status = PlainConsole(stderr=True).status("")  # shows nothing unless on a terminal
    results: dict[str, list[Result]] = {}
    with status, one_core():
        for name in dict.fromkeys(names or BENCHMARKS):
            status.update(f"measuring {name}")
            results[name] = BENCHMARKS[name](EFFORT)
    if as_json:
        say(json.dumps(report(results), indent=2))
    else:
        PlainConsole().print(table(results))


def _survival(names: Sequence[str], as_json: bool) -> None:
    if len(set(names)) > 1:
        raise UserError(f"{SURVIVAL} is no speed: measure it by itself, `yendor bench {SURVIVAL}`")
    from experiments.bench import survival

    survival.bench(as_json)


def table(results: dict[str, list[Result]]) -> Table:
    """Return the results for people."""
    shown = Table(
        "", "ours", "peer", "ratio [min, max]", "target", "met",
        title="Speed, of each process on one core: median of the repetitions",
    )  # fmt: skip
    for name, rows in results.items():
        shown.add_section()
        shown.add_row(strong(name))
        for row in rows:
            shown.add_row(*cells(row))
    return shown


def cells(result: Result) -> tuple[str, ...]:
    """Return a result's cells; "-" where there is no ratio or no target."""
    ratio, missing = "-", f"{result.peer}: {result.note}" if result.note else result.peer or "-"
    if result.ratio:
        ratio = "{:.2f} [{:.2f}, {:.2f}]".format(*result.ratio)
    theirs = f"{_speed(result.theirs)} {result.peer}" if result.theirs else missing
    return (
        result.what,
        f"{_speed(result.ours)} {result.unit}",
        theirs,
        ratio,
        "-" if result.target is None else f"≥ {result.target:g}",
        {None: "-", True: "yes", False: "no"}[result.met],
    )


def report(results: dict[str, list[Result]]) -> dict[str, Any]:
    """Return the results for programs: the machine, and a row for each result."""
    rows = [_row(name, result) for name, rows in results.items() for result in rows]
    return {"machine": machine(), "results": rows}


def machine() -> dict[str, Any]:
    """Return what the speeds depend on; None for a library that isn't installed."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processor": platform.processor() or platform.machine(),
        "cpus": os.cpu_count(),
        "threads": 1,
    } | {library: _version(library) for library in LIBRARIES}


def _row(name: str, result: Result) -> dict[str, Any]:
    value, low, high = result.ratio or (None, None, None)
    return {
        "benchmark": name,
        "what": result.what,
        "unit": result.unit,
        "ours": list(result.ours),
        "peer": result.peer or None,
        "theirs": list(result.theirs),
        "ratio": value,
        "min": low,
        "max": high,
        "target": result.target,
        "met": result.met,
        "note": result.note or None,
    }


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _speed(speeds: Sequence[float]) -> str:
    return f"{median(speeds):,.0f}"
