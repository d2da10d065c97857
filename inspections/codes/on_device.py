"""The codes that a tablet keeps, so that typing one leads somewhere without a network."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from inspections.codes.due_here import open_for
from inspections.models import AssetRow, PersonRow, PlaceRow, ShortCodeRow, SiteRow
from inspections.rounds.names import Target, target_names
from rules.text import Text


@dataclass(frozen=True, slots=True)
class KeptCode:
    """
    One code.

    Attributes:
        name: What it is on.
        site_name: Where.
        checks: Open occurrences of the person there, the one due first first, with their rules.
    """

    code: str
    name: Text
    site_name: Text
    checks: tuple[tuple[int, str], ...]


def codes_on_device(
    session: Session,
    organisation: str,
    *,
    person: str,
    sites: Collection[str] = (),
    now: datetime,
) -> tuple[KeptCode, ...]:
    """
    Return the codes of what is there at *sites*, by key; none named means where *person* works.

    Who works everywhere, or is nobody, gets those of the whole organisation.
    """
    wanted = tuple(sites) or _works_at(session, organisation, person)
    query = (
        select(ShortCodeRow.code, ShortCodeRow.site_id, ShortCodeRow.target_kind)
        .add_columns(ShortCodeRow.target, SiteRow.name)
        .join(SiteRow, SiteRow.id == ShortCodeRow.site_id)
        .where(SiteRow.organisation_id == organisation, SiteRow.ended_on.is_(None))
        .order_by(ShortCodeRow.code)
    )
    if wanted:
        query = query.where(SiteRow.key.in_(wanted))
    rows = session.execute(query).all()
    ended = _ended(session, {row.site_id for row in rows})
    rows = [row for row in rows if _target(row) not in ended]
    names = target_names(session, map(_target, rows))
    checks = _checks(session, organisation, person, now)
    return tuple(
        KeptCode(row.code, names[_target(row)], row.name, tuple(checks[_target(row)]))
        for row in rows
    )


def _target(row: Row[Any]) -> Target:
    return row.site_id, row.target_kind, row.target


def _works_at(session: Session, organisation: str, person: str) -> tuple[str, ...]:
    query = select(PersonRow.sites).filter_by(organisation_id=organisation, key=person)
    return tuple(session.scalars(query).one_or_none() or ())


def _ended(session: Session, sites: Iterable[int]) -> set[Target]:
    found: set[Target] = set()
    for kind, table in (("place", PlaceRow), ("asset", AssetRow)):
        query = select(table.site_id, table.key).where(
            table.site_id.in_(tuple(sites)), table.ended_on.is_not(None)
        )
        found |= {(site, kind, key) for site, key in session.execute(query)}
    return found


def _checks(
    session: Session, organisation: str, person: str, now: datetime
) -> defaultdict[Target, list[tuple[int, str]]]:
    found: defaultdict[Target, list[tuple[int, str]]] = defaultdict(list)
    for row in open_for(session, organisation, person, now=now):
        found[row.on].append((row.id, row.rule))
    return found
