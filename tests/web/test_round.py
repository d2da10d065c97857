"""A round through the pages: answer, review, submit, put right, verify."""

import io
import re

import pytest

from tests.photos import a_photo
from tests.web.a_round import open_tasks, send, submit
from tests.web.conftest import (
    application,
    occurrence_of,
    open_now,
    planned_record,
    visitor_of,
)
from tests.web.pages import ADMINISTRATOR, INSPECTOR, OFFICER

JPEG = a_photo()


@pytest.fixture
def app(tmp_path):
    """A record of its own for each test, since these tests change it."""
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def inspector(app):
    return visitor_of(app, account=INSPECTOR)


def _first(inspector, kind: str, *, answer: str = "") -> tuple[int, str]:
    """Return the first open task with an item of *kind* that admits *answer*, and its field."""
    # The inspector's own come first; another's may be done too.
    for task in dict.fromkeys([*open_tasks(inspector), *open_now(inspector.app)]):
        for item in inspector.html(f"/occurrences/{task}/run").split("<section")[1:]:
            found = re.search(rf'data-item="([^"]+)" data-type="{kind}"', item)
            if found and (not answer or f'value="{answer}"' in item):
                return task, found[1]
    raise AssertionError(f"no open task has an item of type {kind}")


def _finding_of_a_failed_item(inspector) -> str:
    """Fail an item and return the address of the finding that it opened."""
    task, field = _first(inspector, "pass-fail")
    record = submit(inspector, send(inspector, task, {field: "fail"}).location)
    return re.search(r"/findings/\d+", inspector.html(record))[0]


def test_half_answered_checklist_is_kept_and_shown_again(inspector):
    task, field = _first(inspector, "pass-fail", answer="na")

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


def test_item_that_the_answers_do_not_ask_for_is_neither_kept_nor_missed(app, inspector):
    task = occurrence_of(app, "kindergarten-play-weekly")

    answer = send(inspector, task, {"a-stable": "pass", "a-fenced": "no", "a-gap": "89"})
    review = inspector.html(answer.location)

    assert answer.status == 302
    assert "器械稳固、无松动" in review
    assert "是否已停用围挡" not in review
    assert submit(inspector, answer.location).endswith("done=1")


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
    finding = _finding_of_a_failed_item(inspector)

    answer = inspector.post(finding, {"action": "submit", "note": " "}, token_from=finding)

    assert answer.status_code == 422
    assert 'href="#note"' in answer.get_data(as_text=True)


def test_more_time_is_asked_for_and_granted_by_another_and_the_first_deadline_stays(app, inspector):
    officer, administrator = (visitor_of(app, account=one) for one in (OFFICER, ADMINISTRATOR))
    finding = _finding_of_a_failed_item(inspector)
    more = {"action": "ask", "until": "2026-12-18", "reason": "配件周二到货"}
    grant = {"action": "grant", "decision": "同意"}

    asked = officer.post(finding, more, token_from=finding)
    by_who_asked = officer.post(finding, grant, token_from=finding)
    granted = administrator.post(finding, grant, token_from=finding)
    html = officer.html(finding)

    assert (302, 422, 302) == tuple(one.status_code for one in (asked, by_who_asked, granted))
    assert re.search(r"12月18日 周五 \d\d:\d\d", html)
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


def test_an_officer_looks_at_another_persons_day(app, inspector):
    officer = visitor_of(app, account=OFFICER)
    name = re.search(r'class="xj-top__sub">([^ ]+) ·', inspector.html("/today"))[1]
    people = dict(
        re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)</option>', officer.html("/today"))
    )
    key = next(one for one, shown in people.items() if shown == name)

    html = officer.page(f"/today?person={key}")

    assert f"<h1>{name} · 11月23日 周一</h1>" in html
    assert set(open_tasks(inspector)) == {
        int(one) for one in re.findall(r'class="xj-job[^"]*" href="/occurrences/(\d+)"', html)
    }


def test_only_an_officer_looks_at_another_persons_day_and_only_in_scope(app, inspector):
    officer = visitor_of(app, account=OFFICER)

    assert inspector.raw.get("/today?person=vice-principal").status_code == 403
    assert officer.raw.get("/today?person=nobody").status_code == 404
    assert "xj-whose" not in inspector.html("/today")
