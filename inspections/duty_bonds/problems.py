"""Pairings and separations of the record as the roster solver takes them."""

from collections.abc import Collection
from dataclasses import replace
from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from inspections.models import DutyBondRow
from rules.text import Text
from scheduler.roster.problem import Bond, RosterProblem


def with_bonds(session: Session, organisation_id: str, problem: RosterProblem) -> RosterProblem:
    """
    Return the problem with the bonds of its people that hold on one of its days.

    Who stands only with people who are all gone stands nothing, until the pairing is ended.
    """
    query = (
        select(DutyBondRow)
        .filter_by(organisation_id=organisation_id, ended_at=None)
        .where(DutyBondRow.since <= problem.until)
        .where(or_(DutyBondRow.until.is_(None), DutyBondRow.until >= problem.since))
        .order_by(DutyBondRow.id)
    )
    people = {person.id for person in problem.people}
    found = tuple(_bond(row, people) for row in session.scalars(query) if _concerns(row, people))
    return replace(problem, bonds=(*problem.bonds, *found))


def _concerns(row: DutyBondRow, people: Collection[str]) -> bool:
    if row.kind == "with":
        return row.people[0] in people
    return sum(one in people for one in row.people) > 1


def _bond(row: DutyBondRow, people: Collection[str]) -> Bond:
    there = tuple(one for one in row.people if one in people)
    reason = Text(zh=row.reason, en=row.reason)
    kind: Literal["apart", "with"] = "with" if row.kind == "with" else "apart"
    return Bond(kind, there, reason, since=row.since, until=row.until)
