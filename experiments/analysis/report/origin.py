"""Where a report's numbers come from: versions, date, command, machine, and the configs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from agents.bounded import parse_json, read_bounded
from experiments.analysis.contestants import Contestants
from experiments.analysis.sheet import Cell, Sheet
from experiments.config.flat import flat
from experiments.replays.format import installed
from experiments.runs.run import MOST_JSON, VERSIONS, Run

SAME_BY_NATURE = ("name", "seed")  # keys that tell configs or training seeds apart anyway


@dataclass(frozen=True)
class Origin:
    """How a report was made.

    Attributes:
        command: as it was typed.
        date: when, to the minute, with the time zone.
        machine: processor, system.
        yendor: the version that made it.
    """

    command: str
    date: str
    machine: str
    yendor: str

    @classmethod
    def now(cls, command: str) -> Origin:
        """Made here and now."""
        processor = platform.processor() or platform.machine()
        machine = f"{processor}, {os.cpu_count()} processors, {platform.platform()}"
        date = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %z")
        return cls(command, date, machine, installed("yendor"))


def origin_sheet(origin: Origin) -> Sheet:
    """Return the same as a table."""
    rows = {
        "command": origin.command, "date": origin.date,
        "made on": origin.machine, "yendor": origin.yendor,
    }  # fmt: skip
    cells = [[Cell(key), Cell(value)] for key, value in rows.items()]
    return Sheet("origin", "How this report was made", ("", ""), cells)


def differences_sheet(contestants: Contestants) -> Sheet:
    """Return the keys in which configs differ, a column each; those that are the same are left
    out.
    """
    configs = {
        name: flat(next(iter(seeds.values())).run.config.model_dump())
        for name, seeds in contestants.items()
    }
    keys = dict.fromkeys(key for config in configs.values() for key in config)
    differing = [
        key
        for key in keys
        if key not in SAME_BY_NATURE
        and len({json.dumps(c.get(key, "")) for c in configs.values()}) > 1
    ]
    rows = [[Cell(key), *(Cell(_value(c, key)) for c in configs.values())] for key in differing]
    rows.append([Cell("training seeds"), *(Cell(_listed(s)) for s in contestants.values())])
    rows.append(
        [Cell("training games"), *(Cell(_trained(list(s.values()))) for s in contestants.values())]
    )
    caption = "Only the keys in which they differ." if len(configs) > 1 else ""
    return Sheet("configs", "Configs", ("key", *configs), rows, caption)


def versions_sheet(contestants: Contestants) -> Sheet:
    """Return what runs were made with: a column for every different set of versions."""
    made: dict[str, list[str]] = {}
    for name, seeds in contestants.items():
        for contestant in seeds.values():
            made.setdefault(json.dumps(_versions(contestant.run)), []).append(name)
    sets = {json.dumps(list(dict.fromkeys(names))): json.loads(v) for v, names in made.items()}
    columns = {", ".join(json.loads(names)): versions for names, versions in sets.items()}
    keys = dict.fromkeys(key for versions in columns.values() for key in versions)
    rows = [[Cell(key), *(Cell(str(v.get(key, "–"))) for v in columns.values())] for key in keys]
    return Sheet("versions", "What the runs were made with", ("", *columns), rows)


def _versions(run: Run) -> dict[str, str]:
    try:
        found = parse_json(read_bounded(run.folder / VERSIONS, MOST_JSON))
    except (OSError, ValueError):
        found = {}
    return found if isinstance(found, dict) else {}


def _value(config: dict[str, Any], key: str) -> str:
    value = config.get(key, "–")
    return value if isinstance(value, str) else json.dumps(value)


def _listed(seeds: Any) -> str:
    return ", ".join(map(str, seeds))


def _trained(contestants: Sequence[Any]) -> str:
    return " or ".join(f"{n:,}" for n in sorted({len(c.training) for c in contestants}))
