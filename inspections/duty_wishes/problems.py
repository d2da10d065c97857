"""Wishes of the record as the roster solver takes them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyWishRow, PersonRow
from scheduler.roster.problem import RosterProblem, Wish

_DAY = timedelta(days=1)


def with_wishes(session: Session, organisation_id: str, problem: RosterProblem) -> RosterProblem:
    """Return the problem with what its people wish for its days; shifts that are gone are not."""
    query = (
        select(DutyWishRow, PersonRow.key)
        .join(PersonRow, DutyWishRow.person_id == PersonRow.id)
        .where(DutyWishRow.organisation_id == organisation_id)
        .where(DutyWishRow.withdrawn_at.is_(None), PersonRow.ended_on.is_(None))
        .where(DutyWishRow.until >= problem.since, DutyWishRow.since <= problem.until)
        .order_by(DutyWishRow.id)
    )
    people = {person.id for person in problem.people}
    shifts = {(post.id, shift.code) for post in problem.posts for shift in post.shifts}
    found = [
        wish
        for row, person in session.execute(query)
        if person in people and (row.kind == "off" or (row.post, row.shift) in shifts)
        for wish in _by_day(row, person, problem)
    ]
    return replace(problem, wishes=(*problem.wishes, *found))


def _by_day(row: DutyWishRow, person: str, problem: RosterProblem) -> Iterator[Wish]:
    cell = (row.post, row.shift) if row.post is not None and row.shift is not None else None
    day = max(row.since, problem.since)
    while day <= min(row.until, problem.until):
        yield Wish(person, day, cell, unwanted=row.kind == "avoid")
        day += _DAY
