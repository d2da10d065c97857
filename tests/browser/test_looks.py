"""Every page is accessible, fits its screen, and the round has targets for gloves."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.visit import DESK, PHONE, TABLET, Look
from tests.web.pages import PAGES, Page

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

# English runs longer than Chinese, contrast depends on the theme, and pages share components: by
# day each page is looked at once and the themes take turns; campaigns look at all four.
_ALL = [("en", "light"), ("en", "dark"), ("zh", "light"), ("zh", "dark")]
LOOKS = [
    pytest.param(page, *look, id=f"{page}-{'-'.join(look)}")
    for number, page in enumerate(PAGES)
    for look in (_ALL if os.environ.get("XUNJIAN_ALL_LOOKS") else [_ALL[number % 2]])
]
# Links inside a sentence are exempt, as WCAG 2.5.8 says; a radio counts by its label.
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .map(one => one.matches('input[type=radio], input[type=checkbox]')
    ? one.closest('label') || one : one)
  .filter(one => !one.closest('p, dd, .xj-skip, .visually-hidden') && one.type !== 'hidden')
  .filter(one => one.checkVisibility() && !one.matches('.xj-file'))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.height < 55.5 || box.width < 47.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`)"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize(("page", "language", "theme"), LOOKS)
def test_page_is_accessible_and_fits(page: Page, language, theme, visitors):
    look = Look(language, theme, TABLET if page.field else DESK)
    wider, small = {}, {}

    with visitors.looking(page.path, look, account=page.account) as tab:
        violations = _violations(tab, page)
        for width, height in (DESK, TABLET, PHONE):
            tab.set_viewport_size({"width": width, "height": height})
            wider[width] = tab.evaluate(WIDER)
            small[width] = tab.evaluate(SMALL) if page.field and width < DESK[0] else []

    assert [] == violations
    assert {1440: 0, 820: 0, 390: 0} == wider
    assert {1440: [], 820: [], 390: []} == small


def _violations(tab, page: Page) -> list[str]:
    """Pages of the round also pass the enhanced contrast of 7:1."""
    rules = {"color-contrast-enhanced": {"enabled": page.field}}
    found = Axe().run(tab, options={"rules": rules, "resultTypes": ["violations"]})
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary']}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]
