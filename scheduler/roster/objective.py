"""What a roster is judged by once no hard rule is broken: smaller is better, in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from heapq import heapify, heapreplace
from math import gcd

from scheduler.roster.problem import Cells, RosterPerson, RosterProblem, Wish
from scheduler.roster.rows import overtime
from scheduler.roster.slots import Slot, Slots, days_between
from scheduler.roster.standing import is_away

PRIORITIES = (0, 1, 2)
Measure = Callable[[Slot], int]

PRICE_STEPS = 4


def measures(problem: RosterProblem) -> tuple[tuple[Measure, int], ...]:
    """Return each measure of fairness: what a slot counts, and one step of its price."""
    return (
        (lambda slot: int(slot.is_night), 1),
        (lambda slot: int(slot.day.weekday() >= 5), 1),
        (lambda slot: int(slot.day in problem.holidays), 1),
        (lambda slot: slot.minutes // 60, 8),
    )


@dataclass(frozen=True)
class Fairness:
    """The price of one person's share of one measure: one more for each above each threshold."""

    person: str
    measure: Measure
    thresholds: tuple[int, ...]


def shares(slots: Slots, people: Mapping[str, frozenset[str]]) -> list[Fairness]:
    """
    Return the fair shares of people who share posts, by the days on which they are not away.

    What was stood in the history is carried over: who has had more of it then gets less now.

    Args:
        slots: The problem's slots.
        people: Person id to the posts that the person may stand.
    """
    everyone = {person.id: person for person in slots.problem.people}
    past = slots.rows(slots.problem.history)
    present = {person: _days_present(slots, everyone[person], past[person]) for person in people}
    found = []
    for measure, step in measures(slots.problem):
        carried = {person: sum(map(measure, past[person].values())) for person in people}
        demand = sum(measure(slot) * slot.want for slot in slots.wanted if _is_among(slot, people))
        everything = demand + sum(carried.values())
        total = max(1, sum(present.values()))
        for person in people:
            fair = everything * present[person] // total - carried[person]
            thresholds = tuple(fair + step * number for number in range(PRICE_STEPS))
            found.append(Fairness(person, measure, thresholds))
    return found


@dataclass(frozen=True, order=True)
class Score:
    """
    What a roster is judged by, the smaller the better, in this order.

    Attributes:
        lost: People that shifts lack, by priority.
        changed: Cells of the last roster that differ.
        wanting: People preferred beyond the minimum who are not there.
        overtime: Minutes beyond weekly hours, of who agreed to them.
        unfair: The price of uneven shares.
        unmet: Weights of the wishes that are not met.
    """

    lost: tuple[int, ...]
    changed: int
    wanting: int
    overtime: int
    unfair: int
    unmet: int


def score(slots: Slots, cells: Cells, fair: list[Fairness], wanted: Iterable[Slot]) -> Score:
    """Judge what stands on *wanted*, as the people of *cells* stand it."""
    standing = Counter((cell[0], day, cell[1]) for (_, day), cell in cells.items() if cell)
    lost = dict.fromkeys(PRIORITIES, 0)
    wanting = 0
    for slot in wanted:
        lost[slot.priority] += max(0, slot.need - standing[slot.key])
        wanting += max(0, slot.want - max(slot.need, standing[slot.key]))
    previous = slots.problem.previous
    changed = sum(1 for key, cell in previous.items() if key in cells and cells[key] != cell)
    rows = slots.rows(cells)
    unfair = 0
    for each in fair:
        load = sum(each.measure(slot) for slot in rows[each.person].values())
        unfair += _price(each, load)
    unmet = sum(one.weight for one in unmet_wishes(slots.problem, cells))
    return Score(tuple(lost.values()), changed, wanting, _extra(slots, cells), unfair, unmet)


def _extra(slots: Slots, cells: Cells) -> int:
    """Return the minutes of overtime by agreement, whole weeks counted with what was stood."""
    there = {person for person, _ in cells}
    agreed = [
        person
        for person in slots.problem.people
        if person.id in there and any(limit.overtime for limit in person.limits)
    ]
    if not agreed:
        return 0
    rows = slots.rows({**slots.problem.history, **cells})
    return sum(overtime(person, rows[person.id].values()) for person in agreed)


def unmet_wishes(problem: RosterProblem, cells: Cells) -> list[Wish]:
    """Return the wishes that the cells do not meet, of the people that these hold."""
    return [
        wish
        for wish in problem.wishes
        if (wish.person, wish.day) in cells and not wish.is_met_by(cells[wish.person, wish.day])
    ]


def least_unfairness(wanted: list[Slot], fair: list[Fairness]) -> int:
    """
    Return the least price of fairness that arithmetic allows where all who are preferred stand.

    Hard rules may not let a roster come so low; none comes lower.
    """
    return sum(
        _least_of(wanted, measure, [each for each in fair if each.measure is measure])
        for measure in dict.fromkeys(each.measure for each in fair)
    )


def _least_of(wanted: list[Slot], measure: Measure, mine: list[Fairness]) -> int:
    """Give each portion to whoever it is cheapest for: prices only rise with the load."""
    counts = [(measure(slot), slot.want) for slot in wanted if measure(slot)]
    portion = gcd(*(count for count, _ in counts))
    if not portion:
        return 0
    waiting = [
        (_price(each, portion) - _price(each, 0), number, 0) for number, each in enumerate(mine)
    ]
    least = sum(_price(each, 0) for each in mine)
    heapify(waiting)
    for _ in range(sum(count * need for count, need in counts) // portion):
        more, number, load = waiting[0]
        least += more
        load += portion
        each = mine[number]
        heapreplace(waiting, (_price(each, load + portion) - _price(each, load), number, load))
    return least


def _price(fair: Fairness, load: int) -> int:
    return sum(max(0, load - threshold) for threshold in fair.thresholds)


def _days_present(slots: Slots, person: RosterPerson, past: Mapping[date, Slot]) -> int:
    """Count the days, from the first shift known, without block or absence at noon."""
    first = min(past, default=slots.problem.since)
    days = days_between(first, slots.problem.until)
    noons = {day: slots.minute(day, time(12)) for day in days if day not in person.blocked}
    return sum(1 for noon in noons.values() if not is_away(person, noon, noon + 1))


def _is_among(slot: Slot, people: Mapping[str, frozenset[str]]) -> bool:
    return any(slot.post in posts for posts in people.values())
