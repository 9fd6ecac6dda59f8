"""The numbers behind the figures, by hand."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from experiments.analysis.comparison import compare
from experiments.analysis.contestants import Contestant
from experiments.analysis.report.chart import slug
from experiments.analysis.report.choices import _over_training
from experiments.analysis.report.endings import causes, ending, survival_chart
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.inline import inline
from experiments.analysis.report.learning import learning_curve, regret, round_charts
from experiments.analysis.report.scores import means, profile

LONG = "runs/a_name_that_goes_on_and_on_and_on_and_ends_in_"


def row(seed, points, **others):
    base = {"seed": seed, "game": seed, "points": points, "turns": 10.0 * (seed + 1)}
    fate = {"cause": "killed by a newt, while praying", "truncated": False, "success": False}
    return base | fate | {"decisions": 4, "macros": {"fight": 3, "rest": 1}} | others


def evidence(*configs):
    """(training points by seed, unseen points by seed) of each config."""
    contestants = {
        f"{LONG}{number}": {
            seed: Contestant(
                SimpleNamespace(),
                [row(i, p) for i, p in enumerate(training[seed])],
                [row(i, p) for i, p in enumerate(unseen[seed])],
                [{"round": 0, "games": 8, "loss": 1.0 + seed, "pulls/fight": 3}],
            )
            for seed in range(len(unseen))
        }
        for number, (training, unseen) in enumerate(configs)
    }
    groups = {
        name: {seed: c.evaluation for seed, c in seeds.items()}
        for name, seeds in contestants.items()
    }
    return Evidence(contestants, list(compare(groups, ["points"]).values()))


TWO = evidence(
    ([np.arange(80.0), np.arange(80.0) + 2], [np.arange(8.0), np.arange(8.0)]),
    ([np.zeros(80), np.zeros(80)], [np.ones(8), np.ones(8)]),
)


def test_a_learning_curve_is_the_mean_of_windows_with_the_seeds_as_its_band():
    first = learning_curve(TWO, "points").rows[0]
    assert first["game"] == 5.5  # windows of ten games
    assert (first["points"], first["low"], first["high"]) == (5.5, 4.5, 6.5)


def test_regret_adds_up_what_is_missing_to_the_best_mean():
    rows = [r for r in regret(TWO).rows if r["config"].endswith("1")]
    assert rows[-1]["game"] == 80
    assert rows[-1]["regret"] == pytest.approx(80 * 3.5)  # 0 to 7 is 3.5 on average


def test_metrics_of_single_macro_actions_are_no_figures_of_rounds():
    (chart,) = round_charts(TWO)
    assert chart.name == "round-loss"
    assert [(r["loss"], r["low"], r["high"]) for r in chart.rows] == [(1.5, 1.0, 2.0)] * 2


def test_a_profile_is_the_share_above_each_threshold():
    chart = profile("points", {"a": np.array([0.0, 1, 2, 3])})
    share = {r["threshold"]: r["share"] for r in chart.rows}
    assert (share[0.0], share[3.0]) == (0.75, 0.0)


def test_choices_are_shares_of_decisions():
    chart = _over_training("a", [[row(i, 0) for i in range(40)]], ["fight"])
    assert all((r["fight"], r["other"]) == (0.75, 0.25) for r in chart.rows)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "newt"),
        ({"cause": "starvation"}, "starvation"),
        ({"cause": None, "truncated": True}, "alive at the limit"),
        ({"cause": None, "success": True}, "success"),
    ],
)
def test_how_a_game_ended_is_said_without_the_circumstances(change, said):
    assert ending(row(0, 0, **change)) == said


def test_every_game_counts_once_among_the_causes():
    assert sum(r["games"] for r in causes(TWO).rows) == 4 * 8


def test_survival_ends_at_zero_where_all_died():
    last = [r for r in survival_chart(TWO).rows if r["turn"] == 80]
    assert last
    assert all(r["alive"] == 0 for r in last)


def test_long_names_are_broken_and_never_cut():
    figure = inline(means(TWO.headline))
    text = "".join(re.findall(r">([^<>]+)</(?:text|tspan)>", figure))
    assert f"{LONG}0" in text
    assert f"{LONG}1" in text


def test_names_that_differ_give_files_that_differ():
    names = ["a b", "a_b", "a/b", "a-b", "ä", "ö", ""]
    assert len({slug(name) for name in names}) == len(names)
    assert all(re.fullmatch(r"[\w-]+", slug(name)) for name in names)
