"""The application on a port, and the machine's browser to visit it with."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.visit import Visitors
from tests.web.conftest import app, client, fill

__all__ = ["app", "client", "fill"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.executable() is None:
        pytest.skip("no Chromium on this machine; set XUNJIAN_CHROMIUM to one")
    with chromium.running() as started:
        yield started


@pytest.fixture(scope="session")
def visitors(app: Flask, browser: Browser, fill) -> Iterator[Visitors]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with serving(app) as address:
        yield Visitors(browser, address, fill)
