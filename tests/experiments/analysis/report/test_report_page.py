"""The report in a real browser: on a phone and a desktop, by day and night, on paper, by keys."""

import base64

import pytest
from helpers.browser import resize
from helpers.pages import ESCAPE, assert_quiet

WIDTHS = (375, 1300)
CONTRAST = """
const parse = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const back = element => {
  for (let e = element; e; e = e.parentElement) {
    const color = parse(getComputedStyle(e).backgroundColor);
    if (color.length === 3 || color[3] > 0) return color;
  }
  return parse(getComputedStyle(document.body).backgroundColor);
};
const poor = [];
for (const e of document.querySelectorAll("body *")) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
  if (!own || !e.getClientRects().length || e.closest("script, dialog")) continue;
  const style = getComputedStyle(e);
  const ink = e.closest("svg") ? style.fill : style.color;
  const [a, b] = [light(parse(ink)), light(back(e))].sort((x, y) => y - x);
  if ((a + .05) / (b + .05) < 4.5) poor.push([e.tagName, e.textContent.slice(0, 30), ink]);
}
return poor;
"""


@pytest.fixture
def page(driver, compared):
    """The report, which asks no network and complains of nothing."""
    resize(driver, 1300, 900)
    _media(driver, "light")
    driver.get((compared / "report.html").as_uri())
    yield driver
    _media(driver, "light")
    assert_quiet(driver)


def _media(driver, scheme):
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_window(page, width):
    resize(page, width, 900)
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.execute_script("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(page, scheme):
    _media(page, scheme)
    background = page.execute_script("return getComputedStyle(document.body).backgroundColor")
    assert (background == "rgb(255, 255, 255)") is (scheme == "light")
    assert page.execute_script(CONTRAST) == []


def test_figures_and_tables_say_what_they_show(page):
    count = "return document.querySelectorAll(arguments[0]).length"
    assert page.execute_script(count, "figure") > 15
    assert page.execute_script(count, "figure") == page.execute_script(
        count, "figure > svg[role=img][aria-label]"
    )
    assert page.execute_script(count, "table") == page.execute_script(
        count, "table:has(caption):has(thead th[scope=col])"
    )
    assert page.execute_script(count, "tbody tr") == page.execute_script(
        count, "tbody tr:has(th[scope=row])"
    )


def test_no_two_elements_have_the_same_id(page):
    twice = page.execute_script(
        "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
        "return ids.filter((id, i) => ids.indexOf(id) !== i)"
    )
    assert twice == []


def test_a_game_is_played_and_closed_by_keyboard(page):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.support.ui import WebDriverWait

    button = page.find_element("css selector", "[data-play]")
    page.execute_script("arguments[0].focus()", button)
    button.send_keys("\n")
    wait = WebDriverWait(page, 10, 0.05)
    wait.until(lambda d: d.find_elements("css selector", "dialog[open] iframe"))
    page.switch_to.frame(page.find_element("css selector", "dialog iframe"))
    wait.until(lambda d: d.find_element("id", "player").is_displayed())
    page.switch_to.default_content()
    page.find_element("id", "close").send_keys("")
    ActionChains(page).send_keys(ESCAPE).perform()
    wait.until(lambda d: not d.find_elements("css selector", "dialog iframe"))


def test_two_agents_are_watched_side_by_side_on_one_seed(page):
    from selenium.webdriver.support.ui import WebDriverWait

    chosen = page.execute_script(
        "return [...document.querySelectorAll('[data-side]')].map(s => s.selectedOptions[0].text)"
    )
    assert len({text.rsplit(" ", 1)[1] for text in chosen}) == 1
    page.execute_script("document.getElementById('beside').click()")
    WebDriverWait(page, 10, 0.05).until(
        lambda d: len(d.find_elements("css selector", "#both iframe")) == 2
    )


def test_it_prints_black_on_white_with_all_that_was_folded_away(page):
    _media(page, "dark")
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    style = "const s = getComputedStyle(document.body); return [s.color, s.backgroundColor]"
    assert page.execute_script(style) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.execute_script(
        "addEventListener('beforeprint', () =>"
        " window.folded = document.querySelectorAll('details:not([open])').length)"
    )
    pdf = page.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(pdf["data"]).startswith(b"%PDF")
    assert page.execute_script("return window.folded") == 0
    assert page.execute_script("return document.querySelectorAll('details[open]').length") == 0
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
