"""What another website makes a browser send changes nothing: every change asks for a token."""

import json
import logging

import pytest

from tests.security.addresses import READING
from tests.security.the_record import changed, content
from tests.web.pages import ADMINISTRATOR, OFFICER

# These ignore the session: a bridge signs in to each with a password of its own.
NO_SESSION = {"devices.done", "devices.undone"}


def _changing(every_address):
    return [
        (one, method) for one in every_address for method in sorted(one.methods - READING) if method
    ]


def _statuses(visitor, every_address, account, **sent):
    someone = visitor(account=account)
    return {
        (one.endpoint, method): someone.raw.open(one.path, method=method, **sent).status_code
        for one, method in _changing(every_address)
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {"step": "apply", "action": "review"}},
        {"data": {"csrf_token": "IjEyMyI.forged.token"}},
        {"data": json.dumps({"items": []}), "content_type": "application/json"},
        {"data": b"\xff\xd8\xff", "headers": {"X-CSRFToken": "IjEyMyI.forged.token"}},
    ],
    ids=["no token", "forged token", "json", "bytes"],
)
def test_every_change_without_its_token_is_refused(app, visitor, every_address, sent):
    before = content(app)

    found = _statuses(visitor, every_address, ADMINISTRATOR, **sent)

    assert len(found) > 40
    refused = {one: status for one, status in found.items() if one[0] not in NO_SESSION}
    assert {} == {one: status for one, status in refused.items() if status not in {400, 403}}
    assert {401} == {found[one] for one in found if one[0] in NO_SESSION}
    assert [] == changed(app, before)


def test_token_of_another_session_is_refused(app, visitor, every_address):
    mine = visitor(account=OFFICER)
    token = mine.token()
    before = content(app)

    found = _statuses(visitor, every_address, ADMINISTRATOR, data={"csrf_token": token})

    left = {one: status for one, status in found.items() if one[0] not in NO_SESSION}
    assert {400} == set(left.values())
    assert [] == changed(app, before)


def test_reading_changes_nothing(app, visitor, every_address):
    someone = visitor(account=ADMINISTRATOR)
    before = content(app)

    for one in every_address:
        if "GET" in one.methods:
            someone.raw.get(one.path, buffered=True).close()

    assert [] == changed(app, before)


def test_forged_request_is_logged(visitor, ids, caplog):
    someone = visitor(account=ADMINISTRATOR)

    with caplog.at_level(logging.WARNING, "xunjian.security"):
        someone.raw.post(f"/findings/{ids['finding_id']}", data={"action": "confirm"})

    said = json.loads(caplog.messages[-1])
    assert ("bad-request", "form-expired") == (said["event"], said["code"])
    assert said["path"].startswith("/findings/")
