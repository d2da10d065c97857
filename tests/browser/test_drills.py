"""A drill moves by drag and by keyboard, and what would break is told before anything is saved."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.visit import DESK, Look
from tests.web.pages import OFFICER

pytestmark = pytest.mark.browser
DAY_WIDTH = """mark => {
  const strip = mark.closest('[data-strip]');
  return strip.getBoundingClientRect().width / Number(strip.closest('[data-year]').dataset.days);
}"""


def test_a_drill_is_dragged_and_walked_to_another_day_and_says_what_breaks(visitors):
    look = Look("zh", "light", DESK)

    with visitors.looking("/drills/", look, account=OFFICER) as tab:
        mark, panel = tab.locator("a[data-move]").first, tab.locator("[data-panel]")
        stood = mark.get_attribute("data-on")
        box, width = mark.bounding_box(), mark.evaluate(DAY_WIDTH)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

        tab.mouse.move(x, y)
        tab.mouse.down()
        tab.mouse.move(x + 2 * width + 1, y, steps=4)
        panel.locator("h2").wait_for()
        on_the_way = panel.inner_text()
        tab.mouse.up()
        tab.locator("[data-first]:focus").wait_for()
        tab.keyboard.press("Escape")
        left_alone = (panel.inner_text(), mark.get_attribute("transform"))

        mark.focus()
        tab.keyboard.press("ArrowLeft")
        tab.keyboard.press("Enter")
        tab.locator("[data-first]:focus").wait_for()
        tab.keyboard.press("Enter")
        tab.wait_for_url(re.compile(r"#drill-\d+$"))
        said = tab.locator("[role=status]").inner_text()
        stands = tab.locator(f"#{tab.url.split('#')[1]}").get_attribute("data-on")

        panel.get_by_role("button").click()
        tab.wait_for_url(re.compile(r"^(?!.*moved).*#drill-\d+$"))
        again = tab.locator(f"#{tab.url.split('#')[1]}").get_attribute("data-on")

    assert "→" in on_the_way
    assert ("", None) == left_alone
    assert "已改到" in said
    assert again == stood
    assert stands == (date.fromisoformat(stood) - timedelta(days=1)).isoformat()
