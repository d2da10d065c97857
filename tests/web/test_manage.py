"""Officers edit facts: form, preview, apply; nothing is saved before the end."""

import re

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import load_from_record
from rules.loader import load_rulebook
from tests.web.client import CarefulClient
from tests.web.conftest import PLANNED, application, planned_record
from tests.web.pages import INSPECTOR, OFFICER, ORGANISATION

ABSENCE = "/manage/people/vice-principal/absences/new"
QUESTION = "/manage/questions/site.fire_key_unit/chunmiao/site/chunmiao"
READING = "/manage/readings/chunmiao/school-drill-time-kindergarten"
WORDING = {
    "zh": ("计划有哪些变化", "没有 2026-02-30 这一天"),
    "en": ("What changes in the plan", "there is no day 2026-02-30"),
}


@pytest.fixture
def app(tmp_path, template):
    """A record of its own for each test, since these tests save."""
    path = tmp_path / "record.db"
    path.write_bytes(template.read_bytes())
    return application(f"sqlite:///{path}")


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("manage") / "record.db"
    planned_record(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="module", autouse=True)
def _one_rulebook():
    """Read the packs once for all applications of this module."""
    from web import rulebook

    whole = load_rulebook()
    patch = pytest.MonkeyPatch()
    patch.setattr(rulebook, "load_rulebook", lambda: whole)
    yield
    patch.undo()


@pytest.fixture
def officer(app):
    visitor = CarefulClient(app)
    visitor.sign_in(OFFICER, "xunjian-demo")
    return visitor


def _stored(app):
    with open_database(app.config["DATABASE_URL"])() as session:
        return load_from_record(session, ORGANISATION)


def _person(app, key="vice-principal"):
    return next(person for person in _stored(app).people if person.id == key)


def _sent(visitor, path, data):
    answer = visitor.post(path, data, token_from="/account/")
    html = answer.get_data(as_text=True)
    if answer.status_code != 302:
        visitor.look_at(answer, html)
    return answer.status_code, html


def _applied(visitor, html):
    token = re.search(r'name="token" value="([^"]+)"', html)[1]
    return _sent(visitor, "/manage/apply", {"token": token})


