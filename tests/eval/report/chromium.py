"""A real browser, and what a reader does with a page that is opened from the disk."""

import shutil
from itertools import count

import pytest

pytest.importorskip("selenium")
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def started(profile):
    """A driver of a browser with this folder as its profile; skips the test where there is none."""
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium here: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options, Service(DRIVER))


class Browser:
    """A browser on one page, and what a reader does with it."""

    def __init__(self, driver):
        self.driver = driver
        self.tabs = count(1)

    def open(self, page, address=""):
        # another query makes it another page: a change of the part behind # would load nothing
        self.driver.get(f"{page.as_uri()}?{next(self.tabs)}{address}")
        return self

    def script(self, text, *arguments):
        return self.driver.execute_script(text, *arguments)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, f".view:not([hidden]) {selector}")

    def one(self, selector):
        return self.until(lambda: self.all(selector))[0]

    def until(self, ask):
        return WebDriverWait(self.driver, 20, 0.05).until(lambda _: ask())

    def shown(self, number):
        """Wait until so many rows are shown."""
        self.until(lambda: len(self.all("article.row")) == number)
        return self.all("article.row")

    def keys(self, text):
        self.driver.switch_to.active_element.send_keys(text)

    def errors(self):
        return [entry for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def wide(self, pixels, height=900):
        metrics = {"width": pixels, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def scheme(self, name, forced="none"):
        """Light or dark, and whether the system forces its colours on the page."""
        wanted = {"prefers-color-scheme": name, "forced-colors": forced}
        features = [{"name": each, "value": value} for each, value in wanted.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
