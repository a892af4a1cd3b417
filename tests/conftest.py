"""What every test stands on: a frozen clock and no network beyond this machine."""

import os
import socket
from datetime import datetime

import pytest
from hypothesis import settings

from service.config import TIMEZONE
from service.search.words.lexicon import prepare

# Speed is measured in benchmarks/, not here: on a busy machine an example may take its time.
settings.register_profile("nabij", deadline=None)
settings.load_profile("nabij")

FROZEN = datetime(2026, 11, 24, 10, 0, tzinfo=TIMEZONE)  # a Tuesday morning


@pytest.fixture
def now():
    return FROZEN


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """A test that calls out fails: only addresses of this machine answer."""
    real = socket.socket.connect

    def connect(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test called {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(scope="session")
def lexicon_home(request):
    """A data folder with the word lists, which take 40 s to build and are kept between runs."""
    home = request.config.cache.mkdir("nabij-home")
    prepare(home)
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Where NABIJ_TEST_REQUIRE names a marker, a skip of it is a failure: CI lost its database or browser.

    A test that needs a search server too may be skipped for want of that where it is not required.
    """
    report = yield
    required = {name for name in os.environ.get("NABIJ_TEST_REQUIRE", "").split(",") if name}
    marked = {mark.name for mark in item.iter_markers()}
    lost = set() if "meilisearch" in marked - required else required & marked
    if report.skipped and lost and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped although {sorted(lost)} is required: {call.excinfo.value}"
    return report
