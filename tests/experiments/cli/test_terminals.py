"""Whatever the terminal and whatever the names: strings are shown as they are, and nothing acts."""

import ast
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from rich.console import Console
from rich.table import Table as RichTable

from experiments.commands.terminal import poor_terminal
from experiments.console import PlainConsole, Table, strong
from experiments.printable import in_one_line, printable

ROOT = Path(__file__).parents[3]
NAMES = ["[/b]", "[lr=0.1]", "[bold]x[/bold]", ":skull:", "a\\[b", "[link=http://x]y", "x[/]"]
ACTING = {
    "\x1b[31mred": "\\x1b[31mred",
    "bell\x07": "bell\\x07",
    "back\x08\rspace": "back\\x08\\rspace",
    "\x9b2J": "\\x9b2J",
    "\u202egnp.exe": "\\u202egnp.exe",
    "\ud800": "\\ud800",
    "\x7f": "\\x7f",
    "Grün, 名前, 😀": "Grün, 名前, 😀",
}


@pytest.mark.parametrize(("text", "shown"), ACTING.items())
def test_what_a_terminal_acts_on_is_escaped_and_all_else_is_not(text, shown):
    assert printable(text) == shown
    assert printable("a\nb\tc") == "a\nb\tc" and in_one_line("a\nb\tc") == "a b c"


def printed(console, *things):
    with console.capture() as capture:
        console.print(*things)
    return capture.get()


@pytest.mark.parametrize("name", [*NAMES, *ACTING])
def test_a_name_stands_in_lines_and_tables_as_it_is(name):
    table = Table(name, "", title=name)
    table.add_row(name, strong(name))
    table.caption = name
    shown = printable(name)
    ours = printed(PlainConsole(width=200), name, table)
    assert ours.count(shown) == 6
    # A viewer's console reads markup; our tables leave it nothing to read.
    assert printed(Console(width=200, markup=True, emoji=True), table).count(shown) == 5


def test_no_other_consoles_tables_or_echoes_are_used():
    """The rest of the kind: a string of a stranger's that reaches a terminal by another way."""
    found = []
    for path in sorted((ROOT / "experiments").rglob("*.py")):
        if path.name in ("console.py", "printable.py"):
            continue
        text = path.read_text(encoding="utf-8")
        imports = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
        taken = {(node.module, name.name) for node in imports for name in node.names}
        markup = {
            ("rich.table", "Table"),
            ("rich.progress", "TextColumn"),
            ("rich.markup", "escape"),
        }
        made = "Console(" in text.replace("PlainConsole(", "") and path.name != "picture.py"
        echoes = "typer.echo(" in text and path.name != "compare_outputs.py"
        if taken & markup or made or echoes:
            found.append(path.relative_to(ROOT).as_posix())
    assert not found, f"use experiments.console and experiments.printable.say in {found}"
    assert issubclass(Table, RichTable)


IMAGE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def named(tmp_path, stub_config, yendor):
    """Two runs whose names are markup, an escape sequence, and mathematics."""
    content = yaml.safe_load(stub_config.read_text()) | {"evaluate": {"games": 0}}
    for folder, name in (("a", "[/b]\x1b[31m"), ("b", f"[lr=0.1] $\\frac{{$ {IMAGE}")):
        stub_config.write_text(yaml.safe_dump(content | {"name": "plain"}))
        made = yendor("train", stub_config, "--out", tmp_path / folder, "--workers", 1)
        assert made.exit_code == 0, made.output
        config = tmp_path / folder / "config.yaml"  # as a stranger's: we would not call one so
        kept = yaml.safe_load(config.read_text()) | {"name": name}
        config.write_text(yaml.safe_dump(kept, explicit_end=True))
    return tmp_path


def test_runs_with_such_names_are_compared_reported_and_watched(named, yendor):
    options = ("--games", 2, "--workers", 1, "--out", named / "report.html")
    compared = yendor("compare", named / "a", named / "b", *options)
    assert compared.exit_code == 0, compared.output
    assert "[/b]\\x1b[31m" in compared.stdout and "[lr=0.1] $\\frac{$" in compared.stdout
    watched = yendor("watch", named / "a", "--plain")
    assert watched.exit_code == 0 and "[/b]\\x1b[31m" in watched.stdout
    assert "\x1b" not in compared.output + watched.output
    page = named / "game.html"
    assert yendor("watch", named / "b", "--html", page).exit_code == 0
    for written in (named / "report.html", page):
        assert "img src=x" in written.read_text() and IMAGE not in written.read_text()


def command(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "experiments.cli", *map(str, arguments)],
        cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=120,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_no_encoding_of_an_output_is_a_traceback(evaluated, encoding):
    done = command("watch", evaluated, "--plain", PYTHONIOENCODING=encoding)
    assert done.returncode == 0 and b"Traceback" not in done.stderr
    assert done.stdout.decode(encoding)


def in_a_terminal(tmp_path, *arguments, **environment):
    """What a command prints in a terminal of 100 columns by 40 rows, and its exit code."""
    main, other = pty.openpty()
    os.environ.setdefault("TERM", "xterm")
    process = subprocess.Popen(
        [sys.executable, "-m", "experiments.cli", *map(str, arguments)],
        cwd=ROOT, env=os.environ | {"COLUMNS": "100", "LINES": "40"} | environment,
        stdin=other, stdout=other, stderr=other, close_fds=True,
    )  # fmt: skip
    os.close(other)
    output = bytearray()
    while True:
        try:
            output += os.read(main, 65_536)
        except OSError:  # the terminal's other side is closed
            break
    os.close(main)
    return process.wait(timeout=60), output.decode("utf-8", "replace")


@pytest.mark.parametrize(("environment", "told"), [
    ({"TERM": "dumb"}, "TERM=dumb"),
    ({"TERM": "xterm", "PYTHONIOENCODING": "latin-1"}, "needs UTF-8"),
])  # fmt: skip
def test_a_terminal_without_a_viewer_gets_frames_and_is_told(
    evaluated, tmp_path, environment, told
):
    code, output = in_a_terminal(tmp_path, "watch", evaluated, **environment)
    assert code == 0 and told in output and "frames are printed instead" in output
    assert "\x1b[?1049h" not in output and "The reward came to" in output


def test_playing_by_hand_is_refused_there(evaluated, tmp_path):
    code, output = in_a_terminal(tmp_path, "watch", evaluated, "--play", TERM="dumb")
    assert code == 2 and "TERM=dumb" in output


def test_without_a_terminal_nothing_is_said_of_it(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert poor_terminal() == ""
