"""What TensorBoard reads is what the run folder holds."""

import sys

import pytest

from experiments.runs.run import open_run
from experiments.training.tensorboard import Events, folder_of


def read(run):
    """What TensorBoard's own reader finds: (step, value) by tag."""
    reader = pytest.importorskip("tensorboard.backend.event_processing.event_file_loader")
    (file,) = folder_of(run).iterdir()
    found = {}
    for event in reader.LegacyEventFileLoader(str(file)).Load():
        for value in event.summary.value:
            found.setdefault(value.tag, []).append((event.step, value.simple_value))
    return found


def test_every_round_is_there_with_its_games_and_its_metrics(yendor, stub_config, tmp_path):
    pytest.importorskip("tensorboard")
    out = tmp_path / "run"
    result = yendor("train", stub_config, "--out", out, "--workers", 1, "--tensorboard")
    assert result.exit_code == 0, result.output
    run = open_run(out)
    rows, rounds, found = run.episodes(6), run.metrics(), read(run)
    assert [step for step, _ in found["games/reward"]] == [4, 6]
    first, second = (
        sum(row["reward"] for row in part) / len(part) for part in (rows[:4], rows[4:])
    )
    assert [value for _, value in found["games/reward"]] == pytest.approx([first, second])
    name = next(key for key in rounds[0] if "/" in key)
    assert found[name][0] == (4, pytest.approx(rounds[0][name]))


def test_a_run_that_was_resumed_is_shown_whole(run_folder):
    pytest.importorskip("tensorboard")
    run = open_run(run_folder)
    Events(run).close()
    Events(run).close()  # again: the first file is gone, so nothing is there twice
    assert [step for step, _ in read(run)["games/points"]] == [4, 6]


def test_without_tensorboard_the_extra_is_named_before_a_folder_is_made(
    yendor, stub_config, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "tensorboard.compat.proto.event_pb2", None)
    out = tmp_path / "run"
    result = yendor("train", stub_config, "--out", out, "--workers", 1, "--tensorboard")
    assert result.exit_code == 2
    assert "yendor[tensorboard]" in result.output
    assert not out.exists()
