"""What a file of a stranger's can do: be read. docs/security.md says so; here it is held."""

import ast
import gzip
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments.config.models import load
from experiments.errors import UserError
from experiments.regret.states import load as load_states
from experiments.replays.reader import read_replay
from experiments.rows import MOST_EMPTY, MOST_UNPACKED, read_rows
from experiments.suites.folders import read_suite

ROOT = Path(__file__).parents[1]
SOURCES = [
    path
    for room in ("agents", "envs", "experiments")
    for path in sorted((ROOT / room).rglob("*.py"))
]
RUNS_CODE = {
    "eval", "exec", "__import__", "pickle.load", "pickle.loads", "marshal.loads", "os.system",
    "os.popen", "yaml.load", "yaml.full_load", "yaml.unsafe_load", "joblib.load", "torch.load",
    "runpy.run_path", "importlib.import_module",
}  # fmt: skip


def calls(path):
    """The calls in a file: the function as it is written, and the call."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_reader_runs_what_it_reads():
    allowed = {
        "envs/futures/children.py",  # what a process of our own sends through a pipe
        "experiments/training/crew.py",  # so do worker processes, and the command to them
        "experiments/training/worker.py",
        "experiments/exercises/grading.py",  # answers are code, and run as such: yendor grade
        "experiments/bench/autoascend.py",  # an agent that its user has installed
        "experiments/bench/measure.py",  # peers by the names of their packages, which are ours
    }
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for name, call in calls(path)
        if name in RUNS_CODE and path.relative_to(ROOT).as_posix() not in allowed
        and not (name == "yaml.load" and "_Dumper" in ast.unparse(call))
    ]  # fmt: skip
    assert not found


def test_no_array_is_read_that_may_hold_objects():
    for path in SOURCES:
        for name, call in calls(path):
            if name == "np.load":
                assert "allow_pickle=False" in ast.unparse(call), path


class Fires:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


@pytest.mark.parametrize("read", [load, read_replay, load_states, read_rows])
def test_a_pickle_is_no_file_of_ours(tmp_path, read):
    trace, file = tmp_path / "fired", tmp_path / "file"
    file.write_bytes(pickle.dumps(Fires(trace)))
    with pytest.raises(UserError):
        read(file)
    assert not trace.exists()


def test_objects_in_a_bench_of_states_are_not_unpickled(tmp_path):
    trace, file = tmp_path / "fired", tmp_path / "file.npz"
    np.savez(file, **{name: np.array([Fires(trace)], object) for name in ("about", "features")})
    with pytest.raises(UserError):
        load_states(file)
    assert not trace.exists()


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system [touch x]", "!!python/name:os"])
def test_tags_of_yaml_call_nothing(tmp_path, tag):
    (tmp_path / "a.yaml").write_text(f"name: {tag}\nagent: {{name: random}}\n")
    with pytest.raises(UserError, match="tags such as"):
        load(tmp_path / "a.yaml")


@pytest.mark.parametrize("name", ["../other", "/etc", "a/b", "..", ""])
def test_a_suite_names_no_folder_outside_its_own(tmp_path, name):
    content = {"name": "s", "groups": [name], "evaluate": {"games": 1}}
    (tmp_path / "suite.yaml").write_text(yaml.safe_dump(content))
    with pytest.raises(UserError, match="a folder beside it"):
        read_suite(tmp_path)


def test_rows_unpack_to_their_bound_and_no_further(tmp_path):
    row = b'{"a": "' + b"x" * 10_000 + b'"}\n'
    packed = gzip.compress(row * 1_000) * (MOST_UNPACKED // (1_000 * len(row)) + 1)
    (tmp_path / "rows.gz").write_bytes(packed)
    with pytest.raises(UserError, match=f"more than {MOST_UNPACKED:,} bytes"):
        read_rows(tmp_path / "rows")


ROWS = {
    "a list": (b"[1]\n", "line 1 is cut short or no JSON object"),
    "nested": (b'{"a": {"b": {"c": 1}}}\n', "values within values"),
    "a list in it": (b'{"macros": [1]}\n', "lists"),
    "infinity": (b'{"a": 1e999}\n', "line 1"),
    "no number": (b'{"a": NaN}\n', "line 1"),
    "deep": (b"[" * 60_000 + b"\n", "line 1"),
    "digits": (b'{"a": ' + b"9" * 5_000 + b"}\n", "line 1"),
    "a long line": (b'{"a": "' + b"x" * 70_000 + b'"}\n', "more than 65,536 bytes"),
    "many values": (json.dumps(dict.fromkeys(map(str, range(500)))).encode(), "more than 400"),
    "empty lines": (b"\n" * 5_000, f"more than {MOST_EMPTY} empty lines"),
    "no text": (b'{"a": "\xff"}\n', "line 1"),
}


@pytest.mark.parametrize(("data", "told"), ROWS.values(), ids=ROWS.keys())
def test_rows_of_another_kind_are_told(tmp_path, data, told):
    (tmp_path / "rows").write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_rows(tmp_path / "rows")
    assert told in str(caught.value) and len(str(caught.value)) < 400


def test_rows_are_read_with_the_line_ends_of_any_system(tmp_path):
    (tmp_path / "rows").write_bytes(b'{"a": 1}\r\n\r\n{"a": 2}\r\n\n')
    assert read_rows(tmp_path / "rows") == [{"a": 1}, {"a": 2}]


def test_a_pipe_is_not_waited_for(tmp_path):
    import os

    os.mkfifo(tmp_path / "rows")
    with pytest.raises(UserError, match="can't be read"):
        read_rows(tmp_path / "rows")
