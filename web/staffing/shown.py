"""Staffing truths as their page shows them, in the language of the viewer."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask_babel import gettext as _

from inspections.person_titles import person_titles
from inspections.rounds.names import joined
from inspections.staffing import Truths
from rules.cadence import WEEKDAYS
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.problem import Task
from scheduler.staffing.able import Able
from scheduler.staffing.absences import Away
from scheduler.staffing.expiring import Expiry
from scheduler.staffing.mix import Seat, mix, seats
from scheduler.staffing.outlook import Fall
from scheduler.whatif.load import A_WEEK
from web.preferences import words
from web.staffing.posts_shown import PostsShown

WHENS = (*WEEKDAYS, "week", "always")
_HOUR = 60


@dataclass(frozen=True)
class SeatRow:
    """
    Somebody on the least staff.

    Attributes:
        to_get: Certificates that they have to get first.
        to_come_on: Days beside their working week.
        shifts: At posts; `shift_hours` are those of a week.
    """

    name: str
    hired: bool
    to_get: str
    to_come_on: str
    roles: str
    certificates: str
    checks: int
    minutes_a_week: int
    shifts: int
    shift_hours: float


@dataclass(frozen=True)
class Falling:
    """
    A duty with how many of its checks fall.

    Attributes:
        others: Who else could do it on the day, but for time; nothing where no one day is meant.
        people: How many it takes.
    """

    title: str
    target: str
    checks: int
    others: str | None = None
    people: int = 1


@dataclass(frozen=True)
class AwayRow:
    """A person with what falls on each weekday, in a week and for good."""

    key: str
    name: str
    whens: dict[str, Away]
    worst: tuple[tuple[Away, list[Falling]], ...]


@dataclass(frozen=True)
class ExpiryRow:
    """A certificate that ends."""

    name: str
    certificate: str
    until: date
    left: str
    asked: int
    alone: Fall
    together: Fall
    since: date | None
    falling: list[Falling]


class Shown:
    """Rows of the page."""

    whens = WHENS

    def __init__(self, truths: Truths, organisation: Organisation, rulebook: RuleBook) -> None:
        self.truths = truths
        self.least = truths.least
        self._book = rulebook
        self._titles = person_titles()
        self._names = {person.id: person.name for person in organisation.people}
        self._targets = _targets(organisation)
        days = (truths.question.until - truths.question.since).days + 1
        self._weeks = max(days / A_WEEK, 1.0)
        self.posts = PostsShown(truths, truths.posts, organisation) if truths.posts else None

    @cached_property
    def seats(self) -> list[SeatRow]:
        """Everybody on the least staff, most minutes first."""
        return [self._seat(seat) for seat in self._found]

    @cached_property
    def mix(self) -> list[tuple[str, str, int]]:
        """Roles, certificates and how many people of that sort."""
        return [
            (self._roles(each.roles), self._kinds(each.certificates), each.count)
            for each in mix(self._found)
        ]

    @cached_property
    def spare(self) -> list[str]:
        """Names of the people that the law could do without."""
        needed = {each.person for each in self.least.staff}
        return [words(name) for key, name in self._names.items() if key not in needed]

    @property
    def checks(self) -> int:
        """How many checks fall due."""
        return sum(len(each) for each in self.truths.demand.checks.values())

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self._names)

    @cached_property
    def away(self) -> list[AwayRow]:
        """Everybody whose absence makes a check fall, the gravest first."""
        by_person: dict[str, dict[str, Away]] = {}
        for each in self.truths.away:
            by_person.setdefault(each.person, {})[each.when] = each
        return [
            AwayRow(
                person,
                words(self._names[person]),
                whens,
                tuple((each, self._told(each)) for each in _telling(whens)),
            )
            for person, whens in by_person.items()
        ]

    @cached_property
    def expiring(self) -> list[ExpiryRow]:
        """Certificates that end, in the order of their ends."""
        return [self._expiry(each) for each in self.truths.expiring]

    @cached_property
    def impossible(self) -> list[Falling]:
        """Duties that nobody could do, hired or not."""
        return self.falling(self.least.impossible)

    def falling(self, tasks: Iterable[str]) -> list[Falling]:
        """Return the duties behind *tasks*, those with most checks first."""
        counts = Counter(
            (check.rule, check.target)
            for task in tasks
            for check in self.truths.demand.checks[task]
        )
        return [
            Falling(self._title(rule), self._target(target), count)
            for (rule, target), count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        ]

    def _told(self, away: Away) -> list[Falling]:
        """Return the duties that fall, on a single day with who else could do them."""
        if away.when in ("week", "always"):
            return self.falling(away.fall.tasks)
        counts: Counter[tuple[str, str, str, int]] = Counter()
        for task in (self._tasks[id_] for id_ in away.fall.tasks):
            able = [one for one in self._able.on(task, away.worst) if one != away.person]
            enough = able if len(able) >= task.people else []
            others = _(", ").join(words(self._names[one]) for one in enough)
            for check in self.truths.demand.checks[task.id]:
                counts[check.rule, check.target, others, task.people] += 1
        return [
            Falling(self._title(rule), self._target(target), count, others, people)
            for (rule, target, others, people), count in counts.most_common()
        ]

    @cached_property
    def _tasks(self) -> dict[str, Task]:
        return {task.id: task for task in self.truths.demand.problem.tasks}

    @cached_property
    def _able(self) -> Able:
        return Able(self.truths.demand.problem.workers)

    @cached_property
    def _found(self) -> tuple[Seat, ...]:
        return seats(self.truths.demand.problem, self.least)

    def _seat(self, seat: Seat) -> SeatRow:
        candidate = seat.candidate
        name = _("To hire") if candidate.hired else words(self._names[candidate.person])
        return SeatRow(
            name,
            candidate.hired,
            self._kinds(candidate.trained),
            _(", ").join(day.isoformat() for day in candidate.extra),
            self._roles(seat.roles),
            self._kinds(seat.certificates),
            seat.checks,
            round(seat.minutes / self._weeks),
            seat.shifts,
            seat.shift_minutes / _HOUR / self._weeks,
        )

    def _expiry(self, each: Expiry) -> ExpiryRow:
        return ExpiryRow(
            words(self._names[each.person]),
            self._kinds((each.kind,)),
            each.until,
            _(", ").join(words(self._names[person]) for person in each.left),
            each.asked,
            each.fall,
            each.together,
            each.since,
            self.falling(each.together.tasks or each.fall.tasks),
        )

    def _title(self, rule: str) -> str:
        return words(self._book.rule(rule).title)

    def _target(self, target: str) -> str:
        return words(self._targets[target]) if target in self._targets else target

    def _roles(self, found: Iterable[str]) -> str:
        titles = self._titles.roles
        named = [words(titles[role]) if role in titles else role for role in found]
        return " / ".join(named) or _("anybody")

    def _kinds(self, kinds: Iterable[str]) -> str:
        titles = self._titles.certificates
        return str(_(", ")).join(words(titles[kind]) if kind in titles else kind for kind in kinds)


def _telling(whens: dict[str, Away]) -> Iterable[Away]:
    """Yield the worst weekday, the week and the whole span, each where it says more."""
    weekdays = [whens[when] for when in WEEKDAYS if when in whens]
    if weekdays:
        yield max(weekdays, key=lambda each: (each.fall.checks, each.times))
    for when in ("week", "always"):
        if when in whens:
            yield whens[when]


def _targets(organisation: Organisation) -> dict[str, Text]:
    """Return the name of every target, as derivations name them."""
    found: dict[str, Text] = {}
    several = len(organisation.sites) > 1
    for site in organisation.sites:
        found[site.id] = site.name
        pieces = [(each.id, each.name) for each in site.places]
        pieces += [(each.id, each.name) for each in site.assets]
        pieces += [(each.id, each.name) for each in site.posts]
        pieces += [(each.id, each.name) for each in organisation.people if site.id in each.sites]
        for key, name in pieces:
            found[f"{site.id}/{key}"] = joined(site.name, name) if several else name
    return found
