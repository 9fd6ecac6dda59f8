"""The page that plays a game, in a browser: every control, by clicks and by keys."""

from helpers.drawn import COURSE, HOSTILE, LAST
from helpers.pages import ARROWS, END, ESCAPE, HOME, TAB


def test_keystrokes_forwards_and_backwards(drawn):
    drawn.press(ARROWS["right"] * 2)
    assert drawn.position == 2 and drawn.rows()[0].rstrip() == "position 2"
    assert drawn.text("keys") == "20"
    drawn.click("keyOn")
    assert drawn.position == 3 and drawn.text("keys") == "20s"
    drawn.click("keyBack")
    drawn.press(ARROWS["left"])
    assert drawn.position == 1
    drawn.press(ARROWS["left"] * 3)
    assert drawn.position == 0 and drawn.text("keys") == "no key yet"


def test_decisions_forwards_and_backwards(drawn):
    seen = []
    for key in (ARROWS["down"], "]", "]", ARROWS["down"], "]"):
        drawn.press(key)
        seen.append((drawn.position, *drawn.selected))
    assert seen == [(4, "2"), (6, "3"), (6, "4"), (8, "5"), (10, "5")]
    for expected in [(8, "5"), (6, "4"), (6, "3"), (4, "2")]:
        drawn.click("decisionBack")
        assert (drawn.position, *drawn.selected) == expected
    drawn.press(ARROWS["right"], ARROWS["up"])
    assert drawn.position == 4
    drawn.press("[[[")
    assert (drawn.position, *drawn.selected) == (0, "1")
    drawn.click("decisionOn")
    assert drawn.position == 4


def test_to_the_beginning_and_to_the_end(drawn):
    drawn.press(END)
    assert drawn.position == LAST
    drawn.press(HOME)
    assert drawn.position == 0
    drawn.click("last")
    assert drawn.position == LAST
    drawn.click("first")
    assert drawn.position == 0


def test_a_click_on_the_scrubber_seeks(drawn):
    drawn.find("#position").click()  # in the middle
    assert drawn.position == LAST // 2
    assert drawn.rows()[0].rstrip() == f"position {LAST // 2}"
    drawn.press(ARROWS["right"])
    assert drawn.position == LAST // 2 + 1
    assert "keystroke 6 of 10" in drawn.find("#position").get_attribute("aria-valuetext")


def test_next_level_and_next_danger(drawn):
    drawn.click("nextLevel")
    assert drawn.position == 5
    drawn.press("l")
    assert drawn.position == 8
    drawn.press("l")
    assert drawn.position == 8 and drawn.text("hint") == "no new level after this"
    drawn.press(HOME, "d")
    assert drawn.position == 3 and drawn.text("hint") == ""
    drawn.click("nextDanger")
    assert drawn.position == 8
    drawn.press("d")
    assert drawn.text("hint") == "no danger after this"


def test_it_pauses_by_itself_at_every_danger_when_asked_to(drawn):
    drawn.press(HOME, "m", "+" * 4, " ")
    drawn.until(lambda: not drawn.playing)
    assert drawn.position == 3
    drawn.press(" ")
    drawn.until(lambda: not drawn.playing)
    assert drawn.position == 8
    drawn.press(HOME, "m", " ")
    drawn.until(lambda: not drawn.playing)
    assert drawn.position == LAST


def test_play_goes_on_and_pause_stops(drawn):
    drawn.press("-", "-", "-", "-")
    assert drawn.text("speed") == "1 keys/s"
    drawn.press("+" * 3)
    drawn.press(" ")
    assert drawn.playing
    drawn.until(lambda: drawn.position >= 2)
    drawn.press(" ")
    assert not drawn.playing
    stopped = drawn.position
    assert stopped < LAST
    drawn.run("return new Promise(done => setTimeout(done, 500))")
    assert drawn.position == stopped
    drawn.click("toggle")
    assert drawn.playing
    drawn.until(lambda: drawn.position > stopped)
    drawn.press(ARROWS["left"])  # a step pauses
    assert not drawn.playing


def test_play_stops_at_the_end_and_then_begins_again(drawn):
    drawn.press("+" * 4)
    drawn.click("toggle")
    drawn.until(lambda: drawn.position == LAST)
    drawn.until(lambda: not drawn.playing)
    drawn.press("-" * 9)
    drawn.click("toggle")
    assert drawn.playing and drawn.position < LAST
    drawn.press(END)
    drawn.until(lambda: not drawn.playing)


