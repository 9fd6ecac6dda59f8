"""Settings of the amended order."""

from __future__ import annotations

from dataclasses import dataclass

from agents.settings import ActionIndices, FeatureIndices, Settings, setting


@dataclass(frozen=True)
class AmendedSettings(Settings):
    """Settings of the amended order."""

    order: ActionIndices | None = setting(
        None, "actions, most urgent first; the others follow in their own order", fixed=True
    )
    where: FeatureIndices | None = setting(
        None,
        "features of which one at least must be above 0 for the order to be left; null: it may be"
        " anywhere",
        fixed=True,
    )
    strength: float = setting(
        2.5,
        "how many times likelier, as a logarithm, the choice is in training than the first of the"
        " other actions that are tried",
        low=0, high=50,
    )  # fmt: skip
    caution: float = setting(
        2.0,
        "how many standard errors the gain of an amendment must be above 0",
        low=0, high=100,
    )  # fmt: skip
    spread: float = setting(
        0.1,
        "how much an action is expected to differ from the order's, in standard deviations of"
        " advantages: the less, the more games it takes to be believed",
        low=0, high=10, open_below=True,
    )  # fmt: skip
    context_spread: float = setting(
        0.1, "how much such a difference is expected to depend on the context, likewise",
        low=0, high=10,
    )  # fmt: skip
    gae_lambda: float = setting(
        0.98, "λ of generalised advantage estimation; 1: whole returns, 0: one step", low=0, high=1
    )
