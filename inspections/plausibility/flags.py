"""The flags of a month in scope, with what was said of them; and saying it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.answers import checklist_of
from inspections.audit import note_change
from inspections.editing import EDITING_ROLES, Editor, NotAllowed
from inspections.errors import NotFound, Refused
from inspections.models import FlagLookRow, InspectionRow, OrganisationRow
from inspections.plausibility.bursts import month_end_bursts
from inspections.plausibility.flag import Flag, newest_first
from inspections.plausibility.gathering import (
    Span,
    photos_in,
    readings_in,
    sites_in_scope,
    walks_in,
    ways_between,
)
from inspections.plausibility.haste import hasty_checklists
from inspections.plausibility.identical import identical_readings
from inspections.plausibility.limits import house_limits
from inspections.plausibility.material import Reading
from inspections.plausibility.photos_again import photos_seen_before
from inspections.plausibility.walking import impossible_walks
from rules.checklist import NumberItem
from rules.text import Text
from rules.units import unit_text

_FLAG = Text(zh="提示", en="flag")


class RecordsJoined(Refused):
    """Further records joined a flag while somebody looked into it."""

    code = "records-joined"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="在您查看期间又有新的记录，尚未保存。请看过新的数字再记录。",
                en="Further records came while you looked; nothing was saved. Please look at the "
                "new figures, then write down what it came to.",
            )
        )


@dataclass(frozen=True)
class Wanted:
    """Whose flags: an organisation, the keys of sites (none means all), the first of a month."""

    organisation: str
    sites: tuple[str, ...]
    month: date


@dataclass(frozen=True)
class Look:
    """What somebody wrote after looking into a flag; *is_current* until further records join."""

    note: str
    by: str
    at: datetime
    is_current: bool


@dataclass(frozen=True)
class LookedFlag:
    """A flag with what was said of it, the latest first."""

    flag: Flag
    looks: tuple[Look, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody has looked into it as it stands now."""
        return not any(look.is_current for look in self.looks)


def flags_of(session: Session, wanted: Wanted) -> tuple[LookedFlag, ...]:
    """Return the flags of the month, newest first, each with the looks into it."""
    organisation = session.get_one(OrganisationRow, wanted.organisation)
    zone = ZoneInfo(organisation.time_zone)
    span = _span(session, wanted, zone)
    flags = newest_first(list(_flags(session, span, wanted, zone)) if span.sites else [])
    looks = _looks(session, wanted.organisation)
    return tuple(LookedFlag(flag, _of(flag, looks)) for flag in flags)


def counts(found: tuple[LookedFlag, ...]) -> Mapping[tuple[str, bool], int]:
    """Return how many flags there are by kind and by whether they are open."""
    return Counter((one.flag.kind, one.is_open) for one in found)


def look_into(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    wanted: Wanted,
    *,
    key: str,
    digest: str,
    note: str,
    editor: Editor,
    now: datetime,
) -> None:
    """
    Write down what looking into a flag came to; the record stays as it is.

    Raises:
        NotAllowed: If the role does not look into flags.
        NotFound: If there is no such flag this month in scope.
        RecordsJoined: If other records stand behind it than those that were looked at.
    """
    if editor.role not in EDITING_ROLES:
        raise NotAllowed
    found = next((one.flag for one in flags_of(session, wanted) if one.flag.key == key), None)
    if found is None:
        raise NotFound(_FLAG, key)
    if found.digest != digest:
        raise RecordsJoined
    session.add(
        FlagLookRow(
            organisation_id=wanted.organisation,
            flag=key,
            kind=found.kind,
            digest=digest,
            note=note,
            by=editor.by,
            at=now,
        )
    )
    note_change(
        session,
        organisation=wanted.organisation,
        by=editor.by,
        action="flag.looked-into",
        subject=f"flag/{key}",
        before=None,
        after={"kind": found.kind, "note": note, "figures": found.said},
        now=now,
    )


def month_of(text: str, today: date) -> date:
    """Return the first day of the month written as 2026-11; of today's month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def _span(session: Session, wanted: Wanted, zone: ZoneInfo) -> Span:
    next_month = (wanted.month + timedelta(days=32)).replace(day=1)
    since, until = (datetime.combine(day, time(), zone) for day in (wanted.month, next_month))
    sites = tuple(sites_in_scope(session, wanted.organisation, wanted.sites))
    return Span(wanted.organisation, sites, since, until)


def _flags(session: Session, span: Span, wanted: Wanted, zone: ZoneInfo) -> Iterator[Flag]:
    limits = house_limits(session, wanted.organisation, wanted.month)
    walks = walks_in(session, span)
    yield from hasty_checklists(walks, limits)
    yield from impossible_walks(walks, ways_between(session, span, limits))
    yield from month_end_bursts(walks, limits, zone)
    names = _Naming(session)
    yield from identical_readings(readings_in(session, span), limits, names)
    photos = photos_seen_before(photos_in(session, span), limits)
    yield from (flag for flag in photos if flag.at >= span.since)


class _Naming:
    """Read an item's title and unit from the checklist that its last inspection is pinned to."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __call__(self, reading: Reading) -> tuple[Text, Text]:
        row = self._session.get_one(InspectionRow, reading.inspection)
        items = (item for item in checklist_of(row).items if item.id == reading.item)
        item = next(items, None)
        title = item.title if item else Text(zh=reading.item, en=reading.item)
        values = reading.value if isinstance(reading.value, list) else [reading.value]
        figures = " / ".join(f"{one:g}" if isinstance(one, float) else str(one) for one in values)
        unit = unit_text(item.unit) if isinstance(item, NumberItem) and item.unit else None
        if unit is None:
            return title, Text(zh=figures, en=figures)
        return title, Text(zh=f"{figures} {unit.zh}", en=f"{figures} {unit.en}")


def _looks(session: Session, organisation: str) -> dict[str, list[FlagLookRow]]:
    query = select(FlagLookRow).filter_by(organisation_id=organisation)
    found: dict[str, list[FlagLookRow]] = {}
    for row in session.scalars(query.order_by(FlagLookRow.id.desc())):
        found.setdefault(row.flag, []).append(row)
    return found


def _of(flag: Flag, looks: dict[str, list[FlagLookRow]]) -> tuple[Look, ...]:
    rows = looks.get(flag.key, ())
    return tuple(Look(row.note, row.by, row.at, row.digest == flag.digest) for row in rows)
