"""Accounts of the demonstration: an administrator, a safety officer and an inspector each."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.accounts import Account, NewAccount, accounts_named, ensure_account
from inspections.models import AssignmentRow, OccurrenceRow, OrganisationRow, PersonRow
from inspections.signing_in.passwords import hashed

# Shown on the sign-in page of the demonstration, and nowhere else valid.
PASSWORD = "xunjian-demo"  # noqa: S105
_KINDS = ("administrator", "safety-officer", "inspector")


def ensure_demo_accounts(session: Session, organisation: str, *, now: datetime) -> tuple[str, ...]:
    """
    Give the organisation its three demo accounts and return their names; safe to repeat.

    The inspector is whoever has most to do within a day, so that Today has something to show.
    """
    people = _busiest_first(session, organisation, now)
    taken: set[str] = set()
    names = []
    for role in _KINDS:
        person = _suited(people, role, taken)
        taken.add(person.key)
        name = f"{organisation}-{role.removeprefix('safety-')}"
        account = NewAccount(organisation, name, PASSWORD, role, person.key, kept=_kept())
        ensure_account(session, account, now=now)
        names.append(name)
    return tuple(names)


@cache
def _kept() -> str:
    """Return one hash for all of them: everybody knows the password, and hashing is dear."""
    return hashed(PASSWORD)


def demo_accounts(session: Session) -> tuple[Account, ...]:
    """Return the demo accounts of every organisation that has them."""
    ids = session.scalars(select(OrganisationRow.id).order_by(OrganisationRow.id))
    return accounts_named(
        session, [f"{one}-{role.removeprefix('safety-')}" for one in ids for role in _KINDS]
    )


def _busiest_first(session: Session, organisation: str, now: datetime) -> list[PersonRow]:
    busy = (
        select(AssignmentRow.person_id, func.count().label("tasks"))
        .join(OccurrenceRow, OccurrenceRow.id == AssignmentRow.occurrence_id)
        .where(OccurrenceRow.due_at >= now, OccurrenceRow.due_at < now + timedelta(days=1))
        .group_by(AssignmentRow.person_id)
        .subquery()
    )
    query = (
        select(PersonRow)
        .outerjoin(busy, busy.c.person_id == PersonRow.id)
        .where(PersonRow.organisation_id == organisation, PersonRow.ended_on.is_(None))
        .order_by(func.coalesce(busy.c.tasks, 0).desc(), PersonRow.position)
    )
    return list(session.scalars(query))


def _suited(people: list[PersonRow], role: str, taken: set[str]) -> PersonRow:
    """Return who takes the account: by role in the organisation, else whoever is left."""
    wanted = {
        "administrator": {"leader", "responsible-person", "manager"},
        "safety-officer": {"safety-officer", "food-safety-officer"},
    }.get(role, set())
    left = [person for person in people if person.key not in taken and not person.employer]
    fitting = [person for person in left if wanted & set(person.roles)]
    return (fitting or left or people)[0]