def test_the_speed_changes_and_holds_at_its_ends(drawn):
    assert drawn.text("speed") == "12 keys/s"
    drawn.click("faster")
    drawn.press("=", "+")
    assert drawn.text("speed") == "96 keys/s"
    drawn.click("slower")
    assert drawn.text("speed") == "48 keys/s"
    drawn.press("+" * 9)
    assert drawn.text("speed") == "1,000 keys/s"


def test_the_speed_is_that_of_the_clock(drawn):
    drawn.press("-")  # 6 keys a second
    seconds = drawn.run(
        "const started = performance.now(); document.getElementById('toggle').click();"
        "return new Promise(done => { const look = () =>"
        "  document.getElementById('position').value === '6'"
        "    ? done((performance.now() - started) / 1000) : requestAnimationFrame(look); look(); })"
    )
    assert 0.9 < seconds < 3


def test_the_log_lists_all_decisions_and_seeks(drawn):
    rows = [
        row.text.splitlines() for row in drawn.driver.find_elements("css selector", "#log .row")
    ]
    assert rows == [
        ["1", "fight", "4", "+1.5", "done"],
        ["2", "explore", "2", "\u22120.25", "new hostile in view"],
        ["3", "fight", "0", "+0", "nothing to fight"],
        ["4", "explore", "2", "+1,000", HOSTILE],
        ["5", "by hand", "2", "+0", "game over"],
    ]
    drawn.find("#d3").click()
    assert (drawn.position, *drawn.selected) == (6, "3")
    assert drawn.text("ended") == "0 keys; nothing to fight; reward +0, 1.25 in all"
    drawn.find("#d5").click()
    assert (drawn.position, *drawn.selected) == (8, "5")
    assert drawn.find("#log").get_attribute("aria-activedescendant") == "d5"


def test_lines_follow_and_are_clicked(drawn):
    drawn.seek(3)
    assert [b.text for b in drawn.driver.find_elements("css selector", ".line b")] == [
        "9 of 30", "1", "333",
    ]  # fmt: skip
    for plot in drawn.driver.find_elements("css selector", ".plot"):
        drawn.press(HOME)
        plot.click()  # in the middle
        assert drawn.position == LAST // 2
        assert plot.find_element("css selector", "i").get_attribute("style") == "left: 50%;"
    heights = {p: f"V{1 - COURSE[p][0] / 30:.4f}".rstrip("0").rstrip(".") for p in list(COURSE)[1:]}
    path = drawn.find(".plot path.value").get_attribute("d")
    assert path == "M0 0" + "".join(f"H{p}{height}" for p, height in heights.items()) + f"H{LAST}"


def test_the_keys_are_told(drawn):
    drawn.press("?")
    assert drawn.find("dialog").is_displayed() and "a keystroke back or on" in drawn.text("help")
    drawn.press(ARROWS["right"], "l")
    assert drawn.position == 0
    drawn.press("?")
    assert not drawn.find("dialog").is_displayed()
    drawn.click("help")
    drawn.find("dialog button").click()
    assert not drawn.find("dialog").is_displayed()
    drawn.press("?", ESCAPE, ARROWS["right"])
    assert drawn.position == 1


def test_buttons_have_names_and_work_by_keyboard_alone(drawn):
    names = {}
    for button in drawn.driver.find_elements("css selector", "main button"):
        name = button.accessible_name
        assert name and (button.get_attribute("title") or "").strip()
        names[name] = button
    assert {"Play", "A keystroke on", "Faster", "next level", "The keys"} <= set(names)
    assert drawn.find("#position").accessible_name == "Position"
    for _ in range(30):
        if drawn.run("return document.activeElement.dataset.does") == "keyOn":
            break
        drawn.press(TAB)
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert drawn.run(outline) == "solid"
    drawn.press(" ")
    assert drawn.position == 1 and not drawn.playing
    drawn.click("nextLevel")  # a click leaves the focus alone
    assert drawn.run("return document.activeElement.dataset.does") == "keyOn"


def test_keys_of_the_browser_stay_its_own(drawn):
    from selenium.webdriver import ActionChains, Keys

    ActionChains(drawn.driver).key_down(Keys.CONTROL).send_keys("l").key_up(Keys.CONTROL).perform()
    assert drawn.position == 0
    drawn.run(  # on some keyboards a bracket takes AltGr, which Windows calls Ctrl and Alt
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: ']', bubbles: true,"
        "  ctrlKey: true, altKey: true, modifierAltGraph: true}))"
    )
    assert drawn.position == 4
