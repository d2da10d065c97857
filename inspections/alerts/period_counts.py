"""How often each duty was done in each period, against how often its rule asks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rules.cadence import Cadence, Count, PerTerm, RandomDraw, TimesADay
from rules.pack import RuleVersion
from rules.rulebook import RuleBook
from scheduler.cadences.periods import periods

SEVERAL = (Count, PerTerm, RandomDraw, TimesADay)
_DONE = frozenset({"done", "late"})
_OPEN = frozenset({"proposed", "scheduled", "in_progress"})
# A period is nearly over in its last sixth; two weeks are warning enough in a long one.
_LAST_PART = 6
LONGEST_WARNING = timedelta(days=14)
SHORTEST_PERIOD = timedelta(days=6)


@dataclass(frozen=True)
class PeriodCount:
    """
    One duty in one period.

    Attributes:
        row: Columns of its last occurrence with those of its duty and site.
        required: How often the rule asks, less what was excused.
        still: How many can still be done in time.
    """

    row: Any
    period: str
    required: int
    done: int
    still: int
    opens_at: datetime
    closes_at: datetime

    @property
    def is_short(self) -> bool:
        """Whether the rule can no longer be met in this period."""
        return self.done + self.still < self.required

    def is_ending(self, now: datetime) -> bool:
        """Whether something is still to be done and little of the period is left."""
        length = self.closes_at - self.opens_at
        if self.is_short or self.done >= self.required or length < SHORTEST_PERIOD:
            return False
        return now >= self.closes_at - min(length / _LAST_PART, LONGEST_WARNING)


@dataclass(frozen=True)
class PlannedSpan:
    """The days of the record that have been planned, both ends included."""

    since: date
    until: date
    zone: ZoneInfo


def period_counts(
    rows: Iterable[Any], rulebook: RuleBook, planned: PlannedSpan, *, now: datetime
) -> list[PeriodCount]:
    """Return the counts of all periods that the stored occurrences in *rows* belong to."""
    groups: defaultdict[tuple[int, str], list[Any]] = defaultdict(list)
    versions: dict[int, RuleVersion] = {}
    for row in rows:
        version = _version(rulebook, row, planned.zone)
        if version is not None and version.cadence is not None:
            groups[row.duty_id, _period(row.period, version.cadence)].append(row)
            versions[row.duty_id] = version
    return [
        _count(members, period, versions[duty].cadence, planned, now)
        for (duty, period), members in groups.items()
    ]


def _version(rulebook: RuleBook, row: Any, zone: ZoneInfo) -> RuleVersion | None:
    rule = rulebook.rules.get(row.rule)
    return rulebook.version(rule, row.due_at.astimezone(zone).date()) if rule else None


def _period(key: str, cadence: Cadence) -> str:
    return key.partition("/")[0] if isinstance(cadence, SEVERAL) else key


def _count(
    members: list[Any],
    period: str,
    cadence: Cadence | None,
    planned: PlannedSpan,
    now: datetime,
) -> PeriodCount:
    members.sort(key=lambda row: row.closes_at)
    excused = sum(row.state == "excused" for row in members)
    wanted = len(members)
    if isinstance(cadence, SEVERAL) and _is_wholly_planned(members, cadence, planned):
        wanted = max(wanted, cadence.times)
    return PeriodCount(
        row=members[-1],
        period=period,
        required=wanted - excused,
        done=sum(row.state in _DONE for row in members),
        still=sum(row.state in _OPEN and row.closes_at >= now for row in members),
        opens_at=min(row.opens_at for row in members),
        closes_at=members[-1].closes_at,
    )


def _is_wholly_planned(members: list[Any], cadence: Cadence, planned: PlannedSpan) -> bool:
    """Tell whether the whole period was planned: only then what is not there is missing."""
    if not isinstance(cadence, (Count, RandomDraw)) or cadence.per == "term":
        return False
    day = members[-1].opens_at.astimezone(planned.zone).date().toordinal()
    (period,) = periods(cadence.per, 1, None, day, day)
    since = max(planned.since, *(row.valid_from for row in members))
    return since.toordinal() <= period.first and period.last <= planned.until.toordinal()
