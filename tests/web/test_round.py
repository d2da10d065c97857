"""A round through the pages: answer, review, submit, put right, verify."""

import io
import re

import pytest

from tests.web.a_round import open_tasks, send, submit
from tests.web.conftest import application, occurrence_of, planned_record, visitor_of
from tests.web.pages import ADMINISTRATOR, INSPECTOR, OFFICER

JPEG = b"\xff\xd8\xff\xe0" + bytes(64)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """A record of its own, since these tests change it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('round')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def inspector(app):
    return visitor_of(app, account=INSPECTOR)


def _first(inspector, kind: str) -> tuple[int, str]:
    """Return the first open task with an item of *kind*, and that item's field."""
    for task in open_tasks(inspector):
        html = inspector.html(f"/occurrences/{task}/run")
        found = re.search(rf'data-item="([^"]+)" data-type="{kind}"', html)
        if found:
            return task, found[1]
    raise AssertionError(f"no open task has an item of type {kind}")


def test_half_answered_checklist_is_kept_and_shown_again(inspector):
    task, field = _first(inspector, "pass-fail")

    answer = send(inspector, task, {field: "na"}, action="save")
    html = inspector.html(f"/occurrences/{task}/run")

    assert answer.location == f"/occurrences/{task}"
    assert re.search(rf'name="{field}" value="na" *checked', html)
    assert "已答" in inspector.html("/today")


def test_reading_that_is_no_number_is_refused_at_its_field(inspector):
    task, field = _first(inspector, "number")

    answer = send(inspector, task, {field: "warm"})

    assert answer.status == 422
    assert f'href="#{field}"' in answer.html
    assert f'id="{field}-fault"' in answer.html
    assert "warm" in answer.html


def test_reading_may_be_typed_with_a_comma(inspector):
    task, field = _first(inspector, "number")

    answer = send(inspector, task, {field: "36,5"})

    assert answer.status == 302
    assert "36.5" in inspector.html(answer.location)


def test_sending_the_same_answers_twice_keeps_one_record(inspector):
    task, field = _first(inspector, "pass-fail")

    first = send(inspector, task, {field: "pass"})
    second = send(inspector, task, {field: "pass"})

    assert first.location == second.location


def test_form_with_an_id_that_is_not_ours_is_refused(inspector):
    task, _ = _first(inspector, "pass-fail")
    path = f"/occurrences/{task}/run"

    answer = inspector.post(path, {"inspection": "1; drop", "action": "save"}, token_from=path)

    assert answer.status_code == 400


def test_failed_item_opens_a_finding_that_another_person_closes(app, inspector):
    task, field = _first(inspector, "pass-fail")
    note = field.replace("a-", "n-", 1)
    record = submit(inspector, send(inspector, task, {field: "fail", note: "<b>漏水</b>"}).location)
    finding = re.search(r"/findings/\d+", inspector.html(record))[0]
    assert "&lt;b&gt;漏水&lt;/b&gt;" in inspector.html(finding)

    fixed = inspector.post(finding, {"action": "submit", "note": "已换"}, token_from=finding)
    refused = inspector.post(finding, {"action": "confirm", "note": ""}, token_from=finding)
    officer = visitor_of(app, account=OFFICER)
    closed = officer.post(finding, {"action": "confirm", "note": "现场看过"}, token_from=finding)

    assert fixed.status_code == 302
    assert refused.status_code == 409
    assert "不能复查自己的整改" in refused.get_data(as_text=True)
    assert closed.status_code == 302
    assert "已闭环" in officer.html(finding)


def test_rectification_needs_a_sentence(app, inspector):
    task, field = _first(inspector, "pass-fail")
    record = submit(inspector, send(inspector, task, {field: "fail"}).location)
    finding = re.search(r"/findings/\d+", inspector.html(record))[0]

    answer = inspector.post(finding, {"action": "submit", "note": " "}, token_from=finding)

    assert answer.status_code == 422
    assert 'href="#note"' in answer.get_data(as_text=True)


def test_only_an_officer_grants_more_time_and_the_first_deadline_stays(app, inspector):
    officer = visitor_of(app, account=OFFICER)
    finding = re.search(r'href="(/findings/\d+)"', officer.html("/findings?show=open"))[1]
    more = {"action": "extend", "until": "2026-12-18", "reason": "配件周二到货"}

    by_inspector = inspector.post(finding, more, token_from=finding)
    by_officer = officer.post(finding, more, token_from=finding)
    html = officer.html(finding)

    assert by_inspector.status_code == 422
    assert by_officer.status_code == 302
    assert "12月18日 周五 18:00" in html
    assert "原期限" in html


def test_photo_is_stored_and_shown_to_the_organisation_only(app, inspector):
    path = f"/occurrences/{occurrence_of(app, 'moe45-samples')}/run"
    html = inspector.html(path)
    field = re.search(r'data-item="([^"]+)" data-type="photo"', html)[1]
    data = {
        "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', html)[1],
        "inspection": re.search(r'name="inspection" value="([^"]+)"', html)[1],
        "action": "save",
        field: (io.BytesIO(JPEG), "leak.jpg"),
    }

    inspector.raw.post(path, data=data, content_type="multipart/form-data")
    photo = re.search(r'href="(/evidence/[0-9a-f]{64})"', inspector.html(path))[1]

    assert inspector.raw.get(photo, buffered=True).data == JPEG
    assert visitor_of(app).raw.get(photo).status_code == 302


def test_file_that_is_no_photo_is_refused(app, inspector):
    path = f"/occurrences/{occurrence_of(app, 'moe45-samples')}/run"
    html = inspector.html(path)
    field = re.search(r'data-item="([^"]+)" data-type="photo"', html)[1]
    data = {
        "csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', html)[1],
        "inspection": re.search(r'name="inspection" value="([^"]+)"', html)[1],
        "action": "save",
        field: (io.BytesIO(b"<script>alert(1)</script>"), "photo.jpg"),
    }

    answer = inspector.raw.post(path, data=data, content_type="multipart/form-data")

    assert answer.status_code == 422
    assert "不是 JPEG" in answer.get_data(as_text=True)


def test_administrator_sees_the_same_today_page_with_a_rail(app):
    html = visitor_of(app, account=ADMINISTRATOR).html("/today")

    assert "xj-rail" in html
