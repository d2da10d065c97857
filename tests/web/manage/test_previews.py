"""Officers edit facts: form, preview, apply; nothing is saved before the end."""

import re

import pytest

from tests.web.client import CarefulClient
from tests.web.manage.an_edit import (
    ABSENCE,
    QUESTION,
    apply_preview,
    person_of,
    send_form,
    stored,
)
from tests.web.pages import OFFICER

WORDING = {
    "zh": ("计划有哪些变化", "没有 2026-02-30 这一天"),
    "en": ("What changes in the plan", "there is no day 2026-02-30"),
}


def test_preview_saves_nothing_and_apply_saves(app, officer):
    before = person_of(app)
    span = {"since": "2026-11-24", "until": "2026-11-26", "reason": "生病"}

    status, html = send_form(officer, ABSENCE, span)
    between = person_of(app)
    applied, _ = apply_preview(officer, html)

    assert (200, before, 302) == (status, between, applied)
    assert "生病" in {each.reason.zh for each in person_of(app).absences}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_preview_and_faults_speak_both_languages(language, app):
    visitor = CarefulClient(app, language)
    visitor.sign_in(OFFICER, "xunjian-demo")
    visitor.post("/preferences/language", {"language": language}, token_from="/account/")
    preview, fault = WORDING[language]

    _, sound = send_form(
        visitor, ABSENCE, {"since": "2026-11-24", "until": "2026-11-26", "reason": "x"}
    )
    _, faulty = send_form(visitor, ABSENCE, {"since": "2026-02-30", "until": "", "reason": "x"})

    assert preview in sound
    assert fault in faulty


def test_form_that_changes_nothing_is_told_so(officer):
    page = officer.page("/manage/people/vice-principal/absences/0")
    same = dict(re.findall(r'name="(since|until|reason|was)"[^>]*?value="([^"]*)"', page))
    same["was"] = same["was"].replace("&#34;", '"')

    status, html = send_form(officer, "/manage/people/vice-principal/absences/0", same)

    assert 422 == status
    assert "没有改动" in html


def test_entry_that_somebody_changed_meanwhile_is_not_overwritten(officer):
    stale = {"since": "2026-12-02", "until": "2026-12-04", "reason": "x", "was": "{}"}

    status, html = send_form(officer, "/manage/people/vice-principal/absences/0", stale)

    assert 409 == status
    assert "已被他人修改" in html


def test_stale_preview_is_refused_and_shown_anew(app, officer):
    _, first = send_form(officer, QUESTION, {"site.fire_key_unit": "yes"})
    _, second = send_form(officer, "/manage/sites/chunmiao/closed/new", {
        "since": "2026-12-01", "until": "2026-12-01", "reason": "修缮"
    })  # fmt: skip
    apply_preview(officer, second)

    status, html = apply_preview(officer, first)
    assert 409 == status
    assert "没有保存" in html
    assert "site.fire_key_unit" not in stored(app).sites[0].facts

    again, _ = apply_preview(officer, html)
    assert 302 == again
    assert stored(app).sites[0].facts["site.fire_key_unit"] is True


def test_back_from_the_preview_keeps_what_was_typed(officer):
    typed = {"since": "2026-11-24", "until": "2026-11-26", "reason": "外出", "step": "back"}

    status, html = send_form(officer, ABSENCE, typed)

    assert 200 == status
    assert 'value="外出"' in html


def test_forged_preview_is_refused(officer):
    status, _ = send_form(officer, "/manage/apply", {"token": "forged"})

    assert 400 == status


def test_log_shows_who_changed_what(officer):
    _, html = send_form(officer, QUESTION, {"site.fire_key_unit": "yes"})
    apply_preview(officer, html)

    log = officer.page("/manage/changes")

    assert "消防安全重点单位" in log
    assert "未知 → <b>是</b>" in log
