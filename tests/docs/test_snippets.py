"""What a page of the documentation prints below a snippet is what the snippet prints."""

import contextlib
import io
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHOWN = re.compile(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = [path for path in sorted(DOCS.glob("*.md")) if SHOWN.search(path.read_text("utf-8"))]


FILE = re.compile(r"This is `(configs/\S+?)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_a_config_that_a_page_shows_is_the_config():
    shown = [pair for page in DOCS.glob("*.md") for pair in FILE.findall(page.read_text("utf-8"))]
    assert shown
    for name, text in shown:
        lines = (DOCS.parent / name).read_text("utf-8").splitlines()
        assert text.splitlines() == [line for line in lines if not line.startswith("#")]


def test_there_are_such_pages():
    assert "options.md" in [path.name for path in PAGES]


@pytest.mark.nethack
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_snippet_prints_what_stands_below_it(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for code, shown in SHOWN.findall(path.read_text("utf-8")):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, str(path), "exec"), {})
        assert printed.getvalue() == shown
