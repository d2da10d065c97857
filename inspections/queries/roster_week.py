"""The roster of one site for one week: people by days, what is uncovered, hours against limits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import site_by_key
from inspections.models import PostRow, RosterCellRow, RosterRunRow, SiteRow
from inspections.queries.roster_people import RosterPeople
from inspections.queries.roster_view import RosterWeek, ShiftView, Uncovered
from rules.rulebook import RuleBook
from rules.text import Text

ONE_WEEK = timedelta(days=7)


def roster_week(
    session: Session, rulebook: RuleBook, organisation: str, *, site: str, monday: date
) -> RosterWeek:
    """
    Return the week from *monday* on.

    Raises:
        NotFound: If the organisation has no such site.
    """
    row = site_by_key(session, organisation, site)
    days = tuple(monday + timedelta(days=number) for number in range(7))
    posts = _posts(session, row)
    shifts = tuple(shift for post in posts for shift in _shifts(post))
    run = _run(session, row, days)
    cells = _cells(session, run, days)
    result: Mapping[str, Any] = run.result if run else {}
    by_key = {(shift.post, shift.code): shift for shift in shifts}
    standing = Counter(
        (cell.post, cell.shift, cell.day) for cell in cells if cell.person_id is not None
    )
    people = RosterPeople(session, rulebook, row, posts, days).rows(cells, by_key)
    return RosterWeek(
        site=row.key,
        site_name=row.name,
        days=days,
        run=run,
        shifts=shifts,
        people=people,
        standing=standing,
        missing=_missing(result, days),
        uncovered=tuple(_uncovered(result, by_key, days)),
        against=tuple(Text(**words) for words in result.get("against", ())),
    )


def staffed_sites(
    session: Session, organisation: str, scope: tuple[str, ...] = ()
) -> list[tuple[str, Text]]:
    """Return key and name of the sites with posts to staff, in file order."""
    posts = select(PostRow.site_id).where(PostRow.ended_on.is_(None))
    query = select(SiteRow.key, SiteRow.name).where(SiteRow.id.in_(posts))
    query = query.where(SiteRow.organisation_id == organisation, SiteRow.ended_on.is_(None))
    if scope:
        query = query.where(SiteRow.key.in_(scope))
    return [(key, name) for key, name in session.execute(query.order_by(SiteRow.position))]


def _posts(session: Session, site: SiteRow) -> list[PostRow]:
    query = select(PostRow).filter_by(site_id=site.id, ended_on=None).order_by(PostRow.position)
    return list(session.scalars(query))


def _shifts(post: PostRow) -> Iterable[ShiftView]:
    for raw in post.shifts:
        since, until = time.fromisoformat(raw["since"]), time.fromisoformat(raw["until"])
        span = (until.hour * 60 + until.minute) - (since.hour * 60 + since.minute)
        minutes = raw.get("working_minutes")
        yield ShiftView(
            post.key,
            post.name,
            raw["code"],
            Text.model_validate(raw["name"]),
            since,
            until,
            minutes if minutes is not None else (span if span > 0 else span + 24 * 60),
            raw.get("minimum", 1),
        )


def _run(session: Session, site: SiteRow, days: tuple[date, ...]) -> RosterRunRow | None:
    query = (
        select(RosterRunRow)
        .filter_by(site_id=site.id)
        .where(RosterRunRow.since <= days[-1], RosterRunRow.until >= days[0])
        .order_by(RosterRunRow.id.desc())
        .limit(1)
    )
    return session.scalars(query).one_or_none()


def _cells(
    session: Session, run: RosterRunRow | None, days: tuple[date, ...]
) -> list[RosterCellRow]:
    if run is None:
        return []
    query = (
        select(RosterCellRow)
        .filter_by(roster_run_id=run.id)
        .where(RosterCellRow.day >= days[0], RosterCellRow.day <= days[-1])
        .order_by(RosterCellRow.id)
    )
    return list(session.scalars(query))


def _missing(
    result: Mapping[str, Any], days: tuple[date, ...]
) -> Mapping[tuple[str, str, date], int]:
    found: Counter[tuple[str, str, date]] = Counter()
    for one in result.get("uncovered", ()):
        day = date.fromisoformat(one["day"])
        if day in days:
            found[one["post"], one["shift"], day] += one["missing"]
    return found


def _uncovered(
    result: Mapping[str, Any],
    shifts: Mapping[tuple[str, str], ShiftView],
    days: tuple[date, ...],
) -> Iterator[Uncovered]:
    alike: defaultdict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for one in result.get("uncovered", ()):
        if date.fromisoformat(one["day"]) in days:
            alike[one["post"], one["shift"], one["reason"]["zh"]].append(one)
    for (post, code, _), found in alike.items():
        yield Uncovered(
            tuple(date.fromisoformat(one["day"]) for one in found),
            shifts.get((post, code)),
            sum(one["missing"] for one in found),
            Text(**found[0]["reason"]),
            tuple(Text(**words) for words in found[0]["helps"]),
        )


def monday_of(instant: datetime | date) -> date:
    """Return the Monday of the week of a local day."""
    day = instant.date() if isinstance(instant, datetime) else instant
    return day - timedelta(days=day.weekday())
