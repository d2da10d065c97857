"""Opening a page as a person does, who loads it again where nothing comes."""

from collections.abc import Callable

from playwright.sync_api import Page, TimeoutError  # noqa: A004 (the browser's own)

_PATIENCE_MS = 60_000


def visit(tab: Page, url: str, tell: Callable[[str], None]) -> None:
    """Open *url*; a page that does not come within a minute is told of and loaded once more."""
    try:
        tab.goto(url, wait_until="commit", timeout=_PATIENCE_MS)
    except TimeoutError:
        tell("STALLED: nothing comes for a minute; the page is loaded again")
        tab.goto(url, wait_until="commit")
