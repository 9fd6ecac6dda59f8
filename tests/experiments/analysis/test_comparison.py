"""A comparison's numbers, its words, and what is left out of it."""

import io

import numpy as np
import pytest
from rich.console import Console

from experiments.analysis.comparison import compare
from experiments.analysis.metrics import METRICS, comparable
from experiments.analysis.report.evidence import Evidence
from experiments.analysis.report.page import title_of
from experiments.analysis.standings import standings, verdicts
from experiments.analysis.statistics.confidence import Estimate
from experiments.analysis.tables import difference_table, pairs_table, summary_table
from experiments.analysis.verdicts import about, verdict
from experiments.commands.compare import show

NAN = float("nan")


def rows(points, first=1_000_000):
    return [{"seed": first + i, "points": value} for i, value in enumerate(points)]


def agents(shifts, seeds=1, games=60, rng=None):
    """For each shift an agent, whose training seeds all play the same games."""
    rng = rng or np.random.default_rng(0)
    return {
        f"agent{i}": {k: rows(rng.normal(100 + shift, 10, games)) for k in range(seeds)}
        for i, shift in enumerate(shifts)
    }


def test_better_is_told_from_worse_and_equal_from_neither():
    first, second, third = compare(agents([20, 0, 0.1]), ["points"])["points"].pairs
    assert first.verdict.startswith("agent0 beats agent1 by ")
    assert second.verdict.startswith("agent0 beats agent2 by ")
    assert "agent1 and agent2: cannot tell apart; about " in third.verdict
    assert first.improvement.low > 0.8
    assert third.adjusted.low < 0 < third.adjusted.high


def test_the_order_of_rows_does_not_matter():
    groups = agents([0, 5])
    turned = {name: {0: group[0][::-1]} for name, group in groups.items()}
    first, second = (compare(g, ["points"])["points"].pairs[0] for g in (groups, turned))
    assert first == second


def test_words_and_p_values_say_the_same():
    comparison = compare(agents([0, 4, 8, 2], games=30), ["points"])["points"]
    for pair in comparison.pairs:
        assert pair.adjusted.excludes_zero == (pair.adjusted_p <= 0.05)
        assert pair.adjusted.excludes_zero == (" beats " in pair.verdict)
        assert pair.adjusted_p >= pair.p


def test_one_training_seed_more_or_less_is_no_obstacle():
    groups = {
        **agents([0], seeds=5),
        "baseline": {0: rows(np.random.default_rng(9).normal(0, 1, 60))},
    }
    comparison = compare(groups, ["points"])["points"]
    assert [score.seeds for score in comparison.scores] == [5, 1]
    assert comparison.pairs[0].paired
    assert comparison.pairs[0].verdict.startswith("agent0 beats baseline by ")


def test_other_games_are_compared_as_wholes():
    rng = np.random.default_rng(0)
    groups = {"a": {0: rows(rng.normal(0, 1, 40))}, "b": {0: rows(rng.normal(3, 1, 50), first=0)}}
    (pair,) = compare(groups, ["points"])["points"].pairs
    assert not pair.paired
    assert "b beats a by" in pair.verdict


def test_seeds_with_games_of_their_own_count_too():
    rng = np.random.default_rng(0)
    group = {k: rows(rng.normal(100, 1, 40), first=100 * k) for k in range(4)}
    (score,) = compare({"a": group}, ["points"])["points"].scores
    assert score.mean.low < 100 < score.mean.high
    assert score.iqm.why == "every training seed played games of its own"


def test_few_games_are_said_to_be_few():
    comparison = compare(agents([0, 50], games=3), ["points"])["points"]
    assert "cannot tell: too few games (3; 5 at least)" in comparison.pairs[0].verdict
    assert "too few games" in summary_table([comparison]).caption


def test_a_config_without_games_is_refused():
    with pytest.raises(ValueError, match="needs a training seed"):
        compare({"a": {0: []}}, ["points"])


