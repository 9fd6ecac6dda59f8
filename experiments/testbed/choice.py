"""From the command's options to the experiments that they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from envs.names import nearest
from experiments.errors import UserError
from experiments.testbed.arms import ARMS, Arms
from experiments.testbed.beyond import COMPARISONS
from experiments.testbed.book import FIGURES
from experiments.testbed.experiment import Experiment
from experiments.testbed.figures.style import COLOURS
from experiments.testbed.policies import Policy, check_rewards, parse

EXPERIMENTS = {experiment.name: experiment for experiment in (*FIGURES, *COMPARISONS)}
FREE_ARMS = [e.name for e in EXPERIMENTS.values() if e.drawing in ("learning", "comparison")]
FREE_POLICIES = [*FREE_ARMS, "regret"]
TITLE = "A comparison of bandits"


@dataclass(frozen=True, slots=True)
class Request:
    """The options of `yendor testbed`, as they were given.

    Attributes:
        figures: names; none are all, or with arms or policies the comparison on those arms.
        arms: name of one kind; None: each figure's own.
        policies: as `parse` reads them; none: each figure's own.
        runs, steps: None: each figure's own.
        out: folder of the files.
        seed: of all random numbers.
        json: print one JSON object instead of tables.
    """

    figures: tuple[str, ...] = ()
    arms: str | None = None
    policies: tuple[str, ...] = ()
    runs: int | None = None
    steps: int | None = None
    out: Path = Path("testbed")
    seed: int = 0
    json: bool = False


def chosen(request: Request) -> list[Experiment]:
    """Return the experiments that are asked for.

    Raises:
        UserError: for unknown names (with the nearest one), and for what does not go together.
    """
    if request.arms is not None and request.arms not in ARMS:
        raise UserError(f"--arms: unknown arms {request.arms!r}; {nearest(request.arms, ARMS)}")
    policies = _policies(request.policies)
    names = list(dict.fromkeys(request.figures))
    if not names and (request.arms or policies):
        names = [request.arms or "gaussian"]
    for name in names:
        if name not in EXPERIMENTS:
            raise UserError(f"--figure: unknown figure {name!r}; {nearest(name, EXPERIMENTS)}")
    arms = ARMS[request.arms] if request.arms else None
    return [
        _sized(_adapted(EXPERIMENTS[name], arms, policies), request)
        for name in names or EXPERIMENTS
    ]


def _policies(spellings: Sequence[str]) -> tuple[Policy, ...]:
    parts = [part for spelling in spellings for part in spelling.split()]
    policies = tuple(dict.fromkeys(map(parse, parts)))
    if len(policies) > len(COLOURS):
        raise UserError(
            f"--policies: {len(policies)} are too many for one figure; at most {len(COLOURS)}"
        )
    return policies


def _adapted(experiment: Experiment, arms: Arms | None, policies: Sequence[Policy]) -> Experiment:
    """Return the experiment with other arms or policies; nothing is expected of it then."""
    if arms and arms != experiment.arms:
        _check_free(experiment, "--arms", FREE_ARMS)
        experiment = replace(_unjudged(experiment), arms=arms)
    if policies:
        _check_free(experiment, "--policies", FREE_POLICIES)
        title = experiment.title if experiment.drawing == "regret" else TITLE
        experiment = replace(_unjudged(experiment), policies=tuple(policies), title=title)
    for policy in experiment.policies:
        check_rewards(policy, experiment.arms)
    return experiment


def _unjudged(experiment: Experiment) -> Experiment:
    return replace(experiment, facts=lambda _: (), needs=1, source="")


def _check_free(experiment: Experiment, option: str, free: Sequence[str]) -> None:
    if experiment.name not in free:
        raise UserError(
            f"{option}: figure {experiment.name} has its own;"
            f" the option is for the figures {', '.join(free)}"
        )


def _sized(experiment: Experiment, request: Request) -> Experiment:
    return replace(
        experiment,
        runs=request.runs or experiment.runs,
        steps=request.steps or experiment.steps,
    )
