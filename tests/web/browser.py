"""A real Chromium for the journeys: found on this machine, and a page in it that notes all it says."""

import os
import shutil

import pytest

NAMES = (
    os.environ.get("NABIJ_TEST_CHROMIUM", ""),
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install it, or name it with NABIJ_TEST_CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api", reason="the Python package playwright is away")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, address):
    """A function from a path to a page in the browser that notes all it says and asks for."""
    contexts = []

    def open_page(where, **options):
        context = chromium.new_context(
            **{"locale": "nl-BE", "viewport": {"width": 1280, "height": 900}} | options
        )
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(address + where)
        return page

    yield open_page
    for context in contexts:
        context.close()
