from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium.executable() is None:
        pytest.skip("no Chromium on this machine; set XUNJIAN_CHROMIUM to one")
    with chromium.running() as started:
        yield started
