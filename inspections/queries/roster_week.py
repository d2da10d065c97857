"""The roster of one site for one week: people by days, what is uncovered, hours against limits."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import site_by_key
from inspections.models import (
    AbsenceRow,
    CertificateRow,
    DutyRow,
    PersonRow,
    PostRow,
    RosterCellRow,
    RosterRunRow,
    SiteRow,
)
from rules.rulebook import RuleBook
from rules.text import Text

ONE_WEEK = timedelta(days=7)
WEEK_LIMITS = ("week-hours", "week-hours-average")


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift of a post, with how long it lasts in minutes."""

    post: str
    post_name: Text
    code: str
    name: Text
    since: time
    until: time
    minutes: int
    need: int


@dataclass(frozen=True, slots=True)
class Stand:
    """A person's shift on a day."""

    shift: ShiftView
    reason: Text | None
    pinned: bool


@dataclass(frozen=True, slots=True)
class HourLimit:
    """The hours a week that bind a person, and the clause that says so."""

    hours: float
    clause: Text
    average: bool


@dataclass(frozen=True)
class PersonWeek:
    """
    One row of the roster.

    Attributes:
        certified_until: Day on which the first certificate that a post asks for ends.
        days: Stands by day; `away` says why a day is not worked.
        minutes: Of the week.
    """

    key: str
    name: Text
    certified_until: date | None
    days: Mapping[date, tuple[Stand, ...]]
    away: Mapping[date, Text]
    minutes: int
    limit: HourLimit | None

    @property
    def is_over(self) -> bool:
        """Whether the week is longer than the limit, where that is not an average."""
        limit = self.limit
        return limit is not None and not limit.average and self.minutes > limit.hours * 60


@dataclass(frozen=True, slots=True)
class Uncovered:
    """Days on which a shift has too few people for one reason, and what would help."""

    days: tuple[date, ...]
    shift: ShiftView | None
    missing: int
    reason: Text
    helps: tuple[Text, ...]


@dataclass(frozen=True)
class RosterWeek:
    """
    The week.

    Attributes:
        run: The newest roster that covers a day of it; nothing where none was solved.
        standing: People by (post, shift code, day).
        missing: How many lack, by (post, shift code, day).
        against: What keeps the roster from being published.
    """

    site: str
    site_name: Text
    days: tuple[date, ...]
    run: RosterRunRow | None
    shifts: tuple[ShiftView, ...]
    people: tuple[PersonWeek, ...]
    standing: Mapping[tuple[str, str, date], int]
    missing: Mapping[tuple[str, str, date], int]
    uncovered: tuple[Uncovered, ...]
    against: tuple[Text, ...]


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
    people = _People(session, rulebook, row, posts, days).rows(cells, by_key)
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


class _People:
    """Everyone of a site who stands a shift or could."""

    def __init__(
        self,
        session: Session,
        rulebook: RuleBook,
        site: SiteRow,
        posts: list[PostRow],
        days: tuple[date, ...],
    ) -> None:
        self._session = session
        self._rulebook = rulebook
        self._site = site
        self._posts = posts
        self._days = days

    def rows(
        self, cells: list[RosterCellRow], shifts: Mapping[tuple[str, str], ShiftView]
    ) -> tuple[PersonWeek, ...]:
        stands: defaultdict[int, dict[date, list[Stand]]] = defaultdict(dict)
        for cell in cells:
            shift = shifts.get((cell.post, cell.shift))
            if cell.person_id is not None and shift is not None:
                stand = Stand(shift, cell.reason, cell.pinned)
                stands[cell.person_id].setdefault(cell.day, []).append(stand)
        people = [one for one in self._everyone() if one.id in stands or self._may_stand(one)]
        people.sort(key=lambda one: one.id not in stands)  # Who stands no shift comes last.
        ids = [one.id for one in people]
        away, held, limits = self._away(ids), self._held(ids), self._limits()
        return tuple(
            PersonWeek(
                one.key,
                one.name,
                held.get(one.id),
                {day: tuple(found) for day, found in stands[one.id].items()},
                away.get(one.id, {}),
                sum(s.shift.minutes for found in stands[one.id].values() for s in found),
                limits.get(one.key) or limits.get(None),
            )
            for one in people
        )

    def _everyone(self) -> list[PersonRow]:
        mine = {"organisation_id": self._site.organisation_id, "ended_on": None}
        query = select(PersonRow).filter_by(**mine).order_by(PersonRow.position)
        return [row for row in self._session.scalars(query) if self._site.key in row.sites]

    def _may_stand(self, person: PersonRow) -> bool:
        return any(set(post.roles) & set(person.roles) for post in self._posts if post.roles)

    def _away(self, ids: list[int]) -> dict[int, dict[date, Text]]:
        query = (
            select(AbsenceRow)
            .where(AbsenceRow.person_id.in_(ids), AbsenceRow.ended_on.is_(None))
            .where(AbsenceRow.since <= self._days[-1], AbsenceRow.until >= self._days[0])
        )
        found: defaultdict[int, dict[date, Text]] = defaultdict(dict)
        for row in self._session.scalars(query):
            for day in self._days:
                if row.since <= day <= row.until:
                    found[row.person_id][day] = row.reason
        return found

    def _held(self, ids: list[int]) -> dict[int, date]:
        """Return the first end among the newest certificates that the posts ask for."""
        wanted = {kind for post in self._posts for kind in post.qualifications}
        query = (
            select(CertificateRow)
            .where(CertificateRow.person_id.in_(ids), CertificateRow.kind.in_(wanted))
            .where(CertificateRow.ended_on.is_(None), CertificateRow.until.is_not(None))
        )
        newest: dict[tuple[int, str], date] = {}
        for row in self._session.scalars(query):
            key = (row.person_id, row.kind)
            newest[key] = max(newest.get(key, date.min), row.until or date.max)
        found: dict[int, date] = {}
        for (person, _kind), until in newest.items():
            found[person] = min(found.get(person, date.max), until)
        return found

    def _limits(self) -> dict[str | None, HourLimit]:
        """Return the strictest weekly hours by person; under nothing those of the whole site."""
        query = select(DutyRow.rule, DutyRow.target_kind, DutyRow.target).where(
            DutyRow.site_id == self._site.id,
            DutyRow.status == "binds",
            DutyRow.valid_until.is_(None),
            DutyRow.target_kind.in_(("person", "site")),
            DutyRow.rule.in_(self._rules()),
        )
        found: dict[str | None, HourLimit] = {}
        for rule, kind, target in self._session.execute(query):
            who, limit = target if kind == "person" else None, self._rules()[rule]
            known = found.get(who)
            if known is None or (limit.average, limit.hours) < (known.average, known.hours):
                found[who] = limit
        return found

    def _rules(self) -> dict[str, HourLimit]:
        found: dict[str, HourLimit] = {}
        for rule in self._rulebook.rules.values():
            version = self._rulebook.version(rule, self._days[0])
            for limit in version.limits if version else ():
                if limit.name in WEEK_LIMITS and isinstance(limit.value, (int, float)):
                    average = limit.name == "week-hours-average"
                    clause = self._rulebook.clause_text(rule)
                    found[rule.id] = HourLimit(float(limit.value), clause, average)
        return found


def monday_of(instant: datetime | date) -> date:
    """Return the Monday of the week of a local day."""
    day = instant.date() if isinstance(instant, datetime) else instant
    return day - timedelta(days=day.weekday())
