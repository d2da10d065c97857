"""How many minutes of checking each rule and each person carries, in figures that add up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from scheduler.whatif.forecast import Forecast, Forecaster
from scheduler.whatif.load import A_WEEK, Loads
from scheduler.whatif.staff import staffing


@dataclass(frozen=True)
class RuleBurden:
    """
    What one rule takes.

    Attributes:
        occurrences: Dated instances over the span.
        alone: Minutes of all people, were each occurrence done by itself.
        minutes: Its share of the inspections really done: one that serves several rules is
            shared evenly among them, and one served by a stricter rule takes none of its own.
    """

    rule: str
    occurrences: int
    alone: int
    minutes: int


@dataclass(frozen=True)
class Burden:
    """
    The checking of an organisation from `since` to `until`, both included.

    Attributes:
        rules: Those that make occurrences, the heaviest first; their `minutes` add up to `minutes`.
        people: Minutes by id, each the fair share among those who may do it; with `nobody` they
            add up to `minutes`.
        nobody: Minutes for which too few people hold role and certificates.
        inspections: Visits; one may serve several occurrences.
    """

    since: date
    until: date
    minutes: int
    inspections: int
    rules: tuple[RuleBurden, ...]
    people: Mapping[str, int]
    nobody: int

    @property
    def weeks(self) -> float:
        """How many weeks the span has."""
        return ((self.until - self.since).days + 1) / A_WEEK

    @property
    def saved(self) -> int:
        """Minutes spared because one inspection serves several rules."""
        return sum(each.alone for each in self.rules) - self.minutes


def burden(rulebook: RuleBook, organisation: Organisation, *, since: date, until: date) -> Burden:
    """Return the burden of *organisation* under the packs that bind it."""
    forecast = Forecaster(since=since, until=until, seed=organisation.id).forecast(
        rulebook, organisation
    )
    loads = Loads(since=since, zone=ZoneInfo(organisation.time_zone))
    counted = _counted(forecast)
    shares, total, inspections = _shares(loads, forecast, frozenset(counted))
    rules = [
        RuleBurden(rule, occurrences, alone, shares[rule])
        for rule, (occurrences, alone) in counted.items()
    ]
    rules.sort(key=lambda each: (-each.minutes, each.rule))
    carried = {
        person: sum(weeks.values())
        for person, weeks in staffing(organisation, loads.of(forecast)).people.items()
    }
    people, nobody = _whole(carried, total)
    return Burden(since, until, total, inspections, tuple(rules), people, nobody)


def _shares(
    loads: Loads, forecast: Forecast, dated: frozenset[str]
) -> tuple[Counter[str], int, int]:
    shares: Counter[str] = Counter()
    total = inspections = 0
    for rules, minutes, visits in loads.by_rules(forecast):
        total += minutes
        inspections += visits
        # A rule that is due on none of these days has no share in what is done.
        sharing = sorted(rules & dated)
        for rule, part in zip(sharing, _parted(minutes, max(len(sharing), 1)), strict=False):
            shares[rule] += part
    return shares, total, inspections


def _parted(minutes: int, count: int) -> Iterable[int]:
    """Part whole minutes evenly, so that the parts add up again."""
    each, rest = divmod(minutes, count)
    return (each + (index < rest) for index in range(count))


def _counted(forecast: Forecast) -> dict[str, tuple[int, int]]:
    occurrences: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for (rule, _), line in forecast.lines.items():
        for version, found in line.parts:
            occurrences[rule] += len(found)
            alone[rule] += len(found) * version.minutes * version.people.count
    return {rule: (count, alone[rule]) for rule, count in occurrences.items() if count}


def _whole(carried: Mapping[str, float], total: int) -> tuple[dict[str, int], int]:
    """Round shares to whole minutes so that they and what nobody carries add up to the total."""
    floors = {person: int(minutes) for person, minutes in carried.items()}
    short = min(round(sum(carried.values())), total) - sum(floors.values())
    by_rest = sorted(carried, key=lambda person: (floors[person] - carried[person], person))
    raised = defaultdict(int, dict.fromkeys(by_rest[: max(short, 0)], 1))
    people = {person: minutes + raised[person] for person, minutes in floors.items()}
    ordered = dict(sorted(people.items(), key=lambda item: (-item[1], item[0])))
    return ordered, total - sum(ordered.values())
