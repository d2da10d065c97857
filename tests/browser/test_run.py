"""Running a checklist in a real browser, with its script and without."""

from contextlib import contextmanager

import pytest

from tests.browser.visit import Look
from tests.web.pages import INSPECTOR

pytestmark = pytest.mark.browser
PATH = "/occurrences/{samples}/run"


@contextmanager
def running(visitors, path):
    """Yield a tab with a check whose script listens."""
    with visitors.looking(path, Look(), account=INSPECTOR) as tab:
        tab.wait_for_selector("[data-next]:not([hidden])")
        yield tab


def test_reading_is_judged_as_it_is_typed(visitors):
    with running(visitors, PATH) as tab:
        item = tab.locator("[data-type=number]").nth(1)
        field = item.locator("input[inputmode]")

        field.fill("7,4")
        near = item.locator("[data-say]").inner_text()
        field.fill("9")
        out = item.locator("[data-say]").inner_text()
        opened = item.locator("[data-open]").is_visible()

    assert near == "合格，但距限值只有 0.6 ℃"
    assert out == "超出范围"
    assert opened


def test_failing_an_item_opens_its_block_without_any_script(visitors):
    with running(visitors, PATH) as tab:
        context = tab.context.browser.new_context(java_script_enabled=False)
        context.add_cookies(tab.context.cookies())
        plain = context.new_page()
        plain.goto(tab.url)
        item = plain.locator("[data-type=pass-fail]").first
        before = item.locator("[data-open]").is_visible()

        item.locator("label.xj-ans__f").click()
        after = item.locator("[data-open]").is_visible()
        deadline = item.locator(".xj-arith li").count()
        context.close()

    assert not before
    assert after
    assert deadline >= 2


def test_item_is_asked_only_after_the_answer_it_hangs_on(visitors):
    with running(visitors, "/occurrences/{play}/run") as tab:
        stable, fenced = tab.locator("[data-item]").nth(0), tab.locator("[data-item]").nth(1)
        before = (fenced.is_visible(), tab.locator("[data-asked]").inner_text())

        stable.locator("label.xj-ans__f").click()
        during = (fenced.is_visible(), tab.locator("[data-asked]").inner_text())
        sent = fenced.locator("input").first.is_enabled()
        stable.locator("label.xj-ans__p").click()
        after = (fenced.is_visible(), fenced.locator("input").first.is_enabled())

    assert before == (False, "8")
    assert during == (True, "9")
    assert sent
    assert after == (False, False)


def test_progress_counts_what_is_answered(visitors):
    with running(visitors, PATH) as tab:
        tab.locator("label.xj-ans__p").first.click()
        answered = tab.locator("[data-answered]").inner_text()
        review = tab.locator("[data-open-count]").inner_text()

    assert answered == "1"
    assert "余 8" in review
