"""In a real browser: what others typed stays text, and what is too much to send stays typed."""

import pytest

from tests.browser.visit import DESK, Look
from tests.web.pages import INSPECTOR, OFFICER

pytestmark = pytest.mark.browser
PAYLOAD = "\"'></textarea><x-ss></x-ss><img src=x onerror='window.owned=1'>{{7*7}}"

CHOOSE_LARGE = """input => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([new Uint8Array(15 * 1024 * 1024 + 1)], "a.jpg"));
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  return input.validationMessage;
}"""


def _is_text(tab):
    assert 0 == tab.locator("x-ss, img[src='x']").count()
    assert tab.evaluate("window.owned") is None


def test_what_others_typed_stays_text(visitors, client):
    officer = client(account=OFFICER)
    data = {"where": "chunmiao/kitchen", "title": PAYLOAD, "detail": PAYLOAD, "contact": "1"}
    sent = {**data, "category": "water-power", "priority": "normal"}
    ticket = officer.post("/tickets/new", sent, token_from="/account/").location

    for path in ("/tickets/", ticket):
        with visitors.looking(path, Look(size=DESK), account=OFFICER) as tab:
            assert PAYLOAD in tab.inner_text("main")
            _is_text(tab)


def test_what_one_types_oneself_stays_text_when_the_tablet_restores_it(visitors):
    with visitors.looking("/occurrences/{todo}/run", Look(), account=INSPECTOR) as tab:
        tab.locator(".xj-ans__f").first.click()
        tab.locator("textarea:visible").first.fill(PAYLOAD)
        tab.keyboard.press("Tab")
        _is_text(tab)
        tab.reload()
        tab.wait_for_load_state("networkidle")
        _is_text(tab)


def test_what_is_too_much_to_send_is_still_typed(visitors, app, monkeypatch):
    monkeypatch.setitem(app.config, "MOST_UPLOAD", 20_000)
    long = "水龙头漏水。" * 2_000

    with visitors.looking("/tickets/new", Look(size=DESK), account=OFFICER, losing=True) as tab:
        tab.fill("#detail", long)
        tab.locator("form:has(#detail) button").last.click()
        tab.wait_for_selector("[data-back]:visible")
        said = tab.inner_text("h1")
        tab.click("[data-back]")
        tab.wait_for_selector("#detail")
        typed = tab.input_value("#detail")

    assert "一次提交的内容太多" == said
    assert long == typed


def test_photo_that_is_too_large_is_named_before_anything_is_sent(visitors):
    with visitors.looking("/findings/{finding}", Look(size=DESK), account=OFFICER) as tab:
        told = tab.locator("input[type=file]").first.evaluate(CHOOSE_LARGE)

    assert "每张最多 15 MB" in told
