"""The page that plays a game, in a browser: what it shows, at every size."""

from pathlib import Path

import numpy as np
import pytest
from helpers.browser import NEEDED, missing
from helpers.drawn import LAST, Drawn, many
from helpers.pages import END, SIZES, Page, assert_quiet

from experiments.frames.keys import keys_text
from experiments.frames.picture import THEME
from experiments.playback.live import LivePlayback
from experiments.recordings.page import write_page
from experiments.runs.run import open_run
from experiments.training.rollout import environment


@pytest.fixture(scope="module")
def stub_film(finished_run):
    run = open_run(finished_run)
    agent, _ = run.checkpoint()
    playback = LivePlayback(
        environment(run.config.env), agent, 1_000_007, np.random.default_rng(7), "stub"
    )
    playback.play_out()
    return playback


def rgb(color):
    return "rgb({}, {}, {})".format(*color)


def expected_rows(screen):
    return [
        row.tobytes().replace(b"\0", b" ").decode("latin-1") for row in np.asarray(screen.chars)
    ]


def assert_tells_decision(page, playback, position):
    """The panel and the log are about the decision under way."""
    so_far, decision = playback.snapshot(position).decision, playback.decision_at(position)
    assert page.text("macro") == f"{decision.number}. {decision.macro}"
    assert page.text("keys") == (keys_text(so_far.keys) or "no key yet")
    keys = f"{len(decision.keys)} key" + "s" * (len(decision.keys) != 1)
    running = f"{len(so_far.keys)} of {keys}; "
    ended = f"{keys}; {so_far.ended}; reward "
    assert page.text("ended").startswith(ended if so_far.ended else running)
    assert page.selected == [str(decision.number)]


def test_every_position_of_a_game_shows_its_screen(driver, stub_film, tmp_path):
    write_page(tmp_path / "game.html", stub_film)
    page = Page(driver, tmp_path / "game.html")
    order = np.random.default_rng(0).permutation(stub_film.length + 1).tolist()
    for position in [0, *order]:
        page.seek(position)
        screen = stub_film.screens[position]
        assert page.rows() == expected_rows(screen), position
        assert_tells_decision(page, stub_film, position)
        place = f"keystroke {position} of {stub_film.length}, turn {screen.stats.turn}, depth "
        assert page.text("place") == f"{place}{screen.stats.depth}"
    assert_quiet(driver)


def test_colours_are_nethacks(drawn):
    ground, colors = rgb(THEME.background_color), [rgb(THEME.ansi_colors[n]) for n in range(16)]
    colors[0] = colors[8]  # grey stands in for black
    for color in range(16):
        assert drawn.style(8, color, "color") == colors[color]
        assert drawn.style(8, 16 + color, "color") == ground
        assert drawn.style(8, 16 + color, "backgroundColor") == colors[color]
    assert drawn.style(9, 12, "backgroundColor") == colors[2]
    assert drawn.style(9, 9, "backgroundColor") == drawn.style(9, 20, "backgroundColor")
    assert drawn.run("return getComputedStyle(document.body).backgroundColor") == ground
    for position in (3, 0, 7, 2, 0):
        drawn.seek(position)
        assert drawn.style(10, 0, "color") == colors[position], position


@pytest.mark.parametrize("size", SIZES)
def test_all_characters_keep_to_their_cells_at_every_width(drawn, size):
    drawn.resize(*size)
    assert drawn.box("#rows")[2] <= drawn.box("#screen")[2]
    left, _, right, _ = drawn.box("#rows")
    screen = drawn.box("#screen")
    assert right - left > 0.98 * (screen[2] - screen[0])
    widths = drawn.run(
        "return [...document.querySelectorAll('#rows > div')].map(row => {"
        "  const range = document.createRange(); range.selectNodeContents(row);"
        "  return range.getBoundingClientRect().width })"
    )
    assert np.allclose(widths, right - left, atol=0.6)
    page = drawn.run("return [document.documentElement.scrollWidth, innerWidth]")
    assert page[0] <= page[1]


def test_the_screen_fits_its_place_at_every_height(driver, tmp_path):
    write_page(tmp_path / "game.html", Drawn(notice="cut short"))
    page = Page(driver, tmp_path / "game.html")
    over = "const s = document.getElementById('screen'); return s.scrollWidth - s.clientWidth"
    for height in range(770, 850, 4):  # around that at which the page just fits the window
        page.resize(1280, height)
        assert page.run(over) == 0, height
    assert_quiet(driver)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_lies_over_anything_else(drawn, size):
    drawn.resize(*size)
    parts = ["header", ".notice", "#screen", "#controls", "#decision", "#past", "#story"]
    boxes = [drawn.box(part) for part in parts]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert right <= size[0] and right - left > 100 and bottom - top > 15, parts[i]
        for j, other in enumerate(boxes[:i]):
            apart = left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]
            assert apart, (parts[i], parts[j])


def test_the_cursor_lies_on_its_cell(drawn):
    drawn.seek(5)
    left, top, right, bottom = drawn.box("#cursor")
    rows = drawn.box("#rows")
    width, height = (rows[2] - rows[0]) / 80, (rows[3] - rows[1]) / 24
    assert np.allclose([left, right], [rows[0] + 5 * width, rows[0] + 6 * width], atol=0.5)
    assert np.allclose([top, bottom], [rows[1] + 8 * height, rows[1] + 9 * height], atol=0.5)


