"""Tablets of the demo organisation; no round is done before, so each finds an empty one."""

import time
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser.device.station import Station
from tests.browser.visit import Visitors

# The module of the page itself, so that the test meets the same record as the page.
_IMPORT = """
  const own = document.querySelector('script[src*="/device/device.js"]').src;
  const it = await import(new URL('./%s', own));
"""
_KEPT = """async () => {
  const name = (await caches.keys()).find((one) => one.startsWith('xj-pages-'));
  const cache = name ? await caches.open(name) : { keys: () => [] };
  return [name ?? '', (await cache.keys()).map((one) => new URL(one.url).pathname)];
}"""
_KEPT_FOR = """async () => (await caches.keys())
  .filter((one) => one.startsWith('xj-pages-')).map((one) => one.slice('xj-pages-'.length))"""
PATIENCE_S = 20


@pytest.fixture(scope="session")
def stations(app: Flask) -> Iterator[Station]:
    running = Station(app)
    yield running
    running.shutdown()


@pytest.fixture
def station(stations: Station) -> Iterator[Station]:
    """The server, which a test may stop and slow down."""
    yield stations
    stations.recover()


@pytest.fixture(scope="session")
def tablets(stations: Station, browser: Browser) -> Visitors:
    return Visitors(browser, stations.address, service_workers="allow")


def call(tab: Tab, module: str, script: str):
    """Run *script* with what a module of the device exports as `it`."""
    return tab.evaluate(f"async () => {{ {_IMPORT % module} {script} }}")


def until(condition, wanted):
    """Return what *condition* returns once it is *wanted*, or what it is after a while."""
    end = time.monotonic() + PATIENCE_S
    while (found := condition()) != wanted and time.monotonic() < end:
        time.sleep(0.1)
    return found


def kept_pages(tab: Tab) -> tuple[str, list[str]]:
    """Return for whom pages are kept, and their paths."""
    name, paths = tab.evaluate(_KEPT)
    return name.removeprefix("xj-pages-"), paths


def kept_for(tab: Tab) -> list[str]:
    """Return everyone for whom pages are kept."""
    return list(tab.evaluate(_KEPT_FOR))


def ready_for_the_basement(tab: Tab) -> list[str]:
    """Wait until the day is on the device, and return the paths of its checks."""

    def has_checks() -> bool:
        return any(path.endswith("/run") for path in kept_pages(tab)[1])

    tab.wait_for_function("() => navigator.serviceWorker.controller !== null")
    assert until(has_checks, wanted=True)
    return [path for path in kept_pages(tab)[1] if path.endswith("/run")]
