"""
Other occurrences that one inspection serves.

Several clauses may ask for the same check of the same thing. An inspection serves every open
occurrence with the same target and checklist whose window it lies in, if the rule would have let
the same person do it.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import duty_of, person_by_key, work_calendar
from inspections.models import CertificateRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.rules_in_force import RuleInForce, rule_behind
from inspections.target import target_of
from rules.pack import People
from rules.rulebook import RuleBook

# A record that comes after the sweep recovers the others too.
OPEN_STATES = ("scheduled", "in_progress", "missed")


def served_together(
    session: Session, rulebook: RuleBook, occurrence: OccurrenceRow, *, by: str, at: datetime
) -> tuple[OccurrenceRow, ...]:
    """
    Return the others that *by* also performs with *occurrence* at an instant, by id.

    Only rules that name a checklist of their own share it; a rule without one is served alone.
    """
    own = rule_behind(session, rulebook, occurrence)
    if own is None or own.version.checklist is None:
        return ()
    return tuple(
        other
        for other in _candidates(session, occurrence, at)
        for found in [rule_behind(session, rulebook, other)]
        if found and _asks_for_the_same(own, found) and _may(session, other, found, by, at)
    )


def _candidates(
    session: Session, occurrence: OccurrenceRow, at: datetime
) -> tuple[OccurrenceRow, ...]:
    duty = duty_of(session, occurrence)
    query = (
        select(OccurrenceRow)
        .join(DutyRow, OccurrenceRow.duty_id == DutyRow.id)
        .where(DutyRow.site_id == duty.site_id, DutyRow.target_kind == duty.target_kind)
        .where(DutyRow.target == duty.target, OccurrenceRow.id != occurrence.id)
        .where(OccurrenceRow.state.in_(OPEN_STATES))
        .where(OccurrenceRow.opens_at <= at, OccurrenceRow.closes_at >= at)
        .order_by(OccurrenceRow.id)
    )
    return tuple(session.scalars(query))


def _asks_for_the_same(own: RuleInForce, other: RuleInForce) -> bool:
    same_checklist = own.version.checklist == other.version.checklist
    # A re-check is never the check that found the fault.
    if "rectifier" in (*own.version.people.excludes, *other.version.people.excludes):
        return False
    return same_checklist and own.version.people.count == other.version.people.count


def _may(
    session: Session, occurrence: OccurrenceRow, found: RuleInForce, by: str, at: datetime
) -> bool:
    people = found.version.people
    duty = duty_of(session, occurrence)
    person = person_by_key(session, duty.organisation_id, by)
    site = session.get_one(SiteRow, occurrence.site_id)
    day = at.astimezone(work_calendar(session, site).zone).date()
    return (
        by not in target_of(session, duty).excluded(people.excludes)
        and (not people.roles or not set(people.roles).isdisjoint(person.roles))
        and _is_certified(session, person, people, day)
    )


def _is_certified(session: Session, person: PersonRow, people: People, day: date) -> bool:
    query = select(CertificateRow).filter_by(person_id=person.id, ended_on=None)
    valid = {
        row.kind
        for row in session.scalars(query)
        if row.since <= day and (row.until is None or day <= row.until)
    }
    return set(people.qualifications) <= valid
