"""The effect of changes: what stood before, what would stand after, and what differs."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from scheduler.whatif.forecast import Forecast, Key, Line, Part
from scheduler.whatif.load import A_WEEK, Demand, Loads, Work
from scheduler.whatif.staff import Staffing, staffing

# Lists stop here; the counts beside them are exact.
MOST_LISTED = 5_000


@dataclass(frozen=True)
class Figures:
    """
    What a forecast comes to.

    Attributes:
        duties: Rules that bind a target on some day; `may_apply` wait for a fact or a decision.
        occurrences: Dated instances; `inspections` counts visits, one of which may serve several.
        weeks: Minutes of staff by number of the week, all people together.
    """

    duties: int
    may_apply: int
    occurrences: int
    inspections: int
    weeks: Mapping[int, int]
    staffing: Staffing

    @property
    def minutes(self) -> int:
        """Minutes of staff over the whole horizon."""
        return sum(self.weeks.values())


class DutyEffect(NamedTuple):
    """A rule and target of which the standing differs; nothing where it has none."""

    rule: str
    target: str
    before: Literal["binds", "may-apply"] | None
    after: Literal["binds", "may-apply"] | None


class OccurrenceEffect(NamedTuple):
    """An occurrence that is new, gone or moved: its due times before and after."""

    rule: str
    target: str
    period: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Effect:
    """
    What changes come to, over the days from `since` to `until`, both included.

    Attributes:
        first_week: Monday of the week with number 0.
        counts: Exact numbers of `duties_added`, `duties_ended`, `duties_changed`, `added`,
            `removed` and `moved`.
        by_rule: The last three of them by rule.
        duties: Cut at `MOST_LISTED`, like `occurrences`.
    """

    since: date
    until: date
    first_week: date
    before: Figures
    after: Figures
    counts: Mapping[str, int]
    by_rule: Mapping[str, Mapping[str, int]]
    duties: tuple[DutyEffect, ...]
    occurrences: tuple[OccurrenceEffect, ...]

    @property
    def week_count(self) -> int:
        """How many weeks the horizon touches."""
        return (self.until - self.first_week).days // A_WEEK + 1

    def weeks(self) -> Iterator[tuple[date, int, int]]:
        """Yield each Monday with the minutes of staff before and after."""
        for number in range(self.week_count):
            monday = self.first_week + timedelta(days=A_WEEK * number)
            yield monday, self.before.weeks.get(number, 0), self.after.weeks.get(number, 0)


@dataclass
class _Difference:
    counts: Counter[str] = field(default_factory=Counter)
    by_rule: dict[str, Counter[str]] = field(default_factory=dict)
    duties: list[DutyEffect] = field(default_factory=list)
    occurrences: list[OccurrenceEffect] = field(default_factory=list)


class Compared:
    """Compares forecasts of one horizon."""

    def __init__(self, *, since: date, until: date, zone: ZoneInfo) -> None:
        self._days = since, until
        self._loads = Loads(since=since, zone=zone)
        self._moves: dict[tuple[tuple[int, ...], ...], _Moves] = {}

    def figures(self, forecast: Forecast) -> Figures:
        """Return what *forecast* comes to."""
        work = self._loads.of(forecast)
        lines = forecast.lines.values()
        duties = sum(line.binds for line in lines)
        return Figures(
            duties=duties,
            may_apply=len(forecast.lines) - duties,
            occurrences=sum(len(part.occurrences) for line in lines for part in line.parts),
            inspections=sum(each.inspections for each in work.values()),
            weeks=_weeks(work),
            staffing=staffing(forecast.organisation, work, self._posts(forecast)),
        )

    def _posts(self, forecast: Forecast) -> Iterator[tuple[str, str, str]]:
        """Yield site, certificate and rule of every post that a rule wants staffed by certified."""
        book, since = forecast.rulebook, self._days[0]
        asked = {
            rule.id: version.coverage.qualifications
            for rule in book.rules.values()
            if (version := book.version(rule, since)) is not None and version.coverage is not None
        }
        for (rule_id, _), line in forecast.lines.items():
            if line.binds:
                for kind in asked.get(rule_id, ()):
                    yield line.binding.site, kind, rule_id

    def effect(self, before: Forecast, after: Forecast, figures: Figures) -> Effect:
        """Return what differs; *figures* are those of the forecast before."""
        found = _Difference()
        for key in dict.fromkeys((*before.lines, *after.lines)):
            self._compare(key, before.lines.get(key), after.lines.get(key), found)
        since, until = self._days
        return Effect(
            since=since,
            until=until,
            first_week=self._loads.first,
            before=figures,
            after=self.figures(after),
            counts=found.counts,
            by_rule=found.by_rule,
            duties=tuple(found.duties),
            occurrences=tuple(found.occurrences),
        )

    def _compare(
        self, key: Key, before: Line | None, after: Line | None, found: _Difference
    ) -> None:
        if before is after:
            return
        standing = _standing(before), _standing(after)
        if standing[0] != standing[1]:
            found.counts[_duty_kind(*standing)] += 1
            if len(found.duties) < MOST_LISTED:
                found.duties.append(DutyEffect(*key, *standing))
        moves = self._moved(before.parts if before else (), after.parts if after else ())
        for kind, number in moves.counts.items():
            found.counts[kind] += number
            found.by_rule.setdefault(key[0], Counter())[kind] += number
        room = MOST_LISTED - len(found.occurrences)
        listed = moves.listed[:room]
        found.occurrences += [
            OccurrenceEffect(*key, period, was, will) for period, was, will in listed
        ]

    def _moved(self, before: tuple[Part, ...], after: tuple[Part, ...]) -> "_Moves":
        ids = tuple(tuple(id(part.occurrences) for part in parts) for parts in (before, after))
        if ids not in self._moves:
            self._moves[ids] = _moves(before, after) if ids[0] != ids[1] else _NONE
        return self._moves[ids]


class _Moves(NamedTuple):
    counts: Mapping[str, int]
    listed: tuple[tuple[str, datetime | None, datetime | None], ...]


_NONE = _Moves({}, ())


def _moves(before: tuple[Part, ...], after: tuple[Part, ...]) -> _Moves:
    old, new = _due(before), _due(after)
    counts: Counter[str] = Counter()
    listed = []
    for period in dict.fromkeys((*old, *new)):
        was, will = old.get(period), new.get(period)
        if was != will:
            counts["added" if was is None else "removed" if will is None else "moved"] += 1
            listed.append((period, was, will))
    return _Moves(counts, tuple(listed))


def _due(parts: tuple[Part, ...]) -> dict[str, datetime]:
    return {each.period: each.due_at for part in parts for each in part.occurrences}


def _standing(line: Line | None) -> Literal["binds", "may-apply"] | None:
    if line is None:
        return None
    return "binds" if line.binds else "may-apply"


def _duty_kind(before: str | None, after: str | None) -> str:
    if before is None:
        return "duties_added"
    return "duties_ended" if after is None else "duties_changed"


def _weeks(work: Mapping[Demand, Work]) -> dict[int, int]:
    weeks: Counter[int] = Counter()
    for demand, each in work.items():
        for week, minutes in each.weeks.items():
            weeks[week] += minutes * demand.people
    return dict(weeks)