@pytest.mark.parametrize(
    ("difference", "games", "metric", "expected"),
    [
        (Estimate(0.014, 0.008, 0.021), 9, "progression",
         "A beats B by 0.8 to 2.1 points of progression (of 100)"),
        (Estimate(-300, -400, -200), 9, "points", "B beats A by 200 to 400 points"),
        (Estimate(300, 200, 400), 9, "turns", "A has 200 to 400 turns more than B"),
        (Estimate(10, 0.24, 20), 9, "points", "A beats B by 0.2 to 20 points"),
        (Estimate(990, 7.891, 1943.2), 9, "reward", "A beats B by 7.89 to 1,943 reward"),
        (Estimate(0.02, 0.0004, 0.04), 9, "progression",
         "A beats B by 0.04 to 4.0 points of progression (of 100)"),
        (Estimate(-0.3, NAN, NAN, "the same in every game"), 9, "points",
         "B has 0.3 points more than A in every game"),
        (Estimate(1, -1, 3), 337, "points", "A and B: cannot tell apart; about 340 games would"),
        (Estimate(1, -1, 3), float("inf"), "points",
         "A and B: cannot tell apart; more training seeds might, more games would not"),
        (Estimate(1, -1, 3), 3e6, "points",
         "A and B: cannot tell apart; more than 100,000 games would, so little do they differ"),
        (Estimate(0, NAN, NAN, "the same in every game"), 9, "points",
         "A and B: no difference in any game"),
        (Estimate(-2, NAN, NAN, "the same in every game"), 9, "points",
         "B has 2 points more than A in every game"),
    ],
)  # fmt: skip
def test_verdicts_in_words(difference, games, metric, expected):
    assert verdict("A", "B", difference, games, METRICS[metric]) == expected


def test_of_many_configs_every_one_gets_a_sentence():
    few = compare(agents([0, 0, 9, 9, 30]), ["points"])["points"]
    assert verdicts(few) == [f"{pair.verdict}." for pair in few.pairs]
    many = compare(agents([0, 0, 9, 9, 30, 100]), ["points"])["points"]
    first, second, *middle, _, _ = said = verdicts(many)
    assert len(said) == 6
    assert first == "agent5 beats all 5 others."
    assert second == "agent4 beats agent2, agent3, agent1 and agent0; is beaten by agent5."
    third = "agent2 beats agent1 and agent0; cannot be told from agent3; is beaten by agent5"
    assert any(sentence.startswith(third) for sentence in middle)


def test_standings_say_what_verdicts_say():
    comparison = compare(agents([0, 3, 8, 15, 4, 25], games=30), ["points"])["points"]
    said = {sentence.split()[0]: sentence for sentence in standings(comparison)}
    for pair in comparison.pairs:
        winners = {"": "cannot be told from", pair.a: "is beaten by", pair.b: "beats"}
        winner = pair.verdict.split(" beats ")[0] if " beats " in pair.verdict else ""
        part = next(p for p in said[pair.b].rstrip(".").split("; ") if pair.a in p or " all " in p)
        assert winners[winner] in part


