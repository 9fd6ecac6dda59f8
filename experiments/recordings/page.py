"""A game as one web page that plays it, with nothing to install and nothing to fetch.

The page is `page.html` with its style and scripts put in, and all of the game behind them: packed
by zlib, in base64. `page_data.py` packs it, `page.game.js` unpacks it.
"""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from string import Template

from experiments.frames.picture import THEME
from experiments.frames.summary import outcome_line
from experiments.outputs import whole_file
from experiments.playback.playback import Playback
from experiments.recordings.page_data import pack

SCRIPTS = (
    "page.game.js", "page.screen.js", "page.decision.js", "page.course.js", "page.js",
)  # fmt: skip
STYLE, TEMPLATE = "page.css", "page.html"
BLACK, STAND_IN = 0, 8  # the grey that stands in for black, as in `experiments.frames.screen`


def write_page(path: Path, playback: Playback, *, speed: float = 12.0, story: str = "") -> None:
    """Plays a game out, and writes the page that shows it; the file is written whole or not at all.

    Args:
        path: where to; an old file is replaced.
        playback: any.
        speed: keystrokes a second to begin with.
        story: the game in words, shown below it; blank lines divide paragraphs.

    Raises:
        UserError: when the file can't be written there.
    """
    playback.play_out()
    with whole_file(path) as partial:
        partial.write_text(page_text(playback, speed, story), encoding="utf-8")


def page_text(playback: Playback, speed: float = 12.0, story: str = "") -> str:
    """Return the page of a playback that was played out."""
    outcome = playback.outcome()
    return Template(_part(TEMPLATE)).substitute(
        title=escape(playback.title),
        character=escape(outcome.character or ""),
        outcome=escape(outcome_line(playback)),
        notice=_paragraphs(playback.notice, "notice"),
        story=_story(story),
        style=_palette() + _part(STYLE),
        scripts="\n".join(f"<script>\n{_part(name)}</script>" for name in SCRIPTS),
        data=base64.b64encode(pack(playback, speed)).decode(),
    )


def _part(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _palette() -> str:
    """Return the terminal's colours, as variables and as classes: c0 to c15, and reversed r0 to
    r15.
    """
    colors = [_css(THEME.ansi_colors[STAND_IN if n == BLACK else n]) for n in range(16)]
    theme = {"background": THEME.background_color, "foreground": THEME.foreground_color}
    named = "".join(f"--{name}:{_css(color)};" for name, color in theme.items())
    classes = (
        f".c{n}{{color:{color}}}.r{n}{{background:{color};color:var(--background)}}\n"
        for n, color in enumerate(colors)
    )
    return f":root{{{named}}}\n" + "".join(classes)


def _css(color: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*color)


def _story(text: str) -> str:
    paragraphs = _paragraphs(text, "")
    if not paragraphs:
        return ""
    heading = '<section id="story" aria-labelledby="storyName"><h2 id="storyName">Story</h2>'
    return f"{heading}\n{paragraphs}</section>"


def _paragraphs(text: str, kind: str) -> str:
    """Text as HTML, a paragraph for each part between blank lines; "" for none."""
    parts = [part.strip("\n") for part in text.split("\n\n") if part.strip()]
    opening = f'<p class="{kind}">' if kind else "<p>"
    return "".join(f"{opening}{escape(part)}</p>\n" for part in parts)
