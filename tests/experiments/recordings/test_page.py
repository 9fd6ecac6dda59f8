"""The page that plays a game: what is in the file."""

import re
from html.parser import HTMLParser

import numpy as np
import pytest
from helpers.drawn import HOSTILE, Drawn

from experiments.errors import UserError
from experiments.playback.events import dangers
from experiments.recordings.page import page_text, write_page
from experiments.recordings.page_data import cells_of, new_levels


class Reader(HTMLParser):
    """Gathers a page's tags and the text outside of scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.attributes = [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        if self.tags[-1:] not in (["script"], ["style"]):
            self.text += data


def page(playback, **options):
    playback.play_out()
    return page_text(playback, **options)


def test_the_page_is_written_of_a_film_that_is_not_over(tmp_path):
    playback = Drawn()
    write_page(tmp_path / "game.html", playback)
    assert playback.over
    assert (tmp_path / "game.html").read_text("utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["game.html"]


def test_the_page_needs_nothing_but_itself():
    text = page(Drawn(), story="It went well.")
    text = re.sub(r'(?<=id="data" type="text/plain">)[A-Za-z0-9+/=]+', "", text)
    assert "://" not in text and len(text) < 60_000
    assert not re.search(r"\bsrc=|url\(|@import|\bimport\b|fetch\(|XMLHttp|<link|<img", text)
    assert "default-src 'none'" in text


def test_nothing_moves_by_itself():
    assert not re.search(r"transition|animation|@keyframes|scroll-behavior", page(Drawn()))


def test_the_header_says_how_the_game_went():
    text = Reader(page(Drawn())).text
    assert "drawn, game 0" in text and "mon-hum-neu-fem" in text
    assert "1,110 points, depth 3 (deepest 3), 11 turns, killed by a" in text


def test_a_hostile_title_notice_or_story_is_text():
    plain = Reader(page(Drawn()))
    hostile = Reader(page(Drawn(HOSTILE, notice=HOSTILE), story=HOSTILE))
    assert "b" not in hostile.tags
    assert hostile.tags.count("script") == plain.tags.count("script")
    assert hostile.text.count(HOSTILE) >= 4  # title, heading, notice, story


def test_the_story_has_its_paragraphs():
    text = page(Drawn(), story="One.\n\nTwo,\nin two lines.\n\n\nThree.")
    assert "<p>One.</p>\n<p>Two,\nin two lines.</p>\n<p>Three.</p>" in text
    assert 'id="story"' not in page(Drawn())


def test_an_unknown_folder_is_a_mistake_that_is_told(tmp_path):
    for path in (tmp_path / "missing" / "game.html", tmp_path):
        with pytest.raises(UserError, match=re.escape(str(path))):
            write_page(path, Drawn())
    assert not list(tmp_path.iterdir())


def test_levels_are_new_once_and_dangers_have_an_end():
    playback = Drawn()
    playback.play_out()
    assert new_levels(playback) == [[5, 2], [8, 3]]
    assert dangers(playback) == [(3, 4), (8, 10)]


def test_what_can_not_be_drawn_is_a_question_mark_or_a_blank():
    playback = Drawn()
    drawn = (cells_of(playback.screens[0]) & 255).reshape(24, 80)[2:6, :64].reshape(256)
    kept = [c for c in range(256) if chr(c).isprintable()]
    assert drawn[kept].tolist() == kept
    blank = {0, 0xA0}
    assert {c for c in range(256) if drawn[c] == ord(" ")} == blank | {ord(" ")}
    rest = [c for c in range(256) if c not in kept and c not in blank]
    assert set(drawn[rest]) == {ord("?")} and 0xAD in rest
    assert np.all(drawn >= ord(" "))
