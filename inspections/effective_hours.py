"""Effective hours of a month, by person and by post, from the records and the rosters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, InspectionRow, OccurrenceRow, SiteRow
from inspections.plausibility.limits import house_limits
from inspections.rosters import published_cells
from inspections.walks.ways import known_ways
from rules.organisation.model import Asset, Organisation, Place, Shift, Site
from rules.rulebook import RuleBook
from scheduler.staffing.effective import Hours, Stay, hours_of_day
from scheduler.walks.ways import Point

MONTHS_BACK = 6
_DAY = timedelta(days=1)
Cells = Mapping[tuple[str, date], tuple[str, str] | None]


@dataclass(frozen=True)
class PostHours:
    """
    What became of the time on a post.

    Attributes:
        below: How many months running, this one included, it stays below the standard; six at the
            most are looked at. Then what the post is for is worth a look.
    """

    post: str
    hours: Hours
    below: int = 0


@dataclass(frozen=True)
class MonthHours:
    """
    What became of a month's time.

    Attributes:
        month: Its first day.
        standard: Effective part of the time on shift that the house expects, in percent; nothing
            where it has set none.
        people: By id, most effective time first.
    """

    month: date
    standard: float | None
    people: Mapping[str, Hours]
    posts: tuple[PostHours, ...]

    @property
    def total(self) -> Hours:
        """All people together."""
        return sum(self.people.values(), Hours())


def effective_hours(
    session: Session, rulebook: RuleBook, organisation: Organisation, *, month: date, now: datetime
) -> MonthHours:
    """
    Return the effective hours of the month that *month* lies in, up to *now*.

    *organisation* names the sites and people that are looked at, no others.
    """
    asking = _Asking(session, rulebook, organisation, now)
    first = month.replace(day=1)
    standard = asking.standard(first)
    people, posts = asking.month(first)
    below: dict[str, int] = {}
    if standard is not None:
        below = dict.fromkeys(_below(posts, standard), 1)
        running, earlier = set(below), first
        for months in range(2, MONTHS_BACK + 1):
            earlier = (earlier - _DAY).replace(day=1)
            running &= set(_below(asking.month(earlier)[1], standard)) if running else set()
            below |= dict.fromkeys(running, months)
    ordered = sorted(people.items(), key=lambda each: (-each[1].effective, each[0]))
    found = (PostHours(post, hours, below.get(post, 0)) for post, hours in sorted(posts.items()))
    return MonthHours(first, standard, dict(ordered), tuple(found))


def _below(posts: Mapping[str, Hours], standard: float) -> Iterable[str]:
    return (
        post for post, each in posts.items() if each.share is not None and each.share < standard
    )


class _Asking:
    """Looks sites, shifts and ways up once."""

    def __init__(
        self, session: Session, rulebook: RuleBook, organisation: Organisation, now: datetime
    ) -> None:
        self._session, self._rulebook, self._organisation = session, rulebook, organisation
        self._zone = ZoneInfo(organisation.time_zone)
        self._today = now.astimezone(self._zone).date()
        keys = [site.id for site in organisation.sites]
        query = select(SiteRow.id).filter_by(organisation_id=organisation.id)
        self._sites = tuple(session.scalars(query.where(SiteRow.key.in_(keys))))
        self._ways = known_ways(session, organisation.id, sites=self._sites, on=self._today)
        self._people = {person.id for person in organisation.people}
        self._shifts: dict[tuple[str, str], Shift] = {
            (post.id, shift.code): shift
            for site in organisation.sites
            for post in site.posts
            for shift in post.shifts
        }
        self._places = {
            (site.id, piece.id): (piece.place or "") if isinstance(piece, Asset) else piece.id
            for site in organisation.sites
            for piece in _pieces(site)
        }

    def standard(self, month: date) -> float | None:
        """Return the standard of the house on the first day of a month."""
        return house_limits(self._session, self._organisation.id, month)["effective_share"] or None

    def month(self, first: date) -> tuple[dict[str, Hours], dict[str, Hours]]:
        """Return the hours of a month by person and by post; the days to come are left out."""
        last = min(_month_after(first) - _DAY, self._today)
        stays, cells = self._stays(first, last), self._cells(first, last)
        people: dict[str, Hours] = defaultdict(Hours)
        posts: dict[str, Hours] = defaultdict(Hours)
        for person, day in {*stays, *cells}:
            cell = cells.get((person, day))
            minutes = _working_minutes(self._shifts[cell]) if cell else None
            own = hours_of_day(stays.get((person, day), ()), self._ways, on_shift=minutes)
            people[person] += own
            if cell:
                posts[cell[0]] += own
        return people, posts

    def _cells(self, first: date, last: date) -> Cells:
        found = published_cells(self._session, self._organisation.id, first, last)
        return {
            (person, day): cell
            for (person, day), cell in found.items()
            if cell in self._shifts and person in self._people
        }

    def _stays(self, first: date, last: date) -> dict[tuple[str, date], list[Stay]]:
        start = datetime.combine(first, time(), self._zone)
        end = datetime.combine(last + _DAY, time(), self._zone)
        query = (
            select(
                InspectionRow.by, InspectionRow.started_at, InspectionRow.finished_at,
                DutyRow.rule, DutyRow.target, SiteRow.key.label("site"),
            )
            .join(OccurrenceRow, InspectionRow.occurrence_id == OccurrenceRow.id)
            .join(DutyRow, OccurrenceRow.duty_id == DutyRow.id)
            .join(SiteRow, OccurrenceRow.site_id == SiteRow.id)
            .where(SiteRow.id.in_(self._sites), InspectionRow.by.in_(self._people))
            .where(InspectionRow.finished_at.is_not(None))
            .where(InspectionRow.started_at >= start, InspectionRow.started_at < end)
        )  # fmt: skip
        found: dict[tuple[str, date], list[Stay]] = defaultdict(list)
        for row in self._session.execute(query):
            day = row.started_at.astimezone(self._zone).date()
            found[row.by, day].append(self._stay(row, day))
        return found

    def _stay(self, row: Any, day: date) -> Stay:
        rule = self._rulebook.rules.get(row.rule)
        version = rule and self._rulebook.version(rule, day)
        took = -(-(row.finished_at - row.started_at) // timedelta(minutes=1))
        standard = version.minutes if version else took
        where = Point(row.site, self._places.get((row.site, row.target), ""))
        return Stay(row.started_at, row.finished_at, standard, where)


def _pieces(site: Site) -> tuple[Place | Asset, ...]:
    return (*site.places, *site.assets)


def _working_minutes(shift: Shift) -> int:
    if shift.working_minutes is not None:
        return shift.working_minutes
    span = datetime.combine(date.min, shift.until) - datetime.combine(date.min, shift.since)
    return int(span / timedelta(minutes=1)) % (24 * 60) or 24 * 60


def _month_after(first: date) -> date:
    return (first + 31 * _DAY).replace(day=1)
