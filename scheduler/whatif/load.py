"""How many minutes duties take each week; one inspection that serves several counts once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rules.layers import standing_over
from rules.organisation.model import Asset, Organisation, Place
from rules.pack import RuleVersion
from scheduler.whatif.forecast import Forecast, Line, Part

A_WEEK = 7


class Demand(NamedTuple):
    """
    Who may do something and how many are needed at once.

    Attributes:
        excluded: People of the site who must not do it: keeper or maintainer of the target.
    """

    site: str
    roles: tuple[str, ...]
    qualifications: tuple[str, ...]
    people: int
    excluded: frozenset[str]


@dataclass(frozen=True)
class Work:
    """
    What one kind of demand comes to.

    Attributes:
        weeks: Minutes of one person by number of the week, from 0.
        inspections: How many visits; one may serve several occurrences.
        rules: Whose work it is.
    """

    weeks: Counter[int]
    inspections: int
    rules: frozenset[str]


class _Visits(NamedTuple):
    weeks: Counter[int]
    inspections: int


class Loads:
    """Adds up work; equal sets of expansions are added up once."""

    def __init__(self, *, since: date, zone: ZoneInfo) -> None:
        self.first = since - timedelta(days=since.weekday())
        self._zone = zone
        self._visits: dict[tuple[tuple[int, int], ...], tuple[_Visits, tuple[Part, ...]]] = {}

    def of(self, forecast: Forecast) -> Mapping[Demand, Work]:
        """Return the work of *forecast* by who may do it."""
        pieces = _pieces(forecast.organisation)
        found: dict[tuple[Demand, frozenset[str]], Counter[int]] = defaultdict(Counter)
        kept: dict[int, _Visits] = {}
        for parts, demand, rules in _inspections(forecast, self.first, pieces):
            visits = self._of(parts)
            kept[id(visits)] = visits
            found[demand, rules][id(visits)] += 1
        return _added_up(found, kept)

    def by_rules(self, forecast: Forecast) -> Iterator[tuple[frozenset[str], int, int]]:
        """Yield each set of rules served together, with minutes of all people, and visits."""
        pieces = _pieces(forecast.organisation)
        for parts, demand, rules in _inspections(forecast, self.first, pieces):
            visits = self._of(parts)
            yield rules, visits.weeks.total() * demand.people, visits.inspections

    def _of(self, parts: tuple[Part, ...]) -> _Visits:
        key = tuple(sorted((id(part.occurrences), part.version.minutes) for part in parts))
        if key not in self._visits:
            # The parts are kept, so that the ids of their tuples stay their own.
            self._visits[key] = (self._counted(parts), parts)
        return self._visits[key][0]

    def _counted(self, parts: tuple[Part, ...]) -> _Visits:
        """Count the visits of each day: as many as the part that asks for most of them."""
        times: Counter[date] = Counter()
        minutes: dict[date, int] = {}
        for version, occurrences in parts:
            own = Counter(each.due_at.astimezone(self._zone).date() for each in occurrences)
            for day, count in own.items():
                times[day] = max(times[day], count)
                minutes[day] = max(minutes.get(day, 0), version.minutes)
        weeks: Counter[int] = Counter()
        for day, count in times.items():
            weeks[(day - self.first).days // A_WEEK] += count * minutes[day]
        return _Visits(weeks, times.total())


def _added_up(
    found: Mapping[tuple[Demand, frozenset[str]], Counter[int]], kept: Mapping[int, _Visits]
) -> dict[Demand, Work]:
    weeks: dict[Demand, Counter[int]] = defaultdict(Counter)
    inspections: Counter[Demand] = Counter()
    rules: dict[Demand, set[str]] = defaultdict(set)
    for (demand, names), counted in found.items():
        rules[demand] |= names
        for visits_id, times in counted.items():
            visits = kept[visits_id]
            inspections[demand] += times * visits.inspections
            for week, minutes in visits.weeks.items():
                weeks[demand][week] += times * minutes
    return {
        demand: Work(weeks[demand], inspections[demand], frozenset(names))
        for demand, names in rules.items()
    }


def _inspections(
    forecast: Forecast, on: date, pieces: Mapping[str, Place | Asset]
) -> Iterator[tuple[tuple[Part, ...], Demand, frozenset[str]]]:
    """Yield what one inspection serves: parts with one target and checklist, as in the plan."""
    bound = [(key[1], key[0]) for key, line in forecast.lines.items() if line.parts]
    over = standing_over(forecast.rulebook, bound, on)
    groups: dict[tuple[str, str], list[tuple[Line, Part]]] = defaultdict(list)
    for (rule, target), line in forecast.lines.items():
        if (target, rule) not in over:  # What a stricter rule serves takes no time of its own.
            for part in line.parts:
                groups[target, _inspection(rule, part.version)].append((line, part))
    for (target, _), members in groups.items():
        line = members[0][0]
        demand = _demand(line, [part.version for _, part in members], pieces.get(target))
        rules = frozenset(each.binding.rule for each, _ in members)
        yield tuple(part for _, part in members), demand, rules


def _inspection(rule: str, version: RuleVersion) -> str:
    shared = version.checklist is not None and "rectifier" not in version.people.excludes
    return f"list:{version.checklist}:{version.people.count}" if shared else f"rule:{rule}"


def _demand(line: Line, versions: Iterable[RuleVersion], piece: Place | Asset | None) -> Demand:
    roles: tuple[str, ...] = ()
    qualifications: dict[str, None] = {}
    excluded: set[str] = set()
    count = 1
    for version in versions:
        people = version.people
        common = tuple(role for role in roles if role in people.roles)
        roles = common if roles and common else roles or people.roles
        qualifications |= dict.fromkeys(people.qualifications)
        count = max(count, people.count)
        excluded |= _excluded(people.excludes, line, piece)
    asked = (tuple(sorted(roles)), tuple(sorted(qualifications)))
    return Demand(line.binding.site, *asked, count, frozenset(excluded))


def _excluded(excludes: Iterable[str], line: Line, piece: Place | Asset | None) -> set[str]:
    people = {
        "keeper": piece.keeper if piece else None,
        "maintainer": getattr(piece, "maintainer", None),
        "person-checked": (
            line.binding.target.rsplit("/", 1)[-1] if line.binding.target_kind == "person" else None
        ),
    }
    return {name for kind in excludes if (name := people.get(kind))}


def _pieces(organisation: Organisation) -> dict[str, Place | Asset]:
    found: dict[str, Place | Asset] = {}
    for site in organisation.sites:
        found |= {f"{site.id}/{place.id}": place for place in site.places}
        found |= {f"{site.id}/{asset.id}": asset for asset in site.assets}
    return found
