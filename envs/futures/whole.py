"""All futures that were asked for, or none: for whoever can't do with some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from envs.futures.outcome import Future, Horizon, Lost, Policy
from envs.futures.sample import futures
from envs.macro_env import MacroEnv

SECONDS = 600.0  # only a future that hangs takes so long: time decides about nothing


def every_future(
    env: MacroEnv,
    actions: Sequence[int],
    policy: Policy,
    n: int,
    horizon: Horizon,
    seed: Sequence[int],
    workers: int | None = 1,
) -> list[Future] | None:
    """Return n futures of each action, in the order of `futures`; None if one is lost for good.

    A future that crashes is played once more: NLE does so once in some ten thousand games, and the
    same game then plays as it should. So the result is the same each time. The arguments are those
    of `futures`.
    """

    def play(actions: Sequence[int], n: int, first: int) -> Iterator[Future | Lost]:
        return futures(
            env, actions, policy, n, horizon, seed, first=first, workers=workers, seconds=SECONDS
        )

    found = []
    for future in play(actions, n, 0):
        if isinstance(future, Lost):
            future = next(play([future.action], 1, future.index))
        if isinstance(future, Lost):
            return None
        found.append(future)
    return found
