import re

import pytest
from sqlalchemy import select

from inspections.database import open_database
from inspections.models import AccountRow, AppPasswordRow, AssignmentRow, OccurrenceRow, PersonRow
from rules.text import Text
from tests.web.conftest import MONDAY
from tests.web.pages import INSPECTOR


@pytest.fixture
def record(app):
    sessions = open_database(app.config["DATABASE_URL"])
    yield sessions
    sessions.kw["bind"].dispose()


@pytest.fixture
def password(client):
    """The password of a new device of the inspector, read from the page as a person would."""
    visitor = client(account=INSPECTOR)
    answer = visitor.post("/account/devices", {"label": "手机"}, token_from="/account/devices")
    assert 302 == answer.status_code
    html = visitor.html("/account/devices")
    return re.search(r'id="password" readonly value="([^"]+)"', html)[1]


@pytest.fixture
def task(record):
    """An open task that asks for evidence, given to the inspector whoever the plan chose."""
    with record.begin() as session:
        person = session.scalars(
            select(PersonRow.id)
            .join(AccountRow, AccountRow.person == PersonRow.key)
            .where(AccountRow.name == INSPECTOR)
        ).one()
        open_now = (
            select(OccurrenceRow.id)
            .where(OccurrenceRow.state == "scheduled")
            .where(OccurrenceRow.opens_at <= MONDAY, OccurrenceRow.closes_at > MONDAY)
            .order_by(OccurrenceRow.id.desc())
        )
        found = session.scalars(open_now).first()
        mine = {"occurrence_id": found, "person_id": person}
        if session.scalars(select(AssignmentRow).filter_by(**mine)).one_or_none() is None:
            reason = Text(zh="指定", en="chosen")
            session.add(AssignmentRow(reason=reason, pinned=True, plan_run_id=None, **mine))
        return found


def call(app, method, path, name, password):
    return app.test_client().open(path, method=method, auth=(name, password))


def test_a_password_is_shown_once_and_kept_as_hash(client, record, password):
    assert re.fullmatch(r"(?:[a-z2-9]{4}-){5}[a-z2-9]{4}", password)
    assert password not in client(account=INSPECTOR).html("/account/devices")
    with record() as session:
        stored = session.scalars(select(AppPasswordRow.secret_sha256)).all()
    assert not any(password.replace("-", "") in one for one in stored)


def test_a_device_without_a_name_is_asked_for_one(client):
    answer = client(account=INSPECTOR).post(
        "/account/devices", {"label": " "}, token_from="/account/devices"
    )

    assert 422 == answer.status_code
    assert 'href="#label"' in answer.get_data(as_text=True)


def test_the_door_shows_tasks_and_takes_a_tick_that_today_and_the_task_show_as_unfinished(
    app, client, password, task
):
    listed = call(app, "GET", "/device/tasks", INSPECTOR, password).get_json()["tasks"]
    assert f"occurrence-{task}" in {one["key"] for one in listed}
    assert all("BEGIN:VTODO" in one["ics"] for one in listed)

    ticked = call(app, "POST", f"/device/tasks/occurrence-{task}/done", INSPECTOR, password)

    assert {"outcome": "reported"} == ticked.get_json()
    visitor = client(account=INSPECTOR)
    assert "已报完成，缺佐证" in visitor.html(f"/occurrences/{task}")
    assert "已报完成，缺佐证" in visitor.html("/today")
    again = call(app, "GET", "/device/tasks", INSPECTOR, password).get_json()["tasks"]
    (text,) = [one["ics"] for one in again if one["key"] == f"occurrence-{task}"]
    assert "STATUS:IN-PROCESS" in text
    undone = call(app, "POST", f"/device/tasks/occurrence-{task}/undone", INSPECTOR, password)
    assert 200 == undone.status_code
    assert "已报完成，缺佐证" not in visitor.html("/today")


def test_equal_states_give_equal_bytes_and_tags(app, password):
    first = call(app, "GET", "/device/tasks", INSPECTOR, password).get_json()

    assert first == call(app, "GET", "/device/tasks", INSPECTOR, password).get_json()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/device/tasks"),
        ("POST", "/device/tasks/occurrence-1/done"),
        ("POST", "/device/tasks/occurrence-1/undone"),
    ],
)
def test_the_door_is_shut_without_an_app_password(app, client, method, path):
    wrong = call(app, method, path, INSPECTOR, "abcd-efgh")
    signed_in = client(account=INSPECTOR).raw.open(path, method=method)

    assert (401, 401) == (wrong.status_code, signed_in.status_code)
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")


def test_an_app_password_opens_no_page(app, password):
    assert 302 == call(app, "GET", "/today", INSPECTOR, password).status_code


def test_what_is_not_the_callers_task_is_not_there(app, password):
    answer = call(app, "POST", "/device/tasks/occurrence-999999/done", INSPECTOR, password)

    assert (404, "not-found") == (answer.status_code, answer.get_json()["code"])


def test_a_stopped_device_is_out_at_once(app, client, record, password):
    visitor = client(account=INSPECTOR)
    with record() as session:
        number = session.scalars(
            select(AppPasswordRow.id).order_by(AppPasswordRow.id.desc())
        ).first()

    visitor.post(f"/account/devices/{number}/revoke", {}, token_from="/account/devices")

    assert 401 == call(app, "GET", "/device/tasks", INSPECTOR, password).status_code
