"""Runs of days with the places to be filled and what each person could stand, for a bound."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.roster.problem import Cell, RosterPerson, RosterProblem
from scheduler.roster.rows import fault_of_adding
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import may_ever_stand, stopped_by
from scheduler.staffing.posts.room import Room, room

Days = tuple[date, date]


@dataclass(frozen=True)
class Need:
    """
    Places of one shift of a post, over all days of a block.

    Attributes:
        minutes: Working time of each.
    """

    cell: Cell
    places: int
    minutes: int


@dataclass(frozen=True)
class Crew:
    """
    People who are alike in a block.

    Attributes:
        days: For each need on how many days one of them may stand it.
    """

    people: tuple[str, ...]
    days: tuple[int, ...]
    room: Room


@dataclass(frozen=True)
class Block:
    """
    What a run of days asks for, and who could stand how much of it.

    Rest between shifts is counted for each person alone and not shift by shift: whoever is enough
    for every block may still be too few, whoever is too few for one block is too few.
    """

    days: Days
    needs: tuple[Need, ...]
    crews: tuple[Crew, ...]

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.days[1] - self.days[0]).days + 1

    @property
    def likeness(self) -> tuple[object, ...]:
        """Equal for blocks that ask the same of the same people."""
        return (self.needs, self.crews)

    def without(self, person: str) -> "Block":
        """Return the block with *person* away on all its days."""
        crews = (
            replace(crew, people=tuple(one for one in crew.people if one != person))
            for crew in self.crews
        )
        return replace(self, crews=tuple(crew for crew in crews if crew.people))


class Blocks:
    """The blocks of one roster problem: days, weeks, the periods that hours are averaged over."""

    def __init__(self, posts: RosterProblem) -> None:
        self._slots = Slots(posts)
        self._people = {person.id: person for person in posts.people}
        self.wanted = tuple(slot for slot in self._slots.wanted if slot.need)
        self.able = {person.id: self._able(person) for person in posts.people}
        self._bound = {person for bond in posts.bonds for person in bond.people}
        self._rooms: dict[tuple[object, ...], Room] = {}

    def all(self) -> tuple[Block, ...]:
        """Return one of each block that asks something, the shortest first."""
        found = (self.of(days) for days in self._spans())
        return tuple({block.likeness: block for block in found if block.needs}.values())

    def days(self) -> tuple[Block, ...]:
        """Return the days one by one."""
        return tuple(self.of((day, day)) for day in self._slots.days)

    def weeks(self) -> tuple[Block, ...]:
        """Return the weeks from Monday to Sunday, as far as the roster goes."""
        return tuple(self.of(days) for days in self._weeks())

    def of(self, days: Days) -> Block:
        """Return the block of these days, both included."""
        inside = [slot for slot in self.wanted if days[0] <= slot.day <= days[1]]
        needs = tuple(_needs(inside))
        alike: dict[tuple[tuple[int, ...], Room], list[str]] = defaultdict(list)
        for person, able in self.able.items():
            mine = [slot for slot in able if days[0] <= slot.day <= days[1]]
            if mine:
                on_days = tuple(sum(_cell(slot) == need.cell for slot in mine) for need in needs)
                alike[on_days, self._room(person, mine, days)].append(person)
        return Block(days, needs, tuple(Crew(tuple(p), *key) for key, p in alike.items()))

    def alike(self, posts: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return who may stand any of *posts*, those together of whom each may stand the same."""
        found: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for id_, able in self.able.items():
            if any(slot.post in posts for slot in able):
                person = self._people[id_]
                stands = tuple(slot.key for slot in able)
                # Nobody else is bound to the same people.
                own = id_ if id_ in self._bound else ""
                found[stands, person.limits, person.absences, own].append(id_)
        return tuple(tuple(ids) for ids in found.values())

    def _able(self, person: RosterPerson) -> tuple[Slot, ...]:
        """Return the slots that the person may stand, if it were the only one."""
        mine = {id_ for id_, post in self._slots.posts.items() if may_ever_stand(person, post)}
        spans = self._slots.spans[person.id]
        return tuple(
            slot
            for slot in self.wanted
            if slot.post in mine
            and stopped_by(self._slots, person, slot) is None
            and fault_of_adding(person, {}, slot, spans) is None
        )

    def _room(self, person: str, mine: Sequence[Slot], days: Days) -> Room:
        one, spans = self._people[person], self._slots.spans[person]
        key = (one.limits, spans, days, tuple(slot.key for slot in mine))
        if key not in self._rooms:
            self._rooms[key] = room(one, mine, days, spans)
        return self._rooms[key]

    def _spans(self) -> Iterator[Days]:
        days = self._slots.days
        yield from ((day, day) for day in days)
        yield from self._weeks()
        periods = {
            (max(each.first, days[0]), each.last)
            for spans in self._slots.spans.values()
            for each in spans.periods
        }
        yield from sorted({*periods, (days[0], days[-1])})

    def _weeks(self) -> Iterator[Days]:
        first, last = self._slots.days[0], self._slots.days[-1]
        while first <= last:
            sunday = first + timedelta(days=6 - first.weekday())
            yield first, min(sunday, last)
            first = sunday + timedelta(days=1)


def _cell(slot: Slot) -> Cell:
    return (slot.post, slot.shift)


def _needs(slots: Iterable[Slot]) -> Iterator[Need]:
    places: dict[Cell, list[Slot]] = defaultdict(list)
    for slot in slots:
        places[_cell(slot)].append(slot)
    for cell, mine in sorted(places.items()):
        yield Need(cell, sum(s.need for s in mine), min(s.minutes for s in mine))
