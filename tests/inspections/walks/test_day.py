"""Routes of people's days from the record, on both databases."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from inspections.answers import AnswerGiven
from inspections.device_clock import server_clock
from inspections.importing import import_organisation
from inspections.models import (
    AssignmentRow,
    DutyRow,
    OccurrenceRow,
    PersonRow,
    SiteRow,
    WalkingTimeRow,
)
from inspections.planning import plan
from inspections.recording import finish_inspection, record_answers, start_inspection
from inspections.rounds.scope import Scope
from inspections.walks.checks import Check
from inspections.walks.day import day_route
from inspections.walks.planned import Wanted, in_hours, planned_walks
from inspections.walks.ways import known_ways
from rules.organisation.model import Way
from scheduler.walks.ways import Point

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=SHANGHAI)
KITCHEN, YARD = Point("main", "kitchen"), Point("main", "yard")


def _way(start, end, minutes):
    return Way.model_validate({"from": start, "to": end, "minutes": minutes})


@pytest.fixture
def school(session, campus):
    site = campus.sites[0].model_copy(
        update={"order": ("yard", "kitchen"), "travel": (_way("yard", "kitchen", 6),)}
    )
    import_organisation(session, campus.model_copy(update={"sites": (site,)}), now=NOW)
    return session


def _site(session):
    return session.scalars(select(SiteRow)).one()


def _ways(session):
    return known_ways(session, "campus", sites=[_site(session).id], on=MONDAY)


def _measure(session, minutes):
    one, other = sorted(("yard", "kitchen"))
    session.add(
        WalkingTimeRow(
            site_id=_site(session).id,
            place=one,
            other=other,
            minutes=minutes,
            by="officer",
            at=NOW,
        )
    )
    session.flush()


def _check(session, number, kind, key, hours=(8, 16)):
    opens, due = (MIDNIGHT + timedelta(hours=hour) for hour in hours)
    return Check(number, (_site(session).id, kind, key), opens, due, minutes=10, apart=10)


def _route(session, *checks, person="officer"):
    scope = Scope("campus", person)
    return day_route(session, scope, checks, now=NINE.astimezone(UTC), since=MIDNIGHT)


def test_a_stated_way_holds_until_one_is_measured(school):
    stated = _ways(school).minutes(YARD, KITCHEN)
    _measure(school, 9)
    _measure(school, 4)

    assert (6, 4) == (stated, _ways(school).minutes(YARD, KITCHEN))


def test_the_order_of_the_file_is_the_house_order(school):
    assert [YARD, KITCHEN] == sorted((KITCHEN, YARD), key=_ways(school).rank)


def test_an_asset_is_checked_where_it_stands(school):
    checks = (
        _check(school, 1, "asset", "fridge"),
        _check(school, 2, "place", "kitchen"),
        _check(school, 3, "asset", "alarm"),
    )

    found = _route(school, *checks)

    assert {KITCHEN, Point("main")} == {stop.at for stop in found.route.stops}
    assert "厨房" == found.names[KITCHEN].zh
    assert "主校区" == found.names[Point("main")].zh


def test_the_route_begins_where_the_last_check_was_finished(school, rulebook):
    _plan(school, rulebook)
    yard, person = _first(school, "yard-daily")
    _do(school, rulebook, yard, person)

    found = _route(school, _check(school, 1, "place", "kitchen"), person=person)

    assert 6 == found.route.way


def _plan(session, rulebook):
    span = {"since": MONDAY, "until": date(2026, 3, 8)}
    plan(session, rulebook, organisation_id="campus", now=NOW, seconds=1, **span)
    session.flush()


def _first(session, rule):
    query = (
        select(OccurrenceRow, PersonRow.key)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(DutyRow.rule == rule)
        .order_by(OccurrenceRow.due_at)
    )
    return session.execute(query).first()


def _do(session, rulebook, occurrence, person):
    inspection, clock = str(uuid4()), server_clock(NINE.astimezone(UTC) - timedelta(minutes=10))
    start_inspection(
        session,
        rulebook,
        inspection_id=inspection,
        occurrence_id=occurrence.id,
        by=person,
        clock=clock,
    )
    answers = {"surface": AnswerGiven("pass"), "gate": AnswerGiven("locked")}
    given = {"inspection_id": inspection, "clock": clock}
    record_answers(session, rulebook, answers=answers, **given)
    finish_inspection(session, rulebook, **given)


def _walks(session, rulebook, on=MONDAY, now=NOW, person=None):
    wanted = Wanted("campus", SHANGHAI, on, person)
    return tuple(planned_walks(session, rulebook, wanted, now=now))


def test_everything_planned_on_a_day_is_on_its_persons_route_once(school, rulebook):
    _plan(school, rulebook)

    listed = [
        (int(visit.id), one.person)
        for one in _walks(school, rulebook)
        for stop in one.found.route.stops
        for visit in stop.visits
    ]

    query = (
        select(OccurrenceRow.id, PersonRow.key)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(OccurrenceRow.planned_on == MONDAY, OccurrenceRow.hidden_until.is_(None))
    )
    assert listed
    assert sorted(listed) == sorted((id_, person) for id_, person in school.execute(query))


def test_a_later_day_begins_when_the_site_opens(school, rulebook):
    _plan(school, rulebook)

    begins = [walk.starts for one in _walks(school, rulebook) for walk in one.found.route.walks]

    assert min(begins) * 60 >= (MIDNIGHT + timedelta(hours=8)).timestamp()


def test_what_is_hidden_is_on_no_route_before_it_begins(school, rulebook):
    _plan(school, rulebook)
    hidden, person = _first(school, "yard-daily")
    hidden.hidden_until = hidden.opens_at
    school.flush()

    before, after = (
        [visit.id for one in found for stop in one.found.route.stops for visit in stop.visits]
        for at in (NOW, hidden.opens_at)
        for found in [_walks(school, rulebook, MONDAY, at, person)]
    )

    assert str(hidden.id) not in before
    assert str(hidden.id) in after


def test_only_the_person_asked_for_is_listed(school, rulebook):
    _plan(school, rulebook)

    assert {"cook"} >= {one.person for one in _walks(school, rulebook, person="cook")}


def _check_at(opens, due):
    at = {"opens_at": MIDNIGHT + timedelta(hours=opens), "due_at": MIDNIGHT + timedelta(hours=due)}
    return Check(1, (1, "place", "yard"), minutes=10, apart=10, **at)


@pytest.mark.parametrize(
    ("opens", "due", "begins"),
    [(0, 24, 10), (8, 10, 8), (11, 12, 11), (-60, 10, 0), (-2, 0, -2), (-60, 0, -12)],
    ids=[
        "all day: from the opening",
        "before the opening: in its window",
        "later: when it opens",
        "of a week: from midnight",
        "due at midnight: the evening before",
        "of a week and due at midnight: at noon",
    ],
)
def test_a_planned_check_is_walked_in_the_hours_of_its_site_where_it_can(opens, due, begins):
    found = in_hours(_check_at(opens, due), MIDNIGHT + timedelta(hours=10), MIDNIGHT)

    assert MIDNIGHT + timedelta(hours=begins) == found.opens_at
