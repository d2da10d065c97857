from datetime import time

import pytest
from sqlalchemy import select, update

from inspections.database import open_database
from inspections.messages.choice import choice_of
from inspections.messages.outbox import Draft, put
from inspections.models import AccountRow, MessageRow, WebhookRow
from tests.web.conftest import MONDAY
from tests.web.pages import ADMINISTRATOR, INSPECTOR, OFFICER, ORGANISATION

CHOICE = {
    "mode": "each",
    "at": "06:45",
    "days_before": "3",
    "quiet": "1",
    "quiet_from": "20:00",
    "quiet_until": "06:00",
    "language": "en",
}


@pytest.fixture
def record(app):
    sessions = open_database(app.config["DATABASE_URL"])
    yield sessions
    sessions.kw["bind"].dispose()


def test_a_person_chooses_how_to_be_told(client, record):
    visitor = client(account=INSPECTOR)

    answer = visitor.post("/account/messages", CHOICE, token_from="/account/messages")

    with record() as session:
        person = session.scalars(select(AccountRow.person).filter_by(name=INSPECTOR)).one()
        kept = choice_of(session, ORGANISATION, person)
    assert 302 == answer.status_code
    assert ("each", time(6, 45), 3, "en") == (kept.mode, kept.at, kept.days_before, kept.language)
    assert (time(20), time(6)) == kept.quiet
    assert 'value="06:45"' in visitor.html("/account/messages")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("at", "25:00"), ("days_before", "15"), ("quiet_until", "20:00"), ("mode", "often")],
)
def test_what_cannot_be_kept_is_shown_beside_its_field(client, field, typed):
    visitor = client(account=INSPECTOR)

    answer = visitor.post(
        "/account/messages", {**CHOICE, field: typed}, token_from="/account/messages"
    )

    assert 422 == answer.status_code
    assert f'href="#{field}"' in answer.get_data(as_text=True)


def test_a_failed_message_is_shown_with_its_reason_and_sent_again_once(client, record):
    with record.begin() as session:
        draft = Draft(
            ORGANISATION, "mail", "digest", "principal", "2026-11-20", "巡检摘要", "正文", MONDAY,
            address="a@example.cn",
        )  # fmt: skip
        put(session, [draft], now=MONDAY)
        reason = {"code": "recipient-refused", "zh": "拒收：550", "en": "Refused: 550"}
        changed = update(MessageRow).filter_by(key=draft.key).values(state="dead", reason=reason)
        session.execute(changed)
        number = session.scalars(select(MessageRow.id).filter_by(key=draft.key)).one()
    visitor = client(account=OFFICER)

    assert "拒收：550" in visitor.html("/outbox/")
    first = visitor.post(f"/outbox/{number}/again", {}, token_from="/outbox/")
    second = visitor.post(f"/outbox/{number}/again", {}, token_from="/outbox/")

    assert (302, 409) == (first.status_code, second.status_code)
    with record() as session:
        assert "waiting" == session.get_one(MessageRow, number).state


def test_a_robot_is_registered_without_its_address_being_seen_again(
    client, record, monkeypatch, tmp_path
):
    monkeypatch.setenv("XUNJIAN_SEAL_KEY", "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtbG9uZy1rZXk=")
    visitor = client(account=ADMINISTRATOR)
    wanted = {"kind": "wecom", "label": "安全工作群", "at": "08:00", "site": "", "secret": ""}
    address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=top-secret"

    wrong = visitor.post(
        "/outbox/robots", {**wanted, "address": "https://10.0.0.1/x?key=top-secret"},
        token_from="/outbox/robots",
    )  # fmt: skip
    right = visitor.post(
        "/outbox/robots", {**wanted, "address": address}, token_from="/outbox/robots"
    )

    assert (409, 302) == (wrong.status_code, right.status_code)
    assert "top-secret" not in wrong.get_data(as_text=True)
    html = visitor.html("/outbox/robots")
    assert "qyapi.weixin.qq.com" in html
    assert "top-secret" not in html
    with record() as session:
        assert "top-secret" not in session.scalars(select(WebhookRow.address)).all()[-1]


@pytest.mark.parametrize("path", ["/outbox/", "/outbox/robots"])
def test_the_outbox_is_no_business_of_inspectors(client, path):
    assert 403 == client(account=INSPECTOR).raw.get(path).status_code


def test_robots_are_the_administrators_business(client):
    assert 403 == client(account=OFFICER).raw.get("/outbox/robots").status_code
