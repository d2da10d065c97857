"""No page breaks a rule of accessibility, in either language or theme."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visit import DESK, TABLET, Look
from tests.web.pages import PAGES, Page

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

# Words depend on the language and contrast on the theme, so two looks meet every language and
# theme; campaigns look at all four.
LOOKS = [("zh", "light"), ("en", "dark")]
if os.environ.get("XUNJIAN_ALL_LOOKS"):
    LOOKS += [("zh", "dark"), ("en", "light")]


@pytest.mark.parametrize(("language", "theme"), LOOKS)
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_has_no_axe_violation(page: Page, language, theme, visitors):
    """Pages of the round also pass the enhanced contrast of 7:1."""
    look = Look(language, theme, TABLET if page.field else DESK)
    rules = {"color-contrast-enhanced": {"enabled": page.field}}

    with visitors.looking(page.path, look, account=page.account) as tab:
        found = Axe().run(tab, options={"rules": rules, "resultTypes": ["violations"]})

    assert [] == [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
