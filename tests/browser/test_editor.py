"""Writing a pack in a real browser: text and form are one, and nothing is lost."""

import pytest

from tests.browser.visit import DESK, Look
from tests.web.pages import OFFICER

pytestmark = pytest.mark.browser
NEW = "/packs/new"
TITLE = """[data-do="set"][data-at='["rules", 0, "title", "zh"]']"""
WAIT_MS = 20_000


@pytest.fixture
def tab(visitors):
    with visitors.looking(NEW, Look(size=DESK), account=OFFICER) as opened:
        opened.set_default_timeout(WAIT_MS)
        opened.wait_for_selector("[data-form] fieldset")
        yield opened


def text_of(tab):
    return tab.input_value("#text")


def holds(tab, words):
    tab.wait_for_function(
        "words => document.querySelector('#text').value.includes(words)", arg=words
    )


def test_a_fault_is_marked_at_its_line_while_one_types(tab):
    tab.fill("#text", text_of(tab).replace("domain: safety", "domain: 7 x"))
    tab.wait_for_selector(".xj-code__lines .is-wrong")

    line = text_of(tab).split("\n").index("    domain: 7 x") + 1
    assert f"✕ {line}" == tab.inner_text(".xj-code__lines .is-wrong")
    tab.click(f'[data-line="{line}"]')
    chosen = tab.evaluate(
        "() => { const t = document.querySelector('#text');"
        " return t.value.slice(t.selectionStart, t.selectionEnd); }"
    )
    assert "    domain: 7 x" == chosen


def test_a_field_changes_the_text_and_can_be_undone(tab):
    before = text_of(tab)

    tab.fill(TITLE, "新名称")
    tab.keyboard.press("Tab")
    holds(tab, "新名称")
    after = text_of(tab)
    tab.click("[data-undo]")
    tab.wait_for_function("before => document.querySelector('#text').value === before", arg=before)

    assert before.replace("zh: 每周检查", "zh: 新名称") == after


def test_what_is_typed_shows_in_the_form(tab):
    tab.fill("#text", text_of(tab).replace("zh: 每周检查", "zh: 每日检查"))

    tab.wait_for_function("field => document.querySelector(field)?.value === '每日检查'", arg=TITLE)


def test_a_reload_loses_nothing_and_the_draft_can_be_dropped(tab):
    published = text_of(tab)
    tab.fill("#text", f"{published}# 未发布\n")

    tab.reload()
    tab.wait_for_selector("[data-kept]:not(.d-none)")
    kept = text_of(tab)
    tab.click("[data-drop]")

    assert f"{published}# 未发布\n" == kept
    assert published == text_of(tab)
    assert tab.evaluate("() => Object.keys(localStorage).length") == 0


def test_enter_in_a_field_of_the_form_publishes_nothing(tab):
    tab.fill(TITLE, "回车")
    tab.press(TITLE, "Enter")
    holds(tab, "回车")

    assert tab.url.endswith(NEW)


def test_changes_made_faster_than_the_server_answers_are_all_kept(tab):
    tab.route("**/live", lambda route: (tab.wait_for_timeout(300), route.continue_()))
    tab.evaluate(
        """([first, second]) => {
             for (const [field, words] of [[first, "甲"], [second, "B"]]) {
               const input = document.querySelector(field);
               input.value = words;
               input.dispatchEvent(new Event("change", { bubbles: true }));
             }
           }""",
        [TITLE, TITLE.replace('"zh"', '"en"')],
    )

    holds(tab, "zh: 甲")
    holds(tab, "en: B")


def test_an_answer_never_takes_away_what_is_being_typed_in_a_field(tab):
    tab.type(TITLE, "打字中")
    field = tab.query_selector(TITLE)
    tab.evaluate(
        """() => {
             const text = document.querySelector("#text");
             text.value += "rules: 7\\n";
             text.dispatchEvent(new Event("input", { bubbles: true }));
           }"""
    )
    tab.wait_for_selector(".xj-code__lines .is-wrong")

    assert field.evaluate("field => field.isConnected && field === document.activeElement")
    assert "打字中" in field.input_value()


def test_a_trial_shows_the_next_dates(tab):
    tab.click("[data-trial]")
    tab.wait_for_selector("[data-effect] tbody tr")

    assert tab.locator("[data-effect] td.xj-nowrap").count() == 10
