"""Ids of another organisation, or of a site out of scope, are not there: for any address."""

import pytest

from tests.security.addresses import READING
from tests.security.the_record import changed, content
from tests.security.two_organisations import FOREIGN, OUT_OF_SCOPE
from tests.web.pages import ADMINISTRATOR, OFFICER

# Open to everybody, or the same for everybody: what they name belongs to no organisation.
NOBODYS = {
    "device.notice",
    "scripts.static",
    "static",
    "stylesheet",
    "bootstrap.static",
    "calendar.guide",
    "codes.thing",
    "codes.report",
    "codes.reported",
}
# Open by a secret or a password of its own, not by a session.
SECRET = {"account.link", "calendar.feed", "devices.done", "devices.undone"}
# The device makes the id, and it names nothing before.
MADE_BY_WHO_SENDS = {"sync.photo"}
OF_THE_OFFICER = {"calendar.edit"}
# What a form would send, so that it is the id that is refused.
POSTED = {"step": "apply", "action": "again", "note": "x", "month": "2026-11"}
# What belongs to the organisation, not to a site; scope does not close it to its administrators.
WHOLE_ORGANISATION = {
    "accounts.tablet_withdraw",
    "authoring.edit",
    "authoring.history",
    "authoring.withdraw",
    "officer.rule",
}


def _answers(app, visitor, account, wanted):
    """What *account* gets beside 404 for every address with an id, and what changed thereby."""
    someone = visitor(account=account)
    token = someone.token()
    before = content(app)
    found = {}
    for one in wanted:
        for method in sorted(one.methods - {"HEAD", "OPTIONS"}):
            data = {} if method in READING else {"csrf_token": token, **POSTED}
            answer = someone.raw.open(one.path, method=method, data=data)
            found[one.endpoint, method] = answer.status_code
            answer.close()
    return {one: status for one, status in found.items() if status != 404}, changed(app, before)


@pytest.fixture(scope="session")
def with_ids(every_address):
    return [
        one
        for one in every_address
        if one.names and one.endpoint not in NOBODYS | SECRET | MADE_BY_WHO_SENDS
    ]


def test_addresses_are_there_for_whom_they_belong_to(app, visitor, with_ids):
    known = {name: visitor(account=name) for name in (ADMINISTRATOR, OFFICER)}
    reading = [one for one in with_ids if "GET" in one.methods]

    found = {}
    for one in reading:
        who = OFFICER if one.endpoint in OF_THE_OFFICER else ADMINISTRATOR
        with known[who].raw.get(one.path, buffered=True) as answer:
            found[one.path] = answer.status_code

    assert len(found) > 20
    assert {} == {path: status for path, status in found.items() if status not in {200, 302}}


def test_another_organisation_finds_nothing(app, visitor, with_ids):
    assert ({}, []) == _answers(app, visitor, FOREIGN, with_ids)


def test_who_has_other_sites_finds_nothing(app, visitor, with_ids):
    wanted = [one for one in with_ids if one.endpoint not in WHOLE_ORGANISATION]

    assert ({}, []) == _answers(app, visitor, OUT_OF_SCOPE, wanted)
