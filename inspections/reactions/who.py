"""Whom a consequence falls to: a role, or somebody named by how they stand to the thing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import AbsenceRow, PersonRow
from inspections.reactions.targets import Concerned
from rules.reactions import RELATIONS

# Who supervises where no team lead of the doer's team is there.
_SUPERVISORS = ("team-lead", "safety-officer", "responsible-person")


@dataclass(frozen=True)
class Standing:
    """
    How people stand to an event.

    Attributes:
        doer: Key of who did it, or was to do it.
        on: Local day; who is away on it is passed over where another holds the role.
    """

    concerned: Concerned
    doer: str | None
    on: date


def responsible(session: Session, who: str | None, standing: Standing) -> str | None:
    """Return the key of the person, or nothing where nobody is named or holds the role."""
    if who is None:
        return None
    if who in RELATIONS:
        return _related(session, who, standing)
    return holder(session, who, standing)


def holder(session: Session, role: str, standing: Standing) -> str | None:
    """
    Return who holds a role at the site: own staff before contractors, those present first.

    Whoever did it stands last: nobody is to look over their own shoulder where another can.
    """
    people = [row for row in _people(session, standing) if role in row.roles]
    away = _away(session, [row.id for row in people], standing.on)

    def order(row: PersonRow) -> tuple[bool, bool, bool, int]:
        return (row.key == standing.doer, row.id in away, row.employer is not None, row.position)

    return min(people, key=order).key if people else None


def _related(session: Session, who: str, standing: Standing) -> str | None:
    concerned = standing.concerned
    if who == "doer":
        return standing.doer
    if who == "supervisor":
        return _supervisor(session, standing)
    keeper = next((row.keeper for row in (concerned.asset, concerned.place) if row), None)
    return (
        (concerned.asset.maintainer if concerned.asset else None) if who == "maintainer" else keeper
    )


def _supervisor(session: Session, standing: Standing) -> str | None:
    people = _people(session, standing)
    doer = next((row for row in people if row.key == standing.doer), None)
    leads = [row for row in people if "team-lead" in row.roles and row.key != standing.doer]
    same_team = [row for row in leads if doer is not None and doer.team and row.team == doer.team]
    if same_team:
        return min(same_team, key=lambda row: row.position).key
    found = (holder(session, role, standing) for role in _SUPERVISORS)
    others = (key for key in found if key is not None and key != standing.doer)
    return next(others, None)


def _people(session: Session, standing: Standing) -> list[PersonRow]:
    site = standing.concerned.site
    query = select(PersonRow).filter_by(organisation_id=site.organisation_id, ended_on=None)
    rows = session.scalars(query.order_by(PersonRow.position))
    return [row for row in rows if site.key in row.sites]


def _away(session: Session, people: list[int], on: date) -> frozenset[int]:
    query = select(AbsenceRow.person_id).where(
        AbsenceRow.person_id.in_(people),
        AbsenceRow.ended_on.is_(None),
        AbsenceRow.since <= on,
        AbsenceRow.until >= on,
    )
    return frozenset(session.scalars(query))
