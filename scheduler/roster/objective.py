"""What a roster is judged by once no hard rule is broken: smaller is better, in order."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time

from scheduler.roster.problem import Cells, RosterPerson
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.standing import is_away

PRIORITIES = (0, 1, 2)
Measure = Callable[[Slot], int]

# Each measure of fairness: what a slot counts, and how much is one step of its price.
MEASURES: tuple[tuple[Measure, int], ...] = (
    (lambda slot: int(slot.is_night), 1),
    (lambda slot: int(slot.day.weekday() >= 5), 1),
    (lambda slot: slot.minutes // 60, 8),
)
PRICE_STEPS = 4


@dataclass(frozen=True)
class Fairness:
    """The price of one person's share of one measure: one more for each above each threshold."""

    person: str
    measure: Measure
    thresholds: tuple[int, ...]


def shares(slots: Slots, people: Mapping[str, frozenset[str]]) -> list[Fairness]:
    """
    Return the fair shares of people who share posts, by the days on which they are not away.

    Args:
        slots: The problem's slots.
        people: Person id to the posts that the person may stand.
    """
    everyone = {person.id: person for person in slots.problem.people}
    present = {person: _days_present(slots, everyone[person]) for person in people}
    found = []
    for measure, step in MEASURES:
        demand = sum(measure(slot) * slot.need for slot in slots.wanted if _is_among(slot, people))
        total = max(1, sum(present.values()))
        for person in people:
            fair = demand * present[person] // total
            thresholds = tuple(fair + step * number for number in range(PRICE_STEPS))
            found.append(Fairness(person, measure, thresholds))
    return found


def score(slots: Slots, cells: Cells, fair: list[Fairness]) -> tuple[int, ...]:
    """Judge a roster: uncovered by priority, changes against the last roster, unfairness."""
    standing = Counter((cell[0], day, cell[1]) for (_, day), cell in cells.items() if cell)
    lost = dict.fromkeys(PRIORITIES, 0)
    for slot in slots.wanted:
        lost[slot.priority] += max(0, slot.need - standing[slot.key])
    previous = slots.problem.previous
    changed = sum(1 for key, cell in previous.items() if key in cells and cells[key] != cell)
    rows = slots.rows(cells)
    unfair = 0
    for each in fair:
        load = sum(each.measure(slot) for slot in rows[each.person].values())
        unfair += sum(max(0, load - threshold) for threshold in each.thresholds)
    return (*lost.values(), changed, unfair)


def _days_present(slots: Slots, person: RosterPerson) -> int:
    """Count the days on which the person is neither blocked nor away at noon."""
    noons = {day: slots.minute(day, time(12)) for day in slots.days if day not in person.blocked}
    return sum(1 for noon in noons.values() if not is_away(person, noon, noon + 1))


def _is_among(slot: Slot, people: Mapping[str, frozenset[str]]) -> bool:
    return any(slot.post in posts for posts in people.values())
