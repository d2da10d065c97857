"""Where a finding may be reported: sites with their places and assets, and what is open there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.findings.deadline_policy import arithmetic
from inspections.findings.opening import own_policy
from inspections.lookup import work_calendar
from inspections.models import AssetRow, FindingRow, PersonRow, PlaceRow, SiteRow
from inspections.reactions.duplicates import OpenFindingHere
from inspections.reactions.preview import ExpectedFinding
from inspections.rounds.names import joined
from inspections.rounds.scope import Scope
from rules.rulebook import RuleBook
from rules.strictness import SEVERITIES
from rules.text import Text
from scheduler.deadlines import deadline

# A tablet keeps the page: beyond so many sites, places are looked up by site.
MOST_SITES = 20
MOST_OPEN = 100


@dataclass(frozen=True)
class SpotChoice:
    """Something that a finding may be about; `kind` is `site`, `place` or `asset`."""

    kind: str
    key: str
    name: Text


@dataclass(frozen=True)
class SiteSpots:
    """
    A site.

    Attributes:
        spots: Its places, then its assets; empty where they are not listed.
        deadlines: How long a finding may take from now, by severity, the lightest first.
        open: What is not closed there, with the spot it is at.
    """

    key: str
    name: Text
    spots: tuple[SpotChoice, ...] = ()
    deadlines: tuple[ExpectedFinding, ...] = ()
    open: tuple[tuple[SpotChoice, OpenFindingHere], ...] = ()


def finding_spots(
    session: Session, rulebook: RuleBook, scope: Scope, *, first: str | None, now: datetime
) -> tuple[SiteSpots, ...]:
    """
    Return the sites in scope: *first*, then those where the person works, then the others.

    The first twenty of them come with their places, assets, deadlines and open findings.
    """
    query = select(SiteRow).filter_by(organisation_id=scope.organisation, ended_on=None)
    if scope.sites:
        query = query.where(SiteRow.key.in_(scope.sites))
    own = _own_sites(session, scope)
    rows = sorted(
        session.scalars(query.order_by(SiteRow.position)),
        key=lambda row: (row.key != first, row.key not in own),
    )
    near = rows[:MOST_SITES]
    return (
        *(_whole(session, rulebook, row, now) for row in near),
        *(SiteSpots(row.key, row.name) for row in rows[MOST_SITES:]),
    )


def _own_sites(session: Session, scope: Scope) -> frozenset[str]:
    query = select(PersonRow.sites).filter_by(organisation_id=scope.organisation, key=scope.person)
    return frozenset(session.scalars(query).one_or_none() or ())


def _whole(session: Session, rulebook: RuleBook, site: SiteRow, now: datetime) -> SiteSpots:
    spots = tuple(_spots(session, site))
    return SiteSpots(
        key=site.key,
        name=site.name,
        spots=spots,
        deadlines=tuple(_deadlines(session, rulebook, site, now)),
        open=tuple(_open(session, site, spots)),
    )


def _spots(session: Session, site: SiteRow) -> Iterable[SpotChoice]:
    mine = {"site_id": site.id, "ended_on": None}
    places = list(session.scalars(select(PlaceRow).filter_by(**mine).order_by(PlaceRow.position)))
    names = {place.key: place.name for place in places}
    yield from (SpotChoice("place", place.key, place.name) for place in places)
    for asset in session.scalars(select(AssetRow).filter_by(**mine).order_by(AssetRow.position)):
        where = names.get(asset.place or "")
        yield SpotChoice("asset", asset.key, joined(where, asset.name) if where else asset.name)


def _deadlines(
    session: Session, rulebook: RuleBook, site: SiteRow, now: datetime
) -> Iterable[ExpectedFinding]:
    calendar = work_calendar(session, site)
    for severity in SEVERITIES:
        policy = own_policy(session, rulebook, site, severity=severity, at=now)
        until = deadline(now, policy.duration, calendar)
        yield ExpectedFinding(severity, until.due_at, arithmetic(until, policy.source))


def _open(
    session: Session, site: SiteRow, spots: tuple[SpotChoice, ...]
) -> Iterable[tuple[SpotChoice, OpenFindingHere]]:
    known = {(spot.kind, spot.key): spot for spot in spots}
    whole = SpotChoice("site", site.key, site.name)
    query = select(FindingRow).where(FindingRow.site_id == site.id, FindingRow.state != "closed")
    for row in session.scalars(query.order_by(FindingRow.id.desc()).limit(MOST_OPEN)):
        kind, key = ("asset", row.asset) if row.asset else ("place", row.place or "")
        here = known.get((kind, key)) if key else whole
        if here is not None:
            yield (
                here,
                OpenFindingHere(
                    row.id, row.number, row.title, row.severity, row.state, row.found_at, row.due_at
                ),
            )
