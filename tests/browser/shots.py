"""
Screenshots of every page into `var/shots`, for people to look at.

Run `python -m tests.browser.shots`, or with words that a path must contain: `… shots today run`.
"""

import logging
import re
import sys
import tempfile
from pathlib import Path

from tests.browser import chromium
from tests.browser.server import serving
from tests.browser.visit import DESK, PHONE, TABLET, Look, Visitors
from tests.web.conftest import application, filled_by_a_round, planned_record
from tests.web.pages import PAGES, Page

FOLDER = Path("var/shots")
FIELD_LOOKS = (
    Look("zh", "light", TABLET),
    Look("zh", "dark", TABLET),
    Look("en", "light", TABLET),
    Look("zh", "light", PHONE),
    Look("en", "dark", PHONE),
    Look("zh", "light", DESK),
)
DESK_LOOKS = (
    Look("zh", "light", DESK),
    Look("zh", "dark", DESK),
    Look("en", "light", DESK),
    Look("zh", "light", TABLET),
    Look("zh", "light", PHONE),
)


def name_of(page: Page, look: Look) -> str:
    """Return a file name such as `today.inspector.zh.820.light.png`."""
    path = re.sub(r"[^a-z]+", "-", page.path.lower()).strip("-") or "home"
    who = (page.account or "stranger").rsplit("-", 1)[-1]
    return f"{path}.{who}.{look}.png"


def main(wanted: list[str]) -> None:
    """Take the pictures of the pages whose path contains one of *wanted*, else of all."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/record.db"
        planned_record(url)
        app = application(url)
        fill = filled_by_a_round(app)
        with serving(app) as address, chromium.running() as browser:
            visitors = Visitors(browser, address, fill)
            for page in PAGES:
                if not wanted or any(word in page.path for word in wanted):
                    take(visitors, page)


def take(visitors: Visitors, page: Page) -> None:
    """Take every look of one page, whole length."""
    for look in FIELD_LOOKS if page.field else DESK_LOOKS:
        with visitors.looking(page.path, look, account=page.account) as tab:
            tab.screenshot(path=FOLDER / name_of(page, look), full_page=True)
        sys.stdout.write(f"{FOLDER / name_of(page, look)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
