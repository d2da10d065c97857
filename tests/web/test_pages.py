"""Every page, in both languages, keeps the rules that `CarefulClient` knows."""

import pytest

from tests.web.pages import PAGES, Page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_page_keeps_the_rules_of_the_house(page: Page, language, client, fill):
    visitor = client(language, page.account)

    html = visitor.page(fill(page.path))

    assert "</html>" in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_unknown_address_gets_a_friendly_page(language, client):
    visitor = client(language)

    html = visitor.page("/no-such-page", status=404)

    assert ("没有这个页面" if language == "zh" else "There is no such page") in html


def test_page_without_a_choice_follows_the_device(client):
    html = client().page("/specimen")

    assert "data-bs-theme" not in html


def test_switch_of_theme_is_written_on_the_page(client):
    visitor = client()

    answer = visitor.post("/preferences/theme", {"theme": "dark", "next": "/specimen"})

    assert answer.location == "/specimen"
    assert 'data-bs-theme="dark"' in visitor.page("/specimen")


def test_switch_of_language_changes_the_words(client):
    visitor = client("zh")

    visitor.post("/preferences/language", {"language": "en", "next": "/specimen"})
    visitor.language = "en"

    assert "Occurrence = circle" in visitor.page("/specimen")


@pytest.mark.parametrize("target", ["https://elsewhere.example", "//elsewhere.example", "/\\x"])
def test_switch_never_leads_to_another_host(target, client):
    answer = client().post("/preferences/theme", {"theme": "light", "next": target})

    assert answer.location == "/"


def test_form_without_a_token_is_refused(client):
    answer = client().raw.post("/preferences/theme", data={"theme": "dark"})

    assert answer.status_code == 400
    assert "页面已过期" in answer.get_data(as_text=True)


def test_static_files_carry_a_hash_and_are_kept(client):
    visitor = client()
    html = visitor.page("/specimen")
    mark = next(part for part in html.split('"') if "mark.svg" in part)
    sheet = next(part for part in html.split('"') if "sheet-" in part)

    answers = [visitor.raw.get(address, buffered=True) for address in (mark, sheet)]

    assert "v=" in mark
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)
