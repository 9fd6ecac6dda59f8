"""A page of a playback that was drawn for its tests."""

import pytest
from helpers.drawn import Drawn
from helpers.pages import Page, assert_quiet

from experiments.recordings.page import write_page


@pytest.fixture(scope="session")
def drawn_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("pages") / "drawn.html"
    write_page(path, Drawn(notice="the replay is damaged"), speed=12, story="It was <dark>.")
    return path


@pytest.fixture
def drawn(driver, drawn_path):
    """The page of the drawn playback, fresh; nothing was asked of a network, nothing went wrong."""
    page = Page(driver, drawn_path)
    yield page
    assert_quiet(driver)
