"""What may not be used now: stops that hold until their finding is confirmed as put right."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import AssetRow, DutyRow, FindingRow, PlaceRow, SiteRow, StopUseRow
from inspections.rounds.names import Target, joined, target_names
from rules.text import Text

# What "the kitchens of the site" are, by the kind of place.
KITCHENS = frozenset({"kitchen", "prep-room", "special-room"})
_ALL_KITCHENS = Text(zh="厨房", en="kitchens")


@dataclass(frozen=True)
class Stop:
    """
    One thing that may not be used.

    Attributes:
        scope: `asset`, `place`, `site-kitchen` or `site`; `target` is the key of what is meant.
        what: Its name.
        number: Of the finding that must be confirmed first.
        covers: The places and assets that it stops, as site id, kind and key.
    """

    id: int
    site: str
    site_name: Text
    scope: str
    target: str
    what: Text
    reason: Text
    rule: str
    since: datetime
    finding_id: int
    number: str
    state: str
    covers: frozenset[Target]


def active_stops(
    session: Session, organisation_id: str, *, sites: Iterable[str] = ()
) -> tuple[Stop, ...]:
    """Return the stops that hold, the newest first; with *sites*, only theirs."""
    wanted = set(sites)
    query = (
        select(StopUseRow, FindingRow, SiteRow)
        .join(FindingRow, FindingRow.id == StopUseRow.finding_id)
        .join(SiteRow, SiteRow.id == StopUseRow.site_id)
        .where(StopUseRow.organisation_id == organisation_id, FindingRow.state != "closed")
        .order_by(StopUseRow.since.desc(), StopUseRow.id.desc())
    )
    rows = [row for row in session.execute(query) if not wanted or row.SiteRow.key in wanted]
    names = target_names(session, [_named(row.StopUseRow, row.SiteRow) for row in rows])
    return tuple(_stop(session, *row, names) for row in rows)


def stops_on(stops: Iterable[Stop], target: Target) -> tuple[Stop, ...]:
    """Return those of *stops* that stop a target, given as site id, kind and key."""
    return tuple(stop for stop in stops if target in stop.covers)


def stopped_rules(
    session: Session, organisation_id: str, stops: Iterable[Stop]
) -> frozenset[tuple[str, str]]:
    """Return rule and site of every duty whose target is stopped."""
    covered = {target for stop in stops for target in stop.covers}
    if not covered:
        return frozenset()
    query = (
        select(DutyRow.rule, SiteRow.key, DutyRow.site_id, DutyRow.target_kind, DutyRow.target)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DutyRow.organisation_id == organisation_id, DutyRow.valid_until.is_(None))
        .where(DutyRow.site_id.in_({site for site, _, _ in covered}))
    )
    return frozenset(
        (row.rule, row.key)
        for row in session.execute(query)
        if (row.site_id, row.target_kind, row.target) in covered
    )


def _named(row: StopUseRow, site: SiteRow) -> Target:
    kind = row.scope if row.scope in ("asset", "place") else "site"
    return site.id, kind, row.target if kind != "site" else site.key


def _stop(
    session: Session,
    row: StopUseRow,
    finding: FindingRow,
    site: SiteRow,
    names: dict[Target, Text],
) -> Stop:
    name = names[_named(row, site)]
    if row.scope == "site-kitchen":
        name = joined(name, _ALL_KITCHENS)
    return Stop(
        id=row.id,
        site=site.key,
        site_name=site.name,
        scope=row.scope,
        target=row.target,
        what=name,
        reason=row.reason,
        rule=row.rule,
        since=row.since,
        finding_id=finding.id,
        number=finding.number,
        state=finding.state,
        covers=frozenset(_covered(session, row, site)),
    )


def _covered(session: Session, row: StopUseRow, site: SiteRow) -> Iterable[Target]:
    if row.scope == "asset":
        yield site.id, "asset", row.target
        return
    places = list(session.scalars(select(PlaceRow).filter_by(site_id=site.id, ended_on=None)))
    stopped = {place.key for place in places if _is_stopped(row, place)}
    yield from ((site.id, "place", key) for key in stopped)
    if row.scope == "site":
        yield site.id, "site", site.key
    assets = select(AssetRow.key, AssetRow.place).filter_by(site_id=site.id, ended_on=None)
    for key, place in session.execute(assets):
        if place in stopped or row.scope == "site":
            yield site.id, "asset", key


def _is_stopped(row: StopUseRow, place: PlaceRow) -> bool:
    if row.scope == "site-kitchen":
        return place.facts.get("place.kind") in KITCHENS
    return row.scope == "site" or (row.scope == "place" and place.key == row.target)
