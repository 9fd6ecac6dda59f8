"""Comparing runs: the same unseen games for all, and a report that stands alone."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from experiments.analysis.contestants import Contestant, grouped
from experiments.config.models import Config
from experiments.runs.run import Run, open_run


@pytest.fixture
def two_runs(yendor, stub_config, run_folder, tmp_path):
    other = tmp_path / "other"
    arguments = ("agent={name: random}", "name=<random>", "train.games=0", "--out", other)
    assert yendor("train", stub_config, *arguments, "--workers", 1).exit_code == 0
    return run_folder, other


def test_missing_evaluations_are_played_and_shown(yendor, two_runs):
    result = yendor("compare", *two_runs, "--games", 3, "--workers", 1)
    assert result.exit_code == 0
    for part in ("3 unseen games", "IQM", "<random>", "stub", "P(A > B)"):
        assert part in result.output
    for folder in two_runs:
        assert len((folder / "evaluations/learned.jsonl").read_text().splitlines()) == 3


def test_a_game_that_is_set_aside_in_one_run_counts_for_none(yendor, two_runs, tmp_path):
    """Else games would no longer pair up, and those of several seeds would count as many more."""
    told = tmp_path / "told.json"
    command = ("compare", *two_runs, "--games", 8, "--workers", 1, "--json", told)
    assert yendor(*command).exit_code == 0
    rows = two_runs[1] / "evaluations/learned.jsonl"
    lines = rows.read_text().splitlines()
    lost = json.loads(lines[3]) | {"lost": "the process died of signal 9"}
    rows.write_text("\n".join([*lines[:3], json.dumps(lost), *lines[4:]]) + "\n")
    result = yendor(*command)
    assert result.exit_code == 0
    note = f"Left out for all: the game of seed {lost['seed']}, set aside in {two_runs[1]}."
    assert note in " ".join(result.output.split())
    points = json.loads(told.read_text())["metrics"]["points"]
    assert [score["games"] for score in points["scores"]] == [7, 7] and points["pairs"][0]["paired"]


def test_report_stands_alone_and_is_well_formed(yendor, two_runs, tmp_path):
    report = tmp_path / "report.html"
    arguments = ("--games", 3, "--workers", 1, "--out", report)
    assert yendor("compare", *two_runs, *arguments).exit_code == 0
    text = report.read_text()
    assert re.findall(r'(?:src|href)="(?!#)', text) == []
    assert re.findall("https?://(?!www.w3.org)", text) == []
    assert "&lt;random&gt;" in text

    open_tags = []

    class Balance(HTMLParser):
        def handle_starttag(self, tag, attributes):
            if tag not in ("meta", "wbr"):
                open_tags.append(tag)

        def handle_endtag(self, tag):
            assert open_tags.pop() == tag

    Balance().feed(text)
    assert open_tags == []


def test_one_run_can_be_reported(yendor, run_folder, tmp_path):
    arguments = ("--games", 2, "--workers", 1, "--out", tmp_path / "report.html")
    assert yendor("compare", run_folder, *arguments).exit_code == 0


def test_runs_in_different_games_are_told(yendor, stub_config, run_folder, tmp_path):
    longer = tmp_path / "longer"
    arguments = ("env.max_turns=70", "train.games=0", "--out", longer, "--workers", 1)
    assert yendor("train", stub_config, *arguments).exit_code == 0
    output = yendor("compare", run_folder, longer, "--games", 1, "--workers", 1).output
    assert f"Left out: {longer}: played another game: env.max_turns = 70, not 60" in output


def test_reward_is_left_out_where_its_weights_differ(yendor, stub_config, run_folder, tmp_path):
    other, report = tmp_path / "other", tmp_path / "report.html"
    arguments = ("env.reward={points: 2.0}", "train.games=0", "--out", other, "--workers", 1)
    assert yendor("train", stub_config, *arguments).exit_code == 0
    arguments = (run_folder, other, "--games", 6, "--workers", 1, "--out", report)
    output = yendor("compare", *arguments).output
    assert "reward is not compared" in output
    assert "reward:" not in output
    assert "<h3>reward</h3>" not in report.read_text()


def test_a_run_given_twice_is_refused(yendor, run_folder):
    result = yendor("compare", run_folder, run_folder, "--games", 1, "--workers", 1)
    assert result.exit_code == 2
    assert "is given twice" in result.stderr


def test_runs_of_one_name_are_told_apart_by_their_folders(
    yendor, stub_config, run_folder, tmp_path
):
    other = tmp_path / "other"
    assert yendor("train", stub_config, "train.games=0", "--out", other).exit_code == 0
    runs = [Contestant(open_run(folder), [], []) for folder in (run_folder, other)]
    assert list(grouped(runs[:1])) == ["stub"]
    assert list(grouped(runs)) == [str(run_folder), str(other)]


def test_several_seeds_are_told_apart_by_the_folder_of_all_of_them(run_folder):
    run = open_run(run_folder)

    def trained(folder, seed, games):
        train = run.config.train.model_copy(update={"games": games})
        config = run.config.model_copy(update={"seed": seed, "train": train})
        return Contestant(Run(Path(folder), config), [], [])

    both = [trained(f"runs/a/seed-{seed}", seed, 4) for seed in (0, 1)]
    again = [trained(f"runs/b/seed-{seed}", seed, 4) for seed in (0, 1)]
    single = trained("runs/c", 0, 8)
    assert list(grouped([*both, single])) == ["runs/a", "runs/c"]
    assert list(grouped([*both, *again, single])) == ["runs/a", "runs/b", "runs/c"]
    beside = trained("runs/a/other", 0, 8)  # so runs/a does not tell which
    assert list(grouped([*both, beside])) == ["runs/a/seed-0 and 1 more", "runs/a/other"]
    apart = [both[0], trained("runs/d", 1, 4)]
    assert list(grouped([*apart, single])) == ["runs/a/seed-0 and 1 more", "runs/c"]


@pytest.mark.parametrize("changes, one", [
    ({"evaluate": {"games": 0}}, True), ({"evaluate": {"baseline": "priority"}}, True),
    ({"limits": {"seconds_per_game": 9.0}}, True), ({"train": {"replay_every": 0}}, True),
    ({"train": {"games_per_round": 3}}, False), ({"env": {"discount": 0.5}}, False),
    ({"agent": {"name": "random"}}, False),
])  # fmt: skip
def test_what_is_played_and_kept_after_training_makes_no_other_config(run_folder, changes, one):
    run = open_run(run_folder)
    content = run.config.model_dump() | {"seed": 1}
    for section, values in changes.items():
        content[section] = values if section == "agent" else content[section] | values
    runs = [run, Run(Path("runs/b"), Config.model_validate(content))]
    configs = grouped([Contestant(each, [], []) for each in runs])
    assert [list(seeds) for seeds in configs.values()] == ([[0, 1]] if one else [[0], [1]])


def test_report_in_a_missing_folder_is_refused_before_any_game(yendor, run_folder, tmp_path):
    result = yendor("compare", run_folder, "--out", tmp_path / "none" / "report.html")
    assert result.exit_code == 2
    assert "--out" in result.stderr
    assert not (run_folder / "evaluations").exists()
