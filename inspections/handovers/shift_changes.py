"""The changes of shift that the published rosters of a site hold: who goes, who comes, when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import PostRow, SiteRow
from inspections.rosters import published_cells
from rules.organisation.model import Shift
from rules.text import Text

# A post that closes at night or over a holiday is handed to whoever opens it within this time.
NEXT_WITHIN = timedelta(days=4)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """
    The end of a shift with people on it.

    Attributes:
        site: Key of the site.
        day: On which the shift that ends began, in the site's zone.
        since: When that shift begins, and `at` when it ends; aware instants.
        outgoing: Keys of who stands it; `incoming` of who stands the post next.
        next_at: When the first of these comes; nothing where the roster does not say.
    """

    site_id: int
    site: str
    post: str
    post_name: Text
    day: date
    shift: str
    shift_name: Text
    since: datetime
    at: datetime
    outgoing: tuple[str, ...]
    incoming: tuple[str, ...]
    next_at: datetime | None

    @property
    def key(self) -> tuple[str, date, str]:
        """Post, day and shift that end: what tells changes of one site apart."""
        return self.post, self.day, self.shift


@dataclass(frozen=True, slots=True)
class _Stood:
    day: date
    shift: Shift
    since: datetime
    until: datetime
    people: tuple[str, ...]


def shift_changes(
    session: Session, site: SiteRow, since: datetime, until: datetime
) -> tuple[ShiftChange, ...]:
    """
    Return the changes of shift between two instants, the latest first.

    Where exactly those who went stand on, nothing is handed over. Of a post that is no longer there
    its past stays.
    """
    zone = work_calendar(session, site).zone
    first = since.astimezone(zone).date() - _DAY - _DAY
    last = (until + NEXT_WITHIN).astimezone(zone).date()
    posts = list(session.scalars(select(PostRow).filter_by(site_id=site.id)))
    stood = _stood(session, site, posts, (first, last), zone)
    found = [
        change
        for post in posts
        for change in _changes(site, post, stood[post.key])
        if since <= change.at <= until
    ]
    return tuple(sorted(found, key=lambda one: (one.at, one.post, one.shift), reverse=True))


def shift_change(session: Session, site: SiteRow, key: tuple[str, date, str]) -> ShiftChange | None:
    """Return the change of shift with this post, day and shift; nothing if there is none."""
    zone = work_calendar(session, site).zone
    start = datetime.combine(key[1], datetime.min.time(), zone)
    found = shift_changes(session, site, start, start + 2 * _DAY)
    return next((one for one in found if one.key == key), None)


def _stood(
    session: Session,
    site: SiteRow,
    posts: Iterable[PostRow],
    days: tuple[date, date],
    zone: ZoneInfo,
) -> dict[str, list[_Stood]]:
    shifts = {
        (post.key, raw["code"]): Shift.model_validate(raw) for post in posts for raw in post.shifts
    }
    ended = {post.key: post.ended_on or date.max for post in posts}
    people: dict[tuple[str, str, date], list[str]] = defaultdict(list)
    cells = published_cells(session, site.organisation_id, *days, sites=(site.id,))
    for (person, day), cell in sorted(cells.items()):
        if cell is not None and cell in shifts and day < ended[cell[0]]:
            people[(*cell, day)].append(person)
    found: dict[str, list[_Stood]] = defaultdict(list)
    for (post, code, day), those in people.items():
        shift = shifts[post, code]
        last = day if shift.until > shift.since else day + _DAY
        since = datetime.combine(day, shift.since, zone)
        until = datetime.combine(last, shift.until, zone)
        found[post].append(_Stood(day, shift, since, until, tuple(those)))
    return found


def _changes(site: SiteRow, post: PostRow, stood: list[_Stood]) -> Iterator[ShiftChange]:
    for one in stood:
        coming = _next(stood, one)
        incoming = tuple(sorted({person for each in coming for person in each.people}))
        if incoming == one.people:
            continue
        yield ShiftChange(
            site_id=site.id,
            site=site.key,
            post=post.key,
            post_name=post.name,
            day=one.day,
            shift=one.shift.code,
            shift_name=one.shift.name,
            since=one.since,
            at=one.until,
            outgoing=one.people,
            incoming=incoming,
            next_at=max(one.until, min(each.since for each in coming)) if coming else None,
        )


def _next(stood: Iterable[_Stood], ending: _Stood) -> list[_Stood]:
    """Return what is stood on the post when a shift ends, or else what begins first after it."""
    others = [one for one in stood if one is not ending and one.until > ending.until]
    there = [one for one in others if one.since <= ending.until]
    if there:
        return there
    first = min((one.since for one in others), default=None)
    near = first is not None and first - ending.until <= NEXT_WITHIN
    return [one for one in others if near and one.since == first]