def _faults(html):
    return dict(re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', html))


def test_preview_saves_nothing_and_apply_saves(app, officer):
    before = _person(app)
    span = {"since": "2026-11-24", "until": "2026-11-26", "reason": "生病"}

    status, html = _sent(officer, ABSENCE, span)
    between = _person(app)
    applied, _ = _applied(officer, html)

    assert (200, before, 302) == (status, between, applied)
    assert "生病" in {each.reason.zh for each in _person(app).absences}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_preview_and_faults_speak_both_languages(language, app):
    visitor = CarefulClient(app, language)
    visitor.sign_in(OFFICER, "xunjian-demo")
    visitor.post("/preferences/language", {"language": language}, token_from="/account/")
    preview, fault = WORDING[language]

    _, sound = _sent(
        visitor, ABSENCE, {"since": "2026-11-24", "until": "2026-11-26", "reason": "x"}
    )
    _, faulty = _sent(visitor, ABSENCE, {"since": "2026-02-30", "until": "", "reason": "x"})

    assert preview in sound
    assert fault in faulty


def test_answering_a_fact_shows_the_duties_that_begin(officer):
    status, html = _sent(officer, QUESTION, {"site.fire_key_unit": "yes"})

    assert 200 == status
    assert "重点单位每日防火巡查" in html
    assert "开始成立" in html


def test_answer_settles_the_question(app, officer):
    _, html = _sent(officer, QUESTION, {"site.fire_key_unit": "no"})
    _applied(officer, html)

    assert "site.fire_key_unit" not in officer.page("/manage/questions")
    assert _stored(app).sites[0].facts["site.fire_key_unit"] is False


def test_empty_answer_is_refused(officer):
    status, html = _sent(officer, QUESTION, {"site.fire_key_unit": ""})

    assert 422 == status
    assert ["site.fire_key_unit"] == list(_faults(html))


def test_reading_is_decided_with_a_reason_and_a_name(app, officer):
    refused, faulty = _sent(officer, READING, {"applies": "no", "note": ""})
    _, html = _sent(officer, READING, {"applies": "no", "note": "幼儿园按三分钟"})
    _applied(officer, html)

    decision = _stored(app).decisions[-1]
    assert (422, ["note"]) == (refused, list(_faults(faulty)))
    assert ("school-drill-time-kindergarten", False, "幼儿园按三分钟") == (
        decision.rule,
        decision.applies,
        decision.note.zh,
    )
    assert "幼儿园按三分钟" in officer.page("/manage/questions")


def test_every_fault_of_an_absence_shows_at_once_and_nothing_is_lost(officer):
    overlap = {"since": "2026-12-03", "until": "2026-12-08", "reason": ""}

    status, html = _sent(officer, ABSENCE, overlap)

    assert 422 == status
    assert {"since", "reason"} == set(_faults(html))
    assert "重叠" in html
    assert 'value="2026-12-08"' in html


def test_days_in_the_wrong_order_are_refused(officer):
    backwards = {"since": "2026-12-20", "until": "2026-12-18", "reason": "x"}

    status, html = _sent(officer, ABSENCE, backwards)

    assert 422 == status
    assert "2026-12-18" in _faults(html)["until"]


def test_wrong_facts_are_refused_by_field(officer):
    wrong = {"site.staff": "-3", "site.kind": "castle", "site.area_m2": "many"}

    status, html = _sent(officer, "/manage/sites/chunmiao/facts", wrong)

    assert 422 == status
    assert {"site.staff", "site.kind", "site.area_m2"} <= set(_faults(html))
    assert 'value="many"' in html


def test_unknown_role_and_impossible_minutes_are_refused(officer):
    wrong = {"name": "", "roles": "king", "minutes_per_day": "9999"}

    status, html = _sent(officer, "/manage/people/vice-principal/edit", wrong)

    assert 422 == status
    assert {"name", "roles", "minutes_per_day", "sites"} == set(_faults(html))


def test_certificate_needs_kind_and_sound_dates(officer):
    wrong = {"kind": "", "since": "2027-01-01", "until": "2026-01-01"}

    status, html = _sent(officer, "/manage/people/vice-principal/certificates/new", wrong)

    assert 422 == status
    assert {"kind", "until"} == set(_faults(html))


def test_form_that_changes_nothing_is_told_so(officer):
    page = officer.page("/manage/people/vice-principal/absences/0")
    same = dict(re.findall(r'name="(since|until|reason|was)"[^>]*?value="([^"]*)"', page))
    same["was"] = same["was"].replace("&#34;", '"')

    status, html = _sent(officer, "/manage/people/vice-principal/absences/0", same)

    assert 422 == status
    assert "没有改动" in html


def test_entry_that_somebody_changed_meanwhile_is_not_overwritten(officer):
    stale = {"since": "2026-12-02", "until": "2026-12-04", "reason": "x", "was": "{}"}

    status, html = _sent(officer, "/manage/people/vice-principal/absences/0", stale)

    assert 409 == status
    assert "已被他人修改" in html


def test_removing_an_entry_takes_it_away(app, officer):
    page = officer.page("/manage/people/vice-principal/absences/0")
    was = re.search(r'name="was" value="([^"]*)"', page)[1].replace("&#34;", '"')

    _, html = _sent(
        officer, "/manage/people/vice-principal/absences/0", {"was": was, "remove": "1"}
    )
    _applied(officer, html)

    assert () == _person(app).absences


def test_stale_preview_is_refused_and_shown_anew(app, officer):
    _, first = _sent(officer, QUESTION, {"site.fire_key_unit": "yes"})
    _, second = _sent(officer, "/manage/sites/chunmiao/closed/new", {
        "since": "2026-12-01", "until": "2026-12-01", "reason": "修缮"
    })  # fmt: skip
    _applied(officer, second)

    status, html = _applied(officer, first)
    assert 409 == status
    assert "没有保存" in html
    assert "site.fire_key_unit" not in _stored(app).sites[0].facts

    again, _ = _applied(officer, html)
    assert 302 == again
    assert _stored(app).sites[0].facts["site.fire_key_unit"] is True


def test_back_from_the_preview_keeps_what_was_typed(officer):
    typed = {"since": "2026-11-24", "until": "2026-11-26", "reason": "外出", "step": "back"}

    status, html = _sent(officer, ABSENCE, typed)

    assert 200 == status
    assert 'value="外出"' in html


def test_forged_preview_is_refused(officer):
    status, _ = _sent(officer, "/manage/apply", {"token": "forged"})

    assert 400 == status


def test_new_person_and_leaving_change_the_plan(app, officer):
    new = {
        "id": "li-ming",
        "name": "李明",
        "minutes_per_day": "120",
        "sites": "chunmiao",
        "works": "mon",
        "roles": "guard",
    }

    _, html = _sent(officer, "/manage/new-person", new)
    _applied(officer, html)
    added = _person(app, "li-ming")
    _, html = _sent(officer, "/manage/people/li-ming/leave", {})
    _applied(officer, html)

    assert ("李明", ("mon",)) == (added.name.zh, added.works)
    assert "li-ming" not in {person.id for person in _stored(app).people}


def test_opening_hours_are_read_as_people_type_them(app, officer):
    hours = dict.fromkeys(("mon", "tue"), "7:00-12:00，13：30-17:00")
    rest = {"holidays": "closed", "night_from": "18:00", "night_until": "06:00"}

    wrong, faulty = _sent(officer, "/manage/sites/chunmiao/hours", {"mon": "8 to 12", **rest})
    _, html = _sent(officer, "/manage/sites/chunmiao/hours", {**hours, **rest})
    _applied(officer, html)

    opening = _stored(app).sites[0].calendar.opening
    assert (422, ["mon"]) == (wrong, list(_faults(faulty)))
    assert [("mon", "tue"), ("mon", "tue")] == [span.days for span in opening]


def test_log_shows_who_changed_what(officer):
    _, html = _sent(officer, QUESTION, {"site.fire_key_unit": "yes"})
    _applied(officer, html)

    log = officer.page("/manage/changes")

    assert "消防安全重点单位" in log
    assert "未知 → <b>是</b>" in log


def test_inspectors_do_not_edit(app):
    visitor = CarefulClient(app)
    visitor.sign_in(INSPECTOR, "xunjian-demo")

    for path in ("/manage/sites", "/manage/questions", "/missed/", "/tickets/"):
        visitor.page(path, status=403)


def test_officer_of_another_site_sees_and_edits_nothing_here(app):
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        ensure_account(
            session,
            NewAccount(ORGANISATION, "elsewhere", "a password", "safety-officer", None, ("other",)),
            now=PLANNED,
        )
    visitor = CarefulClient(app)
    visitor.sign_in("elsewhere", "a password")

    for path in (
        "/manage/sites/chunmiao",
        "/manage/sites/chunmiao/facts",
        "/manage/people/vice-principal",
        READING,
        QUESTION,
    ):
        visitor.page(path, status=404)
    assert "/manage/sites/chunmiao" not in visitor.page("/manage/sites")
