"""Read from the record what the patterns are looked for in: one site or many, one month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, cast, func, or_, select
from sqlalchemy.orm import Session

from inspections.models import (
    AnswerRow,
    AssetRow,
    DutyRow,
    EvidenceLinkRow,
    EvidenceRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    PlaceRow,
    SiteRow,
    WalkingTimeRow,
)
from inspections.plausibility.material import Photo, Reading, Walk, Ways
from inspections.plausibility.thresholds import Limits

# A photo is compared with those of this long before.
LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True)
class Span:
    """Some sites of an organisation, by id, and from when (included) until when (not)."""

    organisation: str
    sites: tuple[int, ...]
    since: datetime
    until: datetime


def walks_in(session: Session, span: Span) -> tuple[Walk, ...]:
    """Return the inspections finished in *span* that have answers."""
    places = _places_of_assets(session, span)
    query = (
        select(
            InspectionRow.id,
            InspectionRow.by,
            OccurrenceRow.site_id,
            DutyRow.target_kind,
            DutyRow.target,
            DutyRow.rule,
            OccurrenceRow.opens_at,
            OccurrenceRow.due_at,
            func.min(AnswerRow.at),
            func.max(AnswerRow.at),
            func.count(AnswerRow.item.distinct()),
            InspectionRow.finished_at,
        )
        .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(AnswerRow, AnswerRow.inspection_id == InspectionRow.id)
        .group_by(InspectionRow.id, OccurrenceRow.id, DutyRow.id)
    )
    return tuple(
        Walk(id_, by, site, _place(site, kind, key, places), (kind, key), *rest)
        for id_, by, site, kind, key, *rest in session.execute(_within(query, span))
    )


def readings_in(session: Session, span: Span) -> Iterator[Reading]:
    """Yield the last reading of each item in *span*: what is a figure, not a word or a photo."""
    text = cast(AnswerRow.value, String)
    query = (
        select(
            InspectionRow.id,
            InspectionRow.by,
            OccurrenceRow.site_id,
            DutyRow.target_kind,
            DutyRow.target,
            DutyRow.rule,
            AnswerRow.item,
            AnswerRow.value,
            AnswerRow.at,
        )
        .join(AnswerRow, AnswerRow.inspection_id == InspectionRow.id)
        .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .where(text.not_like('"%'), text.not_like('["%'))
        .order_by(AnswerRow.attempt)
    )
    last: dict[tuple[str, str], Reading] = {}
    for id_, by, site, kind, key, rule, item, value, at in session.execute(_within(query, span)):
        last[id_, item] = Reading(id_, by, site, (kind, key), rule, item, value, at)
    yield from last.values()


def photos_in(session: Session, span: Span) -> Iterator[Photo]:
    """Yield the photos of *span* and of `LOOK_BACK` before it, where they are used."""
    opened_by = FindingRow.inspection_id
    site = func.coalesce(OccurrenceRow.site_id, FindingRow.site_id)
    query = (
        select(
            EvidenceRow.sha256,
            EvidenceRow.look,
            func.coalesce(EvidenceLinkRow.inspection_id, opened_by),
            EvidenceLinkRow.finding_id,
            site,
            EvidenceLinkRow.by,
            EvidenceLinkRow.at,
        )
        .join(EvidenceLinkRow, EvidenceLinkRow.sha256 == EvidenceRow.sha256)
        .outerjoin(FindingRow, FindingRow.id == EvidenceLinkRow.finding_id)
        .outerjoin(
            InspectionRow,
            InspectionRow.id == func.coalesce(EvidenceLinkRow.inspection_id, opened_by),
        )
        .outerjoin(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .where(EvidenceRow.media_type.like("image/%"))
        .where(or_(EvidenceLinkRow.inspection_id.is_not(None), FindingRow.id.is_not(None)))
        .where(EvidenceLinkRow.at >= span.since - LOOK_BACK, EvidenceLinkRow.at < span.until)
        .where(site.in_(span.sites))
    )
    for sha256, look, inspection, finding, where, by, at in session.execute(query):
        owner = ("inspection", inspection) if inspection else ("finding", str(finding))
        yield Photo(sha256, look, owner, where, by, at)


def ways_between(session: Session, span: Span, limits: Limits) -> Ways:
    """Return how long ways take at the sites of *span*."""
    measured = select(WalkingTimeRow).where(WalkingTimeRow.site_id.in_(span.sites))
    minutes = {
        (row.site_id, row.place, row.other): row.minutes
        for row in session.scalars(measured.order_by(WalkingTimeRow.id))
    }
    places = select(PlaceRow.site_id, PlaceRow.key, PlaceRow.facts)
    buildings = {
        (site, key): str(facts["place.building"])
        for site, key, facts in session.execute(places.where(PlaceRow.site_id.in_(span.sites)))
        if facts.get("place.building")
    }
    return Ways(minutes, buildings, limits["walk_buildings"], limits["walk_sites"])


def sites_in_scope(session: Session, organisation: str, keys: Iterable[str]) -> dict[int, SiteRow]:
    """Return the sites by id; no keys means all of the organisation."""
    query = select(SiteRow).filter_by(organisation_id=organisation).order_by(SiteRow.position)
    wanted = tuple(keys)
    if wanted:
        query = query.where(SiteRow.key.in_(wanted))
    return {row.id: row for row in session.scalars(query)}


def _within(query: Any, span: Span) -> Select[Any]:
    found: Select[Any] = query.where(
        InspectionRow.finished_at >= span.since,
        InspectionRow.finished_at < span.until,
        OccurrenceRow.site_id.in_(span.sites),
    )
    return found


def _places_of_assets(session: Session, span: Span) -> dict[tuple[int, str], str | None]:
    query = select(AssetRow.site_id, AssetRow.key, AssetRow.place)
    rows = session.execute(query.where(AssetRow.site_id.in_(span.sites)))
    return {(site, key): place for site, key, place in rows}


def _place(site: int, kind: str, key: str, places: dict[tuple[int, str], str | None]) -> str | None:
    if kind == "place":
        return key
    return places.get((site, key)) if kind == "asset" else None
