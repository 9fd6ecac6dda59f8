"""A page in the browser, as a person sees and handles it."""

from helpers.browser import resize

ARROWS = {"left": "\ue012", "up": "\ue013", "right": "\ue014", "down": "\ue015"}
HOME, END, TAB, ESCAPE = "\ue011", "\ue010", "\ue004", "\ue00c"
SIZES = ((1280, 800), (800, 600), (390, 844))  # of windows: a desktop's, a small one, a phone's


class Page:
    """An open page, in a window of the first of the sizes."""

    def __init__(self, driver, path):
        self.driver = driver
        resize(driver, *SIZES[0])
        driver.get(path.as_uri())
        self.until(lambda: not self.run("return document.getElementById('player').hidden"))

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def until(self, condition, seconds=10):
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, seconds, 0.02).until(lambda _: condition())

    def resize(self, width, height):
        """Gives the page another size, and waits until it is drawn."""
        resize(self.driver, width, height)
        self.until(lambda: self.run("return innerWidth") == width)
        self.run("return new Promise(d => requestAnimationFrame(() => requestAnimationFrame(d)))")

    def find(self, css):
        return self.driver.find_element("css selector", css)

    def text(self, name):
        return self.find(f"#{name}").text

    def press(self, *keys):
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def click(self, does):
        self.find(f"main [data-does={does}]").click()

    def seek(self, position):
        """Moves the scrubber as a drag does."""
        self.run(
            "const bar = document.getElementById('position'); bar.value = arguments[0];"
            "bar.dispatchEvent(new Event('input', {bubbles: true}))",
            position,
        )

    @property
    def position(self):
        return int(self.find("#position").get_property("value"))

    @property
    def selected(self):
        """The numbers of the highlighted decisions in the log."""
        rows = self.driver.find_elements("css selector", "#log [aria-selected=true]")
        return [row.text.splitlines()[0] for row in rows]

    @property
    def playing(self):
        return self.find("#toggle").get_attribute("aria-label") == "Pause"

    def rows(self):
        return self.run(
            "return [...document.querySelectorAll('#rows > div')].map(row => row.textContent)"
        )

    def style(self, row, column, name):
        """A CSS property of a cell of the screen."""
        return self.run(
            "let column = arguments[1];"
            "for (const span of document.querySelectorAll('#rows > div')[arguments[0]].children) {"
            "  if (column < span.textContent.length) return getComputedStyle(span)[arguments[2]];"
            "  column -= span.textContent.length; }",
            row, column, name,
        )  # fmt: skip

    def box(self, css):
        return self.run(
            "const b = document.querySelector(arguments[0]).getBoundingClientRect();"
            "return [b.left, b.top, b.right, b.bottom]",
            css,
        )


def assert_quiet(driver):
    assert driver.execute_script("return performance.getEntriesByType('resource')") == []
    assert driver.get_log("browser") == []
