"""Checks go to people who are on shift, once a roster is published."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow
from inspections.on_shift import on_shift
from inspections.planning import plan
from inspections.rosters import publish_roster, solve_rosters
from rules.organisation.model import Person
from rules.text import Text

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
SINCE, UNTIL = date(2026, 3, 2), date(2026, 3, 8)
ZONE = ZoneInfo("Asia/Shanghai")


def _guarded(session, campus, rulebook):
    """Publish the roster of a gate that six guards keep by day and night."""
    site = campus.sites[0]
    gate = site.posts[0].model_copy(update={"roles": ("guard",)})
    guards = tuple(
        Person(id=f"guard-{n}", name=Text(zh="保安", en="Guard"), sites=("main",), roles=("guard",))
        for n in range(6)
    )
    others = tuple(p for p in campus.people if "safety-officer" not in p.roles)
    school = campus.model_copy(
        update={
            "sites": (site.model_copy(update={"posts": (gate,)}),),
            "people": (*others, *guards),
        }
    )
    import_organisation(session, school, now=NOW)
    span = {"organisation_id": "campus", "since": SINCE, "until": UNTIL, "now": NOW}
    run = solve_rosters(session, rulebook, seconds=5, **span).runs["main"]
    publish_roster(session, run, by="head", now=NOW)
    return school, span


def test_a_night_shift_is_presence_until_the_next_morning(session, campus, rulebook):
    school, _ = _guarded(session, campus, rulebook)

    presence = on_shift(session, school, SINCE, UNTIL)

    spans = [span for days in presence.values() for spans in days.values() for span in spans]
    assert 14 == len(spans)
    assert {12} == {(until - since).total_seconds() / 3600 for since, until in spans}


def test_the_daily_round_goes_to_a_guard_who_is_on_the_day_shift(session, campus, rulebook):
    school, span = _guarded(session, campus, rulebook)
    presence = on_shift(session, school, SINCE, UNTIL)

    plan(session, rulebook, **span)

    query = (
        select(PersonRow.key, OccurrenceRow.opens_at, OccurrenceRow.due_at)
        .join(AssignmentRow, AssignmentRow.person_id == PersonRow.id)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .join(OccurrenceRow.duty)
        .where(DutyRow.rule == "yard-daily", PersonRow.key.in_(presence))
    )
    rounds = session.execute(query).all()
    assert rounds
    for person, opens_at, due_at in rounds:
        [(since, until)] = presence[person][opens_at.astimezone(ZONE).date()]
        assert since < due_at
        assert opens_at < until
