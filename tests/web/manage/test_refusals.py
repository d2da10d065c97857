"""Wrong facts are refused beside their fields, all at once, and nobody edits elsewhere."""

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from tests.web.client import CarefulClient
from tests.web.conftest import PLANNED
from tests.web.manage.an_edit import ABSENCE, QUESTION, READING, faults_in, send_form
from tests.web.pages import INSPECTOR, ORGANISATION


def test_empty_answer_is_refused(officer):
    status, html = send_form(officer, QUESTION, {"site.fire_key_unit": ""})

    assert 422 == status
    assert ["site.fire_key_unit"] == list(faults_in(html))


def test_every_fault_of_an_absence_shows_at_once_and_nothing_is_lost(officer):
    overlap = {"since": "2026-12-03", "until": "2026-12-08", "reason": ""}

    status, html = send_form(officer, ABSENCE, overlap)

    assert 422 == status
    assert {"since", "reason"} == set(faults_in(html))
    assert "重叠" in html
    assert 'value="2026-12-08"' in html


def test_days_in_the_wrong_order_are_refused(officer):
    backwards = {"since": "2026-12-20", "until": "2026-12-18", "reason": "x"}

    status, html = send_form(officer, ABSENCE, backwards)

    assert 422 == status
    assert "2026-12-18" in faults_in(html)["until"]


def test_wrong_facts_are_refused_by_field(officer):
    wrong = {"site.staff": "-3", "site.kind": "castle", "site.area_m2": "many"}

    status, html = send_form(officer, "/manage/sites/chunmiao/facts", wrong)

    assert 422 == status
    assert {"site.staff", "site.kind", "site.area_m2"} <= set(faults_in(html))
    assert 'value="many"' in html


def test_unknown_role_and_impossible_minutes_are_refused(officer):
    wrong = {"name": "", "roles": "king", "minutes_per_day": "9999", "email": "nobody"}

    status, html = send_form(officer, "/manage/people/vice-principal/edit", wrong)

    assert 422 == status
    assert {"name", "roles", "minutes_per_day", "email", "sites"} == set(faults_in(html))


def test_certificate_needs_kind_and_sound_dates(officer):
    wrong = {"kind": "", "since": "2027-01-01", "until": "2026-01-01"}

    status, html = send_form(officer, "/manage/people/vice-principal/certificates/new", wrong)

    assert 422 == status
    assert {"kind", "until"} == set(faults_in(html))


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
