"""Progress says whose games are played, however narrow the terminal is."""

import io

import pytest
from rich.console import Console

from experiments.training.progress import Progress
from experiments.training.rollout import Episode

LABEL = "12/53 epsilon_greedy_situation seed 3, unseen games"


def shown(width, skipped=0, total=2):
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=width, color_system=None)
    games = [Episode({"points": 1_234, "progression": 0.04}, [])] * (total - skipped)
    with Progress(LABEL, total, console) as progress:
        progress.skip(skipped)
        assert len(list(progress.track(games))) == total - skipped
    return output.getvalue()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_a_label_is_never_cut_and_the_time_left_is_shown(width):
    text = shown(width)
    assert LABEL in text
    assert "0:00 left" in text
    assert "…" not in text


@pytest.mark.parametrize("width", [80, 160])
def test_games_that_were_played_before_show_nothing(width):
    assert "2/2" not in shown(width, skipped=2)


def rows_of(seconds, rewards):
    rest = {"points": 1, "progression": 0.0}
    return [Episode(rest | {"seconds": seconds, "reward": r}, []) for r in rewards]


class Clock:
    """Time as processes spend it that take `start` to begin and then play games at once."""

    def __init__(self, monkeypatch, start, seconds, processes):
        self.now, self.start, self.seconds, self.processes = 0.0, start, seconds, processes
        monkeypatch.setattr("experiments.training.progress.time.monotonic", lambda: self.now)

    def play(self, episodes):
        for number, episode in enumerate(episodes):
            self.now = self.start + self.seconds * (number // self.processes + 1)
            yield episode


@pytest.mark.parametrize("processes", [1, 2, 4, 8])
@pytest.mark.parametrize("start", [0.5, 60.0])  # where the code must be compiled first
def test_the_first_estimate_is_within_a_factor_of_two(monkeypatch, start, processes):
    clock = Clock(monkeypatch, start, 2.0, processes)
    estimates = []
    console = Console(file=io.StringIO(), width=200)
    with Progress("games", 64, console) as progress:
        for _ in progress.track(clock.play(rows_of(2.0, [0.0] * 64))):
            if "left" in progress.status() and progress.done < 64:
                minutes, seconds = progress.status().split()[-2].split(":")
                left = (start + 2.0 * 64 / processes) - clock.now
                estimates.append((60 * int(minutes) + int(seconds), left))
    first, really = estimates[0]
    assert len(estimates) >= 48
    assert really / 2 <= first <= really * 2


def lines(rewards, curve=True, before=()):
    output = io.StringIO()
    with Progress("a run", len(rewards), Console(file=output, width=90), curve, before) as progress:
        list(progress.track(rows_of(0.0, rewards)))
    return output.getvalue().splitlines()


def test_at_the_end_the_reward_is_drawn_from_the_lowest_to_the_highest():
    heading, top, *_, bottom = lines([0.0, 0.0, 5.0, 10.0])[-6:]
    assert heading == "reward of 4 games"
    assert top == f"{'10':>10} │   █"
    assert bottom == f"{'0':>10} │▁▁██"


def test_games_of_before_are_in_the_curve_and_a_bar_alone_has_none():
    assert "reward of 12 games" in lines([1.0] * 4, before=[0.0] * 8)
    assert not any("│" in line for line in lines([1.0] * 4, curve=False))


def test_many_games_share_a_column_and_every_line_fits():
    drawn = lines([float(number) for number in range(1_000)])[-6:]
    assert drawn[0].startswith("reward of 1,000 games, mean of ")
    assert all(len(line) <= 80 for line in drawn)


def test_a_label_that_looks_like_markup_is_shown_as_it_is():
    output = io.StringIO()
    console = Console(file=output, force_terminal=True, width=200, color_system=None)
    with Progress("run [bold]x[/]", 1, console) as progress:
        list(progress.track(rows_of(0.0, [1.0])))
    assert "run [bold]x[/]" in output.getvalue()
