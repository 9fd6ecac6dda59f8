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
