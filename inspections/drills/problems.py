"""The drill planner's problem of a site, or of sites that hold drills together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from inspections.drills.day_notes import DayNotes
from inspections.drills.required import Required
from inspections.drills.settings import DrillSettings
from rules.cadence import WEEKDAYS
from rules.organisation.model import Organisation, Person, Shift, Site
from rules.text import Text
from scheduler.drills.problem import (
    DayNote,
    DrillPlan,
    DrillWanted,
    Leader,
    Rotation,
    SiteDrills,
)

# Hidden drills are kept from joining announced ones of their kind.
_HIDDEN = "|hidden"
_PRIORITIES: tuple[Literal[0, 1, 2], ...] = (0, 1, 2)


@dataclass(frozen=True)
class Standing:
    """
    A drill that stands already: published, pinned, or held.

    Attributes:
        drill: Row id.
        serves: Keys of the drills wanted.
        scenario: Text in Chinese, as rotations count them.
    """

    drill: int
    on: date
    kind: str
    hidden: bool
    serves: tuple[tuple[int, str], ...]
    leader: str | None
    scenario: str | None
    shift: str | None
    building: str | None


@dataclass(frozen=True)
class Known:
    """
    What the record knows beside the duties.

    Attributes:
        first: First day that can still be planned.
        performed: Latest day on which each duty was done.
        settled: Keys of drills wanted that are done, missed, excused or cancelled.
    """

    first: date
    performed: Mapping[int, date]
    settled: frozenset[tuple[int, str]]
    standing: tuple[Standing, ...]


@dataclass(frozen=True)
class Problem:
    """
    A planner's problem with what its answer is read back by.

    Attributes:
        sites: The lead site first.
        members: Drills wanted by the planner's ids; several where sites hold one together.
        shifts: By the option of the rotation.
    """

    sites: tuple[Site, ...]
    drills: SiteDrills
    members: Mapping[str, tuple[Required, ...]]
    shifts: Mapping[str, Shift]
    scenarios: Mapping[str, Text]


@dataclass
class Problems:
    """Makes the problems of one organisation and year."""

    organisation: Organisation
    year: int
    settings: DrillSettings
    known: Known
    _by_key: dict[tuple[int, str], Standing] = field(init=False)
    _people: defaultdict[str, list[Person]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_key = {key: one for one in self.known.standing for key in one.serves}
        self._people = defaultdict(list)
        for person in self.organisation.people:
            for site in person.sites:
                self._people[site].append(person)
        self._days = DayNotes(
            self.organisation, self.settings.seasons_in(self.organisation.country)
        )

    def of(
        self, sites: Sequence[Site], groups: Iterable[tuple[Required, ...]], busy: Iterable[date]
    ) -> Problem:
        """
        Return the problem of *sites*; each group is one drill wanted.

        *busy* days hold drills that are planned elsewhere and better stand alone.
        """
        members = {planner_id(group[0]): group for group in groups if self._is_open(group)}
        wanted = [self._wanted(id_, group) for id_, group in members.items()]
        wanted += [_elsewhere(number, day) for number, day in enumerate(busy)]
        every = [one for group in members.values() for one in group]
        shifts = _shifts(sites)
        scenarios = {text.zh: text for one in every for text in one.scenarios}
        first, last = date(self.year, 1, 1), date(self.year, 12, 31)
        since = max(first, self.known.first)
        drills = SiteDrills(
            site="+".join(site.id for site in sites),
            since=since,
            until=last,
            wanted=tuple(wanted),
            notes=self._notes(sites, first, last),
            leaders=tuple(self._leaders(sites, every)),
            rotations=self._rotations(sites, members, shifts),
            last=self._last(members),
        )
        return Problem(tuple(sites), drills, members, shifts, scenarios)

    def joined(self, problem: Problem, plan: DrillPlan) -> Iterator[tuple[int, Required]]:
        """Yield the drills wanted that *plan* puts on the day of a standing one of their kind."""
        for event in plan.events:
            groups = [problem.members[id_] for id_ in event.serves if id_ in problem.members]
            keys = [one.key for group in groups for one in group]
            drill = next((self._by_key[key].drill for key in keys if key in self._by_key), None)
            for group in groups:
                if drill is not None and not any(one.key in self._by_key for one in group):
                    yield from ((drill, one) for one in group)

    def is_hidden(self, one: Required) -> bool:
        """Tell whether the drill is to come unannounced."""
        return one.must_be_hidden or (one.may_be_hidden and one.rule in self.settings.hidden)

    def kind(self, one: Required) -> str:
        """Return what the planner calls the kind of the drill."""
        return one.kind + (_HIDDEN if self.is_hidden(one) else "")

    def _is_open(self, group: tuple[Required, ...]) -> bool:
        """Tell whether it stands, or is neither settled nor over."""
        if any(one.key in self._by_key for one in group):
            return True
        if any(one.key in self.known.settled for one in group):
            return False
        return min(one.until for one in group) >= self.known.first

    def _wanted(self, id_: str, group: tuple[Required, ...]) -> DrillWanted:
        one = group[0]
        since, until = max(each.since for each in group), min(each.until for each in group)
        standing = next(
            (self._by_key[each.key] for each in group if each.key in self._by_key), None
        )
        middle = since + (until - since) // 2
        return DrillWanted(
            id=id_,
            series=str(one.duty),
            kind=self.kind(one),
            title=one.title,
            since=since,
            until=until,
            min_gap_days=max(each.gap for each in group),
            priority=_PRIORITIES[min(each.priority for each in group)],
            announced=not self.is_hidden(one),
            pinned_on=standing.on if standing else None,
            wished_on=middle,
            clause=one.clause,
        )

    def _notes(
        self, sites: Sequence[Site], since: date, until: date
    ) -> Mapping[date, tuple[DayNote, ...]]:
        found: defaultdict[date, tuple[DayNote, ...]] = defaultdict(tuple)
        for site in sites:
            for day, notes in self._days.of(site, since, until).items():
                new = tuple(note for note in notes if note not in found[day])
                found[day] = (*found[day], *new)
        return dict(found)

    def _leaders(self, sites: Sequence[Site], every: Sequence[Required]) -> Iterable[Leader]:
        roles = {role for one in every for role in one.roles}
        led: defaultdict[str, int] = defaultdict(int)
        for one in self.known.standing:
            led[one.leader or ""] += 1
        people = {person.id: person for site in sites for person in self._people[site.id]}
        days = [date(self.year, 1, 1) + timedelta(days=number) for number in range(366)]
        for person in people.values():
            if person.employer is None and (not roles or roles & set(person.roles)):
                away = frozenset(day for day in days if _is_away(person, day))
                yield Leader(person.id, person.name, away, led[person.id])

    def _rotations(
        self,
        sites: Sequence[Site],
        members: Mapping[str, tuple[Required, ...]],
        shifts: Mapping[str, Shift],
    ) -> Mapping[str, Mapping[str, Rotation]]:
        scenarios: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for group in members.values():
            of_kind = scenarios[self.kind(group[0])]
            of_kind.update(dict.fromkeys(text.zh for text in group[0].scenarios))
        options = {"shift": tuple(shifts), "building": _buildings(sites)}
        made = {}
        for kind, texts in scenarios.items():
            here = {"scenario": tuple(texts), **options}
            standing = [one for one in self.known.standing if self._is_of(one, kind, members)]
            made[kind] = {
                name: Rotation(choices, _past(choices, standing, name))
                for name, choices in here.items()
                if len(choices) > 1 or (choices and name == "scenario")
            }
        return made

    def _is_of(self, one: Standing, kind: str, members: Mapping[str, tuple[Required, ...]]) -> bool:
        mine = {each.key for group in members.values() for each in group}
        return bool(mine & set(one.serves)) and one.kind + (_HIDDEN * one.hidden) == kind

    def _last(self, members: Mapping[str, tuple[Required, ...]]) -> Mapping[str, date]:
        duties = {group[0].duty for group in members.values()}
        done = {duty: day for duty, day in self.known.performed.items() if duty in duties}
        return {str(duty): day for duty, day in done.items() if day < self.known.first}


def planner_id(one: Required) -> str:
    """Return what the planner calls a drill wanted."""
    return f"{one.duty}/{one.period}"


def _elsewhere(number: int, day: date) -> DrillWanted:
    name = f"elsewhere/{number}"
    title = Text(zh="联合演练", en="Drill held together")
    return DrillWanted(name, name, name, title, day, day, pinned_on=day)


def _is_away(person: Person, day: date) -> bool:
    return WEEKDAYS[day.weekday()] not in person.works or any(
        span.since <= day <= span.until for span in person.absences
    )


def _shifts(sites: Sequence[Site]) -> dict[str, Shift]:
    """Return the shifts of the lead site by their span; posts share most of them."""
    return {
        f"{shift.since:%H:%M}–{shift.until:%H:%M}": shift
        for post in sites[0].posts
        for shift in post.shifts
    }


def _buildings(sites: Sequence[Site]) -> tuple[str, ...]:
    named = (place.facts.get("place.building") for place in sites[0].places)
    return tuple(dict.fromkeys(str(one) for one in named if one))


def _past(choices: Sequence[str], standing: Sequence[Standing], name: str) -> dict[str, int]:
    taken = [getattr(one, name) for one in standing]
    return {choice: taken.count(choice) for choice in choices if choice in taken}