def test_marks_lie_at_their_positions(drawn):
    left, _, right, _ = drawn.box("#marks")
    marks = {"danger": [3, 8], "level": [5, 8], "end": [10]}
    for name, positions in marks.items():
        places = drawn.run(
            "return [...document.querySelectorAll(`#marks .${arguments[0]}`)]"
            ".map(mark => mark.getBoundingClientRect().left)",
            name,
        )
        assert np.allclose(places, [left + (right - left) * p / LAST for p in positions], atol=0.5)


def test_the_decision_under_way_is_told(drawn):
    assert drawn.text("macro") == "1. fight"
    assert drawn.text("ended") == "0 of 4 keys; 0 reward in all"
    assert drawn.text("before") == ""
    assert drawn.text("situation") == "threat: none, health: full"
    assert drawn.text("illegal") == "not legal here: pray"
    drawn.seek(4)
    assert drawn.text("macro") == "2. explore"
    assert drawn.text("ended") == "0 of 2 keys; 1.5 reward in all"
    assert drawn.text("before") == "before: 1. fight, 4 keys; done; reward +1.5"
    drawn.seek(10)
    assert drawn.text("macro") == "5. by hand" and drawn.text("keys") == "jj"
    assert drawn.text("ended") == "2 keys; game over; reward +0, 1,001 in all"


def test_the_choice_has_bars_and_what_the_agent_believes(drawn):
    rows = [row.text.split() for row in drawn.driver.find_elements("css selector", "#choice > div")]
    cells = drawn.run(
        "return [...document.querySelectorAll('#choice > div')]"
        ".map(row => [...row.children].map(cell => cell.textContent))"
    )
    assert len(rows) == 3
    assert cells == [
        ["choice", "probability", "", "value", "\u22124" + "4", "count"],
        ["explore", "", "13%", "1", "", "1,234"],
        ["\u25b8 fight", "", "88%", "\u22123", "", "7"],
    ]
    bars = drawn.run("return [...document.querySelectorAll('.bar i')].map(bar => bar.style.width)")
    assert bars == ["12.5%", "87.5%"]
    whiskers = drawn.run(
        "return [...document.querySelectorAll('.whisker .range')]"
        ".map(line => [line.className, line.style.left, line.style.right])"
    )
    assert whiskers == [["range", "50%", "0%"], ["range open-high", "0%", "0%"]]
    dots = drawn.run("return [...document.querySelectorAll('.dot')].map(dot => dot.style.left)")
    assert dots == ["62.5%", "12.5%"]
    drawn.press("]")  # an agent that believes nothing
    assert drawn.find("#choice").text.split() == [
        "choice",
        "probability",
        "▸",
        "explore",
        "13%",
        "fight",
        "88%",
    ]


def test_the_page_of_a_long_game_is_quick(driver, tmp_path):
    write_page(tmp_path / "long.html", Drawn(decisions=many(2000)))
    page = Page(driver, tmp_path / "long.html")
    milliseconds = page.run(
        "const bar = document.getElementById('position'), times = [];"
        "for (let i = 0; i < 40; i++) {"
        "  bar.value = (i * 2531) % 6000; const began = performance.now();"
        "  bar.dispatchEvent(new Event('input')); document.body.offsetHeight;"
        "  times.push(performance.now() - began); }"
        "return times.sort((a, b) => a - b)[20]"
    )
    assert milliseconds < 50
    page.press(END)
    log, row = page.box("#past"), page.box("#log [aria-selected=true]")
    assert log[1] <= row[1] and row[3] <= log[3]
    assert page.run("return scrollY") == 0


def test_warnings_and_story_are_shown(drawn):
    assert drawn.find("p.notice:not([hidden])").text == "the replay is damaged"
    assert drawn.text("story") == "Story\nIt was <dark>."
    assert drawn.driver.title == "drawn, game 0"


def test_an_old_browser_is_told_what_is_missing(driver, drawn_path):
    hide = {"source": "delete globalThis.DecompressionStream"}
    added = driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", hide)
    try:
        driver.get(drawn_path.as_uri())
        trouble = driver.find_element("css selector", "#trouble")
        assert "too old" in trouble.text
    finally:
        driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)


@pytest.mark.nethack
def test_a_game_of_nethack(driver, tmp_path):
    run = open_run(Path("thompson"), ("env.max_turns=250",))
    agent, _ = run.checkpoint()
    rng = np.random.default_rng(7)
    playback = LivePlayback(environment(run.config.env), agent, 1_000_007, rng, "thompson")
    write_page(tmp_path / "game.html", playback)
    page = Page(driver, tmp_path / "game.html")
    for position in range(0, playback.length + 1, 7):
        page.seek(position)
        assert page.rows() == expected_rows(playback.screens[position])
        assert_tells_decision(page, playback, position)
    assert_quiet(driver)


def test_a_missing_browser_skips_but_fails_where_it_is_needed(monkeypatch):
    monkeypatch.delenv(NEEDED, raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs it"):
        missing("needs it")
    monkeypatch.setenv(NEEDED, "1")
    with pytest.raises(pytest.fail.Exception, match="needs it"):
        missing("needs it")


def test_it_prints_the_screen_black_on_white(drawn):
    drawn.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    colours = drawn.run(
        "const all = [document.body, ...document.querySelectorAll('#rows *, #decision h2')];"
        "return [...new Set(all.map(e => getComputedStyle(e).color))]"
    )
    assert colours == ["rgb(0, 0, 0)"]
    assert drawn.run("return getComputedStyle(document.body).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    drawn.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
