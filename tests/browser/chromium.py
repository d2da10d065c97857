"""Find the machine's browser and start it; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

WHOLE = ("/usr/bin/chromium", "chromium", "google-chrome")
# The same engine without the windows around it takes half the time.
NAMES = ("chromium-headless-shell", *WHOLE)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def executable(names: Iterable[str] = NAMES) -> str | None:
    """Return the browser named by `XUNJIAN_CHROMIUM`, else the first of *names* on the machine."""
    named = os.environ.get("XUNJIAN_CHROMIUM")
    found = (path for name in ([named] if named else names) if (path := shutil.which(name)))
    return next(found, None)


@contextmanager
def running() -> Iterator[Browser]:
    """Yield a browser and close it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
