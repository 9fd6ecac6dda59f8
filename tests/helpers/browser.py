"""Chromium without a window, for tests of pages."""

import os
import shutil
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
    "disable-background-networking", "disable-component-update", "disable-sync",
)  # fmt: skip
NEEDED = "YENDOR_NEEDS_BROWSER"  # set where a missing browser must not go unnoticed


def start_browser(profile: Path):
    """Starts Chromium; where there is none the test is skipped, or fails if `NEEDED` is set.

    Args:
        profile: an empty folder of its own.

    Returns:
        A selenium driver; `quit` ends the browser.
    """
    binary = next(filter(None, map(shutil.which, BROWSERS)), None)
    driver = shutil.which("chromedriver")
    if not (binary and driver):
        missing(f"needs {' or '.join(BROWSERS)}, and chromedriver")
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        missing("needs selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for flag in (*FLAGS, f"user-data-dir={profile}"):
        options.add_argument(f"--{flag}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, Service(driver))


def missing(what: str):
    """Ends the test."""
    if os.environ.get(NEEDED):
        pytest.fail(f"{what}; {NEEDED} is set")
    pytest.skip(what)


def resize(driver, width: int, height: int) -> None:
    """Gives the page's window so many CSS pixels."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
