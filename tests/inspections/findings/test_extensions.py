"""More time: who may ask, who may decide, and what it does to the deadline."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from inspections.accounts import ROLES
from inspections.editing import Editor
from inspections.errors import NotFound, Refused, WrongState
from inspections.findings.extensions import (
    AskedAlready,
    NothingAsked,
    NotLater,
    ask_for_time,
    grant_time,
    refuse_time,
    take_back_request,
)
from inspections.findings.rectification import confirm, submit_rectification
from inspections.models import AuditRow, FindingRow
from inspections.rounds.findings import finding_detail
from tests.inspections.findings.conftest import FOUND, LATER

# Moderate: three working days after Monday 2 March is Thursday, with the school's hours.
FIRST = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
UNTIL = date(2026, 3, 11)
GRANTED = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
COOK = Editor("campus", "cook", "inspector")
OFFICER = Editor("campus", "officer", "safety-officer")
HEAD = Editor("campus", "head", "responsible-person")


def _ask(session, finding, editor=COOK, until=UNTIL, now=LATER):
    return ask_for_time(session, finding, until=until, note="无配件", editor=editor, now=now)


def _outcome(step, *args, **given):
    try:
        step(*args, **given)
    except Refused as refusal:
        return refusal.code
    return "ok"


def test_asking_moves_nothing_and_granting_moves_the_deadline_in_force_only(school, found):
    finding = found()

    _ask(school, finding)
    waiting = finding_detail(school, finding, organisation="campus", asked_by=None)
    grant_time(school, finding, note="至多一次", editor=OFFICER, now=LATER)

    row = school.get_one(FindingRow, finding)
    assert (FIRST, GRANTED) == (waiting.due_at, waiting.asked.until)
    assert (GRANTED, FIRST) == (row.due_at, row.first_due_at)


def test_refusing_leaves_the_deadline_and_says_why_in_the_log(school, found):
    finding = found()
    _ask(school, finding)

    refuse_time(school, finding, note="有替代件", editor=HEAD, now=LATER)

    detail = finding_detail(school, finding, organisation="campus", asked_by=None)
    assert (FIRST, None) == (detail.due_at, detail.asked)
    assert ("extension-refused", "王校长", "有替代件") == (
        detail.log[-1].kind,
        detail.log[-1].by.zh,
        detail.log[-1].note,
    )


MAY_ASK = {
    ("cook", role): "ok"
    for role in ROLES  # the owner, whatever the role of the account
} | {
    ("guard", role): "ok"
    if role in {"administrator", "safety-officer", "team-lead", "responsible-person"}
    else ("not-found" if role == "contractor" else "not-the-owner")
    for role in ROLES
}


def test_the_owner_or_somebody_in_charge_asks(school, found):
    outcomes = {
        (person, role): _outcome(_ask, school, found(), editor=Editor("campus", person, role))
        for person, role in MAY_ASK
    }

    assert MAY_ASK == outcomes


@pytest.mark.parametrize("decide", [grant_time, refuse_time])
def test_another_person_in_charge_decides_who_neither_asked_nor_owns(school, found, decide):
    outcomes = {}
    for role in ROLES:
        for person in ("officer", "cook", "head"):  # asked, owns, neither
            finding = found(owner="cook")
            _ask(school, finding, editor=OFFICER)
            editor = Editor("campus", person, role)
            outcomes[person, role] = _outcome(
                decide, school, finding, note="x", editor=editor, now=LATER
            )

    in_charge = {"administrator", "safety-officer", "responsible-person"}
    expected = {}
    for role in ROLES:
        other = "extension-not-decider"
        hidden = "not-found" if role == "contractor" else other
        expected["officer", role] = "extension-own-request" if role in in_charge else hidden
        expected["cook", role] = "extension-own-request" if role in in_charge else other
        expected["head", role] = "ok" if role in in_charge else hidden
    assert expected == outcomes


def test_one_request_at_a_time_and_none_that_gives_no_time(school, found):
    finding = found()

    with pytest.raises(NotLater):
        _ask(school, finding, until=date(2026, 3, 5))
    with pytest.raises(NothingAsked):
        grant_time(school, finding, note="x", editor=OFFICER, now=LATER)
    _ask(school, finding)
    with pytest.raises(AskedAlready):
        _ask(school, finding, until=date(2026, 3, 12))
    take_back_request(school, finding, editor=COOK, now=LATER)
    assert _ask(school, finding, until=date(2026, 3, 12)).until.day == 12


def test_only_who_asked_takes_the_request_back(school, found):
    finding = found()
    _ask(school, finding)

    assert "not-the-owner" == _outcome(
        take_back_request, school, finding, editor=OFFICER, now=LATER
    )


def test_what_is_closed_gets_no_more_time(school, found):
    finding = found()
    _ask(school, finding)
    submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="x")
    confirm(school, finding_id=finding, by="head", now=LATER)

    with pytest.raises(WrongState):
        _ask(school, finding)
    with pytest.raises(WrongState):
        grant_time(school, finding, note="x", editor=OFFICER, now=LATER)


def test_other_organisations_and_sites_out_of_scope_have_no_such_finding(school, found):
    finding = found()
    strangers = [
        Editor("elsewhere", "cook", "administrator"),
        Editor("campus", "officer", "safety-officer", ("annex",)),
    ]

    for stranger in strangers:
        with pytest.raises(NotFound):
            _ask(school, finding, editor=stranger)


def test_the_audit_log_tells_the_deadline_before_and_after(school, found):
    finding = found()
    _ask(school, finding)
    grant_time(school, finding, note="至多一次", editor=OFFICER, now=LATER)

    query = select(AuditRow).filter_by(action="finding.extended")
    row = school.scalars(query).one()

    assert ("officer", FIRST.isoformat()) == (row.by, row.before["due_at"])
    assert (GRANTED.isoformat(), "至多一次") == (row.after["due_at"], row.after["note"])


def test_a_site_that_is_shut_ends_its_day_at_midnight(school, found):
    saturday = date(2026, 3, 14)

    until = _ask(school, found(), until=saturday, now=FOUND).until

    assert (
        datetime(2026, 3, 14, 16, 0, tzinfo=UTC) > until > datetime(2026, 3, 14, 15, 0, tzinfo=UTC)
    )
