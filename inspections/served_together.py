"""
Other occurrences that one inspection serves.

Several clauses may ask for the same check of the same thing. An inspection serves every open
occurrence with the same target whose window it lies in, if the rule would have let the same person
do it, and if it asks for the same checklist or is made stricter by the rule that was followed.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import duty_of, existing, person_by_key, work_calendar
from inspections.models import CertificateRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.rules_in_force import RuleInForce, rule_behind
from inspections.target import target_of
from rules.layers import tightened_by
from rules.pack import People, RuleVersion
from rules.rulebook import RuleBook

# A record that comes after the sweep recovers the others too.
OPEN_STATES = ("scheduled", "in_progress", "missed")


def served_together(
    session: Session, rulebook: RuleBook, occurrence: OccurrenceRow, *, by: str, at: datetime
) -> tuple[OccurrenceRow, ...]:
    """
    Return the others that *by* also performs with *occurrence* at an instant, by id.

    Only rules that name a checklist of their own share it; a rule without one is served alone, or
    by one that tightens it.
    """
    own = rule_behind(session, rulebook, occurrence)
    if own is None:
        return ()
    below = tightened_by(rulebook, own.rule.id)
    alike = {*below, *_naming(rulebook, own.version.checklist)}
    return tuple(
        other
        for other in _candidates(session, occurrence, at, alike)
        for found in [rule_behind(session, rulebook, other)]
        if found
        and (_asks_for_the_same(own, found) or serves_below(own, found, below))
        and _may(session, other, found, by, at)
    )


def rules_served(
    session: Session, rulebook: RuleBook, occurrence_id: int, *, by: str, at: datetime
) -> tuple[str, ...]:
    """Return the ids of the other rules that an inspection of the occurrence would serve."""
    occurrence = existing(session, OccurrenceRow, occurrence_id)
    others = served_together(session, rulebook, occurrence, by=by, at=at)
    return tuple(duty_of(session, other).rule for other in others)


def _naming(rulebook: RuleBook, checklist: str | None) -> Iterator[str]:
    """Yield the ids of the rules of which some version asks for the checklist."""
    if checklist is not None:
        for rule in rulebook.rules.values():
            if any(version.checklist == checklist for version in rule.versions):
                yield rule.id


def _candidates(
    session: Session, occurrence: OccurrenceRow, at: datetime, rules: Collection[str]
) -> tuple[OccurrenceRow, ...]:
    duty = duty_of(session, occurrence)
    query = (
        select(OccurrenceRow)
        .join(DutyRow, OccurrenceRow.duty_id == DutyRow.id)
        .where(DutyRow.site_id == duty.site_id, DutyRow.target_kind == duty.target_kind)
        .where(DutyRow.target == duty.target, OccurrenceRow.id != occurrence.id)
        .where(DutyRow.rule.in_(rules))
        .where(OccurrenceRow.state.in_(OPEN_STATES))
        .where(OccurrenceRow.opens_at <= at, OccurrenceRow.closes_at >= at)
        .order_by(OccurrenceRow.id)
    )
    return tuple(session.scalars(query))


def is_shared(version: RuleVersion) -> bool:
    """Tell whether an inspection under *version* may serve others: it names its checklist."""
    # A re-check is never the check that found the fault.
    return version.checklist is not None and "rectifier" not in version.people.excludes


def serves_below(own: RuleInForce, other: RuleInForce, below: Collection[str]) -> bool:
    """
    Tell whether what is done under *own* is all that *other* asks for.

    *below* holds the ids of the rules that the own one makes stricter.
    """
    is_recheck = "rectifier" in (*own.version.people.excludes, *other.version.people.excludes)
    enough = own.version.people.count >= other.version.people.count
    return other.rule.id in below and enough and not is_recheck


def _asks_for_the_same(own: RuleInForce, other: RuleInForce) -> bool:
    same_checklist = own.version.checklist == other.version.checklist
    same_people = own.version.people.count == other.version.people.count
    both_shared = is_shared(own.version) and is_shared(other.version)
    return both_shared and same_checklist and same_people


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
