"""No page breaks a rule of accessibility, in either language or theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visit import DESK, TABLET, Look
from tests.web.pages import PAGES, Page

pytestmark = pytest.mark.browser

LOOKS = [(language, theme) for language in ("zh", "en") for theme in ("light", "dark")]


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
