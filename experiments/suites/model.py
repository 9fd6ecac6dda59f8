"""A suite as a YAML file: which configs, with what changed, on which seeds, judged by what.

`python -m experiments.suites` prints the JSON schema that lets editors complete keys.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from agents.bounded import is_file
from envs.names import nearest
from experiments.config.errors import explain
from experiments.config.models import find
from experiments.config.names import CONFIGS, configs
from experiments.config.overrides import apply_override, shown_key
from experiments.config.sections import Section
from experiments.config.yaml import parse_yaml
from experiments.errors import ConfigError
from experiments.seeds import BLOCK, GAMES, LAST_BLOCK
from experiments.suites.points import seeds_of, values_of

SUITES = CONFIGS / "suites"


def _sweep(given: Any) -> Any:
    if not isinstance(given, dict):
        return given  # pydantic tells
    found = {}
    for key, values in given.items():
        try:
            found[key] = values_of(values)
        except ValueError as error:
            raise ValueError(f"{shown_key(key)}: {error}") from None
    return found


def _entries(given: Any) -> Any:
    if not isinstance(given, list):
        return given
    return [{"config": entry} if isinstance(entry, str) else entry for entry in given]


def _not_empty(given: list[Any]) -> list[Any]:
    if not given:
        raise ValueError("must name one at least")
    return given


class Range(Section):
    """Numbers from low to high, both included."""

    low: float
    high: float
    steps: int = Field(ge=2, description="how many numbers")
    log: bool = Field(default=False, description="in equal ratios, not in equal steps")


# What may be written; it becomes what stands to the left.
WrittenSeeds = Annotated[int, Field(gt=0)] | list[int]
WrittenSweep = dict[str, list[Any] | Range]
Seeds = Annotated[list[int], BeforeValidator(seeds_of, json_schema_input_type=WrittenSeeds)]
Sweep = Annotated[
    dict[str, list[Any]], BeforeValidator(_sweep, json_schema_input_type=WrittenSweep)
]


class Entry(Section):
    """A config of a suite."""

    config: str = Field(description="a name, or a path: from here, or from the suite's folder")
    name: str = Field(default="", description="omitted: the config's")
    seeds: Seeds | None = Field(default=None, description="omitted: the suite's")
    set: dict[str, Any] = Field(default_factory=dict, description="values by dotted key")
    sweep: Sweep = Field(default_factory=dict, description="lists or ranges by dotted key")


Entries = Annotated[
    list[Entry],
    BeforeValidator(_entries, json_schema_input_type=list[str | Entry]),
    AfterValidator(_not_empty),
]


class SuiteEvaluation(Section):
    """The unseen games that every run plays."""

    games: int = Field(default=100, gt=0, le=GAMES)
    block: int = Field(default=BLOCK, ge=1, le=LAST_BLOCK, description="see experiments/seeds.py")


class Suite(Section):
    """Configs × swept values × characters × tasks × seeds."""

    name: str = Field(default="", description="omitted: the name of the file")
    configs: Entries
    seeds: Seeds = Field(default=[0], description="how many, or which; a config may have its own")
    set: dict[str, Any] = Field(default_factory=dict, description="values for all, by dotted key")
    sweep: Sweep = Field(default_factory=dict, description="lists or ranges for all")
    characters: list[str] = Field(default_factory=list, description="omitted: each config's own")
    tasks: list[str] = Field(default_factory=list, description="omitted: each config's own")
    evaluate: SuiteEvaluation = SuiteEvaluation()


def suite_schema() -> str:
    """Return the JSON schema of a suite's file."""
    return json.dumps(Suite.model_json_schema(), indent=2) + "\n"


@dataclass(frozen=True)
class LoadedSuite:
    """A suite and where it came from.

    Attributes:
        path: the file.
        suite: its content, with the overrides of its own keys.
        overrides: those that are for every config.
    """

    path: Path
    suite: Suite
    overrides: tuple[str, ...] = ()


def load_suite(path: Path, overrides: Sequence[str] = ()) -> LoadedSuite:
    """Read and checks a suite; overrides of other keys than a suite's are for every config.

    Raises:
        ConfigError: names the file, the key, what is wrong, the nearest valid name.
    """
    raw = parse_yaml(path)
    ours = [o for o in overrides if o.partition("=")[0].split(".")[0] in Suite.model_fields]
    sources = {apply_override(raw, override): override for override in ours}
    raw.setdefault("name", path.stem)
    try:
        suite = Suite.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(explain(error, Suite, str(path), sources)) from None
    return LoadedSuite(path, suite, tuple(o for o in overrides if o not in ours))


def suites() -> dict[str, Path]:
    """Return the packaged suites by name."""
    return {file.stem: file for file in sorted(SUITES.glob("*.yaml"))}


def find_target(name: str) -> Path:
    """Return the file of a suite or of a config, at a path or by its name.

    Raises:
        ConfigError: names the nearest of both when there is none.
    """
    if not is_file(Path(name)) and name in suites():
        return suites()[name]
    try:
        return find(name)
    except ConfigError:
        hint = nearest(Path(name).stem, configs() | suites())
        raise ConfigError(f"{shown_key(name)}: there is no such config; {hint}") from None


def is_suite(path: Path) -> bool:
    """Whether a file is a suite: it lists configs, or lies among the packaged suites."""
    return path.parent == SUITES or "configs" in parse_yaml(path)