def test_configs_that_nothing_tells_apart_share_a_sentence():
    alike = compare(agents([0] * 6, games=60), ["points"])["points"]
    assert verdicts(alike) == ["No two of these 6 can be told apart."]
    same = {f"agent{i}": {0: rows([i // 5 * 7.0] * 8)} for i in range(6)}
    first, *_, last = verdicts(compare(same, ["points"])["points"])
    assert first == "agent5 beats all 5 others."
    assert last.endswith("is beaten by agent5.")
    few = {name: {0: group[0][:4]} for name, group in same.items()}
    assert verdicts(compare(few, ["points"])["points"]) == ["No two of these 6 can be told apart."]
    wide = agents([0, 0, 50, 100, 150]) | {"wide": {0: rows([-900, 0, 900] * 20)}}
    *_, last = verdicts(compare(wide, ["points"])["points"])
    assert last == "wide cannot be told from any other."


def test_turns_are_more_or_less_and_nobody_is_beaten_in_them():
    groups = agents([0, 0, 0, 0, 0, 50])
    turned = {
        name: {0: [{"seed": row["seed"], "turns": row["points"]} for row in group[0]]}
        for name, group in groups.items()
    }
    first, *others = standings(compare(turned, ["turns"])["turns"])
    assert first == "agent5 has more than all 5 others."
    assert all("has less than agent5" in sentence for sentence in others)


def test_nobody_is_told_to_play_fewer_games_than_there_were():
    doubtful = Estimate(1.0, -2.0, 4.0)
    said = verdict("A", "B", doubtful, 17, METRICS["points"], played=90)
    assert (
        said
        == "A and B: cannot tell apart; more training seeds would say more, or a few more games"
    )
    assert "about 17 games" in verdict("A", "B", doubtful, 17, METRICS["points"], played=10)


def test_numbers_of_games_have_two_digits():
    assert [about(n) for n in (7, 98, 341, 12_345)] == [
        "about 7 games", "about 98 games", "about 350 games", "about 13,000 games",
    ]  # fmt: skip


def test_long_names_are_whole_at_80_columns():
    names = [f"runs/stub_policy_gradient_{end}" for end in ("first", "second", "third")]
    groups = dict(zip(names, agents([0, 5, 9]).values(), strict=True))
    comparison = compare(groups, ["points"])["points"]
    console = Console(width=80, record=True, file=io.StringIO())
    for table in (summary_table([comparison]), pairs_table([comparison])):
        console.print(table)
    shown = console.export_text()
    assert "…" not in shown
    first_column = "".join(line.split("│")[1].strip() for line in shown.splitlines() if "│" in line)
    assert all(name in first_column.replace(" ", "") for name in names)


def test_games_of_the_same_seeds_are_paired_in_a_table_of_two():
    rng = np.random.default_rng(0)
    game = rng.normal(0, 1000, size=30)
    shared = dict.fromkeys(METRICS, 1.0) | {"success": 0.0}
    a, b = ([{**shared, **row} for row in rows(game + rng.normal(mean, 1, 30))] for mean in (50, 0))
    cells = list(difference_table("", a, b, ("a", "b")).columns[3].cells)
    assert cells[0].plain.startswith("+") and cells[0].style == "bold"


def test_reward_is_not_compared_where_its_weights_differ():
    metrics, notes = comparable(["points", "reward"], ["reward"])
    assert metrics == ["points"]
    assert notes == [
        "reward is not compared: it is counted differently, the runs differ in env.reward."
    ]


def test_an_agents_own_settings_do_not_make_another_game():
    assert comparable(["points", "reward"], ["macros", "discount"]) == (["points", "reward"], [])


def test_other_games_are_told():
    metrics, notes = comparable(["points", "reward"], ["max_turns", "character"])
    assert metrics == ["points", "reward"]
    assert notes == ["Not the same game for all: the runs differ in env.max_turns, env.character."]


@pytest.mark.parametrize("metric", ["points", "progression", "success", "turns", "max_depth"])
def test_no_interval_of_seeds_that_differ_reaches_what_no_game_can_have(metric):
    """Of three training seeds, one of which does nothing and one everything."""
    rng = np.random.default_rng(0)
    least = METRICS[metric].bounds.low
    groups = {
        name: {
            seed: [{"seed": g, metric: least + level * rng.random()} for g in range(20)]
            for seed, level in enumerate(levels)
        }
        for name, levels in {"a": (0, 0.5, 1), "b": (0.02, 0.01, 0.9)}.items()
    }
    comparison = compare(groups, [metric])[metric]
    for estimate in [e for score in comparison.scores for e in (score.mean, score.iqm)]:
        assert least <= estimate.low < estimate.value < estimate.high
        assert estimate.high <= METRICS[metric].bounds.high
    assert comparison.scores[0].mean.low == least  # it was cut off there
    difference = comparison.pairs[0].difference
    assert METRICS[metric].bounds.of_difference().low <= difference.low < difference.high


@pytest.mark.parametrize(("configs", "tables"), [(5, 2), (6, 1)])
def test_the_terminal_shows_all_pairs_of_few_configs_and_of_many_the_headlines(configs, tables):
    groups = {
        name: {0: [row | {"progression": row["points"] / 1000} for row in group[0]]}
        for name, group in agents(range(configs), games=20).items()
    }
    comparisons = list(compare(groups, ["points", "progression"]).values())
    console = Console(width=120, record=True, file=io.StringIO())
    show(Evidence({}, comparisons), console)
    shown = console.export_text()
    assert shown.count("agent0 − agent1 ") == tables
    assert ("Differences in the other metrics: --out" in shown) == (tables == 1)


def test_a_page_of_many_configs_names_the_first():
    assert title_of(["a"]) == "a"
    assert title_of(list("abcde")) == "a · b · c · d · e"
    assert title_of(list("abcdef")) == "a · b · c · d and 2 more"
