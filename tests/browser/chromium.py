"""Find the machine's browser and start it; nothing is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def executable() -> str | None:
    """Return the browser named by `XUNJIAN_CHROMIUM`, else one found on the machine."""
    named = os.environ.get("XUNJIAN_CHROMIUM")
    names = [named] if named else ["/usr/bin/chromium", "chromium", "google-chrome"]
    return next((path for name in names if (path := shutil.which(name))), None)


@contextmanager
def running() -> Iterator[Browser]:
    """Yield a browser and close it at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=_ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()
