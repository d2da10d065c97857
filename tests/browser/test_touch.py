"""Pages fit their screen, and what is touched on a round is large enough for a glove."""

import pytest

from tests.browser.visit import DESK, PHONE, TABLET, Look
from tests.web.pages import PAGES, Page

pytestmark = pytest.mark.browser

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


@pytest.mark.parametrize("page", [page for page in PAGES if page.field], ids=str)
def test_targets_on_the_round_are_at_least_56_px_high(page: Page, visitors):
    with visitors.looking(page.path, Look(size=TABLET), account=page.account) as tab:
        small_on_tablet = tab.evaluate(SMALL)
        tab.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
        small_on_phone = tab.evaluate(SMALL)

    assert [] == small_on_tablet
    assert [] == small_on_phone


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_is_not_wider_than_its_screen(page: Page, language, visitors):
    wider = {}

    with visitors.looking(page.path, Look(language, size=DESK), account=page.account) as tab:
        for width, height in (DESK, TABLET, PHONE):
            tab.set_viewport_size({"width": width, "height": height})
            wider[width] = tab.evaluate(WIDER)

    assert {1440: 0, 820: 0, 390: 0} == wider
