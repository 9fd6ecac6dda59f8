"""Rows that anybody may have written: what is read of them, and what they may take."""

import gzip
import json
import time

import pytest

from experiments.errors import RunError, UserError
from experiments.rows import MOST_BYTES, MOST_LINES, MOST_TAKEN, count_rows, read_rows
from experiments.runs.create_or_resume import create_or_resume
from experiments.runs.game_rows import NEEDED
from experiments.runs.run import SHIPPED, open_run
from experiments.seeds import MOST_GAMES

GIGABYTE = 2**30
READERS = {
    "episodes.jsonl": (
        lambda run: run.episodes(4),
        lambda run: run.count_episodes(),
        lambda run: run.first_seed(),
        lambda run: open_run(run.folder),
    ),
    "metrics.jsonl": (lambda run: run.metrics(),),
    "evaluations/learned.jsonl": (lambda run: run.evaluation("learned"),),
}


def lengthen(path, size=GIGABYTE):
    """Let a file be so long, without so much of the disk."""
    with path.open("ab") as file:
        file.truncate(size)


@pytest.mark.parametrize(
    ("name", "read"), [(name, read) for name, reads in READERS.items() for read in reads]
)
def test_a_gigabyte_of_plain_rows_is_refused_at_once(run_folder, name, read):
    run = open_run(run_folder)
    path = run_folder / name
    path.parent.mkdir(exist_ok=True)
    lengthen(path)
    began = time.process_time()
    with pytest.raises(RunError) as caught:
        read(run)
    assert time.process_time() - began < 1
    assert str(path) in str(caught.value)
    assert f"has {GIGABYTE:,} bytes; at most {MOST_BYTES:,} bytes of rows are read" in str(
        caught.value
    )


def test_a_plain_file_is_read_up_to_the_bound(tmp_path):
    line = b'{"a": "' + b"x" * 60_000 + b'"}\n'
    (tmp_path / "rows").write_bytes(line * (MOST_BYTES // len(line)))
    assert count_rows(tmp_path / "rows") == MOST_BYTES // len(line)


def test_the_most_games_of_a_run_are_far_from_every_bound():
    """Of the longest run that ships, 100,000 games by the mean of 12,000."""
    from experiments.rows import _taken

    data = gzip.decompress((SHIPPED / "ppo" / "episodes.jsonl.gz").read_bytes())
    rows = [json.loads(line) for line in data.splitlines()]
    names = set()
    assert len(data) / len(rows) * MOST_GAMES < 0.6 * MOST_BYTES
    assert sum(_taken(row, names) for row in rows) / len(rows) * MOST_GAMES < 0.8 * MOST_TAKEN
    assert MOST_GAMES < 0.5 * MOST_LINES


NEED = dict.fromkeys(NEEDED, 0)
FULL = {
    "values": (NEED | {str(i): 1.5 for i in range(380)}, MOST_TAKEN // 390),
    "texts": (NEED | {str(i): "x" * 16 for i in range(380)}, MOST_TAKEN // 1_150),
}


@pytest.mark.parametrize(("row", "games"), FULL.values(), ids=FULL.keys())
def test_rows_with_more_than_their_share_are_refused(tmp_path, monkeypatch, row, games):
    monkeypatch.setattr("experiments.rows.MOST_TAKEN", MOST_TAKEN // 100)
    line = json.dumps(row) + "\n"
    (tmp_path / "rows").write_text(line * (games // 100 - 1))
    assert len(read_rows(tmp_path / "rows")) == games // 100 - 1
    (tmp_path / "rows").write_text(line * (games // 100 + 20))
    with pytest.raises(RunError, match=f"there are more values than {MOST_TAKEN // 100:,}"):
        read_rows(tmp_path / "rows")


def test_names_that_no_other_row_has_count_as_well(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.rows.MOST_TAKEN", 1_000)
    rows = [{f"{n} {i}": 1 for i in range(10)} for n in range(60)]
    (tmp_path / "rows").write_text("".join(json.dumps(row) + "\n" for row in rows))
    with pytest.raises(RunError, match="line 44:"):  # 10 values, 10 names, 3 for the row: 23 each
        read_rows(tmp_path / "rows")


def test_millions_of_short_lines_are_refused(tmp_path):
    (tmp_path / "rows").write_bytes(b"{}\n" * (MOST_LINES + 1))
    with pytest.raises(RunError, match=f"more than {MOST_LINES:,} lines"):
        count_rows(tmp_path / "rows")


@pytest.mark.parametrize("key", ["train.games", "evaluate.games"])
def test_a_run_does_not_begin_that_could_not_be_read_again(stub_config, tmp_path, key):
    asked = f"{key}={MOST_GAMES + 1}"
    with (
        pytest.raises(UserError, match=f"{key}: 100,001 games are too many"),
        create_or_resume(str(stub_config), (asked,), tmp_path / "run", False, False),
    ):
        pass
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("name", ["config.yaml", "checkpoint/checkpoint.json", "versions.json"])
def test_a_gigabyte_in_place_of_a_small_file_is_not_read(run_folder, name, yendor, monkeypatch):
    lengthen(run_folder / name)
    monkeypatch.chdir(run_folder.parent)
    run_folder.rename("runs")
    run_folder = run_folder.with_name("runs")
    began = time.process_time()
    if name == "versions.json":
        open_run(run_folder)
    else:
        with pytest.raises(UserError, match="at most [0-9,]+ are read"):
            open_run(run_folder)
    assert yendor("list").exit_code == 0
    assert time.process_time() - began < 2


def test_an_evaluation_that_could_not_be_read_again_does_not_begin(run_folder, yendor):
    result = yendor("evaluate", run_folder, "--games", MOST_GAMES + 1)
    assert result.exit_code == 2
    assert "unseen games: 100,001 games are too many" in result.stderr
