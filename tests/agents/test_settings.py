"""A setting is stated once, checked by what stands there, and asked for by what stands there."""

import inspect
from dataclasses import FrozenInstanceError, dataclass, field
from typing import Literal

import pytest

from agents.bandits import UCB, EpsilonGreedy
from agents.policy_gradient.settings import PolicyGradientSettings
from agents.settings import REQUIRED, ActionIndices, Settings, describe, setting


@dataclass(frozen=True)
class Example(Settings):
    """One field of every kind."""

    goal: int = setting(REQUIRED, "must be given", low=1)
    rate: float = setting(0.5, "open below", low=0, high=1, open_below=True)
    sizes: tuple[int, ...] = setting((4,), "any number of them", low=1)
    pair: tuple[float, float] = setting((0.0, 1.0), "two of them")
    kind: Literal["plain", "fancy"] = setting("plain", "one of two")
    shown: bool = setting(True, "yes or no")
    limit: float | None = setting(None, "or none", low=0)
    order: ActionIndices | None = setting(None, "by name in YAML", fixed=True)
    tags: list[str] = field(default_factory=list)  # a plain field will do
    either: int | str = "x"
    size: float = 0.5
    note: str = "any text"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"goal": 0}, "goal must be at least 1 and finite, got 0"),
        ({"goal": 1.5}, "goal must be a whole number, got 1.5"),
        ({"goal": True}, "goal must be a whole number, got True"),
        ({"rate": 0.0}, "rate must be above 0 up to 1, got 0.0"),
        ({"rate": float("nan")}, "rate must be above 0 up to 1, got nan"),
        ({"rate": "high"}, "rate must be a number, got 'high'"),
        ({"rate": None}, "rate must be a number, got None"),
        ({"sizes": (4, 0)}, r"sizes\[1\] must be at least 1"),
        ({"tags": "a"}, "tags must be a list, got 'a'"),
        ({"sizes": 4}, "sizes must be a list, got 4"),
        ({"pair": (1.0,)}, "pair must be a list of 2"),
        ({"pair": (1.0, float("inf"))}, r"pair\[1\] must be a finite number"),
        ({"kind": "fancyy"}, "unknown kind 'fancyy': did you mean 'fancy'"),
        ({"shown": 1}, "shown must be true or false, got 1"),
        ({"limit": -1}, "limit must be at least 0"),
        ({"order": [0, "fight"]}, r"order\[1\] must be a whole number, got 'fight'"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_setting_and_range(given, message):
    with pytest.raises(ValueError, match=message):
        Example(**{"goal": 1} | given)


def test_right_values_are_taken_as_they_are_and_can_not_be_changed():
    example = Example(1, 1, [2, 3], kind="fancy", limit=0.0, order=[1, 0], tags=["a"], either=3)
    assert (example.rate, example.sizes, example.order) == (1, [2, 3], [1, 0])
    with pytest.raises(FrozenInstanceError):
        example.rate = 0.2


def test_a_header_holds_json_values():
    assert Example(1).to_json() == {
        "goal": 1, "rate": 0.5, "sizes": [4], "pair": [0.0, 1.0], "kind": "plain", "shown": True,
        "limit": None, "order": None, "tags": [], "either": "x",
        "size": 0.5, "note": "any text",
    }  # fmt: skip


def test_what_is_known_of_a_setting_is_what_stands_in_its_field():
    known = describe(Example)
    assert list(known) == list(Example(1).to_json())
    assert known["goal"].default is REQUIRED
    assert (known["rate"].low, known["rate"].high, known["rate"].open_below) == (0, 1, True)
    assert known["rate"].meaning == "open below"
    assert (known["tags"].default, known["tags"].meaning) == ([], "")
    assert known["order"].annotation == ActionIndices | None  # YAML names actions, not just numbers
    assert [name for name in known if known[name].fixed] == ["order"]
    assert [name for name in known if known[name].open_below] == ["rate"]


def test_a_field_that_says_nothing_of_a_range_takes_any_finite_number():
    assert Example(1, size=-1e300).size == -1e300
    with pytest.raises(ValueError, match="size must be a finite number, got inf"):
        Example(1, size=float("inf"))


def test_help_on_a_bandit_shows_its_settings():
    parameters = inspect.signature(EpsilonGreedy).parameters
    assert list(parameters) == [
        "n_arms", "epsilon", "final_epsilon", "decay_decisions", "step_size", "initial_value",
        "n_contexts", "rng",
    ]  # fmt: skip
    assert inspect.signature(UCB).parameters["c"].default == 2.0


def test_a_bandit_takes_its_settings_by_place_or_by_name():
    assert UCB(3, 0.5).settings == UCB(3, c=0.5).settings
    with pytest.raises(TypeError, match="cc"):
        UCB(3, cc=0.5)


def test_ppos_settings_are_stated_with_a_meaning_each():
    known = describe(PolicyGradientSettings)
    assert len(known) == 28
    assert all(setting.meaning for setting in known.values())
