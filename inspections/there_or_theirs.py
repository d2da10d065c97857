"""Occurrences of some sites with what their people have elsewhere, and who has which."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import Session

from inspections.models import AssignmentRow, OccurrenceRow, PersonRow, SiteRow
from rules.organisation.model import Organisation

# More ids than a database takes in one question are not named.
MOST_NAMED = 20_000
Current = dict[int, tuple[str, ...]]


def there_or_theirs(
    organisation: Organisation, sites: Collection[str], *which: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return the condition of being at *sites*, or what their people have at other sites."""
    there = (
        select(OccurrenceRow.id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(SiteRow.organisation_id == organisation.id, SiteRow.key.in_(sites), *which)
    )
    people = [one.id for one in organisation.people if not set(sites).isdisjoint(one.sites)]
    theirs = (
        select(AssignmentRow.occurrence_id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .where(PersonRow.organisation_id == organisation.id, PersonRow.key.in_(people), *which)
    )
    return OccurrenceRow.id.in_(union(there, theirs))


def people_of(
    session: Session, organisation_id: str, wanted: Any
) -> tuple[Current, frozenset[int]]:
    """Return who has each of the *wanted* occurrences, and which of these are pinned."""
    query = (
        select(AssignmentRow.occurrence_id, PersonRow.key, AssignmentRow.pinned)
        .join(PersonRow)
        .where(
            AssignmentRow.occurrence_id.in_(wanted)
            if len(wanted) < MOST_NAMED
            else PersonRow.organisation_id == organisation_id
        )
        .order_by(PersonRow.key)
    )
    people: defaultdict[int, list[str]] = defaultdict(list)
    pinned = set()
    for row in session.execute(query):
        if row.occurrence_id in wanted:
            people[row.occurrence_id].append(row.key)
            if row.pinned:
                pinned.add(row.occurrence_id)
    return {id_: tuple(keys) for id_, keys in people.items()}, frozenset(pinned)
