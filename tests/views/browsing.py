"""Driving the pages in a browser."""

from __future__ import annotations

import json
from typing import Any

import pytest

By = pytest.importorskip("selenium.webdriver.common.by").By
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait

__all__ = ["complaints", "go", "requests", "search", "text", "texts"]

READY = "return document.documentElement.dataset.ready === 'true'"


def go(browser: Any, fragment: str) -> None:
    """Change the part of the address after the # and wait until the page has followed."""
    browser.execute_script(
        "document.documentElement.dataset.ready = 'false'; location.hash = arguments[0]", fragment
    )
    WebDriverWait(browser, 20).until(lambda page: page.execute_script(READY))


def text(browser: Any, selector: str = "main") -> str:
    return str(browser.find_element(By.CSS_SELECTOR, selector).text)


def texts(browser: Any, selector: str) -> list[str]:
    return [element.text for element in browser.find_elements(By.CSS_SELECTOR, selector)]


def complaints(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def requests(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]


def search(browser: Any, words: str, count: int) -> list[str]:
    """Type into the search and wait for so many suggestions."""
    browser.find_element(By.ID, "search").send_keys(words)
    options = "#suggestions [role=option]"
    WebDriverWait(browser, 20).until(lambda page: len(texts(page, options)) == count)
    return [option.split("\n")[0] for option in texts(browser, options)]
