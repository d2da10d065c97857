"""The figures that a house sets itself: thresholds from a day on, and ways that were measured."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.editing import EDITING_ROLES, Editor, NotAllowed
from inspections.errors import NotFound, Refused
from inspections.models import PlaceRow, SiteRow, ThresholdRow, WalkingTimeRow
from inspections.plausibility.limits import house_limits
from inspections.plausibility.thresholds import THRESHOLDS, Threshold
from rules.text import Text

LONGEST_WAY = 600


class FigureOutOfRange(Refused):
    """A figure lies outside what makes sense for it."""

    code = "figure-out-of-range"

    def __init__(self, title: Text, least: float, most: float) -> None:
        super().__init__(
            Text(
                zh=f"“{title.zh}”须在 {least:g} 至 {most:g} 之间。",
                en=f"“{title.en}” must lie between {least:g} and {most:g}.",
            )
        )


@dataclass(frozen=True)
class Way:
    """A measured way between two places."""

    site_name: Text
    place: Text
    other: Text
    minutes: float
    by: str
    at: datetime


def set_threshold(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session, name: str, *, value: float, since: date, editor: Editor, now: datetime
) -> None:
    """
    Let a figure hold from a day on; what was listed before that day stays as it was.

    Raises:
        NotAllowed: If the role does not edit, or not all sites are in scope.
        NotFound: If there is no such figure.
        FigureOutOfRange: If it makes no sense.
    """
    if editor.role not in EDITING_ROLES or editor.sites:
        raise NotAllowed
    one = THRESHOLDS.get(name)
    if one is None:
        raise NotFound(Text(zh="阈值", en="figure"), name)
    if not one.least <= value <= one.most:
        raise FigureOutOfRange(one.title, one.least, one.most)
    before = house_limits(session, editor.organisation, since)[name]
    common = {"organisation_id": editor.organisation, "by": editor.by, "at": now}
    session.add(ThresholdRow(name=name, since=since, value=value, **common))
    _note(session, editor, f"threshold/{name}", (before, value), since, now)


def set_way(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    site: str,
    *,
    places: tuple[str, str],
    minutes: float,
    editor: Editor,
    now: datetime,
) -> None:
    """
    Keep how long the way between two places of a site takes, in minutes.

    Raises:
        NotAllowed: If the role does not edit.
        NotFound: If site or places are not there, or out of scope.
        FigureOutOfRange: If it makes no sense.
    """
    if editor.role not in EDITING_ROLES:
        raise NotAllowed
    row = _site(session, site, editor)
    for place in places:
        if place not in dict(places_of(session, row.id)):
            raise NotFound(Text(zh="部位", en="place"), place)
    title = Text(zh="路上用时（分钟）", en="Way in minutes")
    if not 0 < minutes <= LONGEST_WAY or places[0] == places[1]:
        raise FigureOutOfRange(title, 0, LONGEST_WAY)
    one, other = sorted(places)
    session.add(
        WalkingTimeRow(
            site_id=row.id, place=one, other=other, minutes=minutes, by=editor.by, at=now
        )
    )
    _note(session, editor, f"way/{site}/{one}/{other}", (None, minutes), now.date(), now)


def ways_of(session: Session, sites: Iterable[int]) -> tuple[Way, ...]:
    """Return the measured ways of these sites, the latest figure of each."""
    query = (
        select(WalkingTimeRow, SiteRow.name)
        .join(SiteRow, SiteRow.id == WalkingTimeRow.site_id)
        .where(SiteRow.id.in_(tuple(sites)))
        .order_by(SiteRow.position, WalkingTimeRow.place, WalkingTimeRow.other, WalkingTimeRow.id)
    )
    found: dict[tuple[int, str, str], Way] = {}
    for row, site_name in session.execute(query):
        names = dict(places_of(session, row.site_id))
        one, other = (names.get(key, Text(zh=key, en=key)) for key in (row.place, row.other))
        way = Way(site_name, one, other, row.minutes, row.by, row.at)
        found[row.site_id, row.place, row.other] = way
    return tuple(found.values())


def places_of(session: Session, site_id: int) -> tuple[tuple[str, Text], ...]:
    """Return key and name of the places of a site that are there."""
    query = select(PlaceRow.key, PlaceRow.name).filter_by(site_id=site_id, ended_on=None)
    return tuple((key, name) for key, name in session.execute(query.order_by(PlaceRow.position)))


def thresholds() -> tuple[Threshold, ...]:
    """Return every figure that a house may set."""
    return tuple(THRESHOLDS.values())


def _site(session: Session, key: str, editor: Editor) -> SiteRow:
    query = select(SiteRow).filter_by(organisation_id=editor.organisation, key=key)
    row = session.scalars(query).one_or_none()
    if row is None or not editor.sees(key):
        raise NotFound(Text(zh="场所", en="site"), key)
    return row


def _note(  # noqa: PLR0913, PLR0917 (the parts of one entry)
    session: Session,
    editor: Editor,
    subject: str,
    values: tuple[float | None, float],
    since: date,
    now: datetime,
) -> None:
    before, after = values
    note_change(
        session,
        organisation=editor.organisation,
        by=editor.by,
        action="plausibility.figure-set",
        subject=subject,
        before=None if before is None else {"value": before},
        after={"value": after, "since": since},
        now=now,
    )
