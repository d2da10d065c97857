"""Why somebody stands where they stand, and who else could."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rules.text import Text
from scheduler.roster.draft import Draft
from scheduler.roster.explain.holes import Holes
from scheduler.roster.explain.row_facts import Rows
from scheduler.roster.explain.standing_rows import bettered, missing_of
from scheduler.roster.groups import draft_of
from scheduler.roster.problem import Cells, RosterPerson, RosterProblem
from scheduler.roster.reasons import stop_of
from scheduler.roster.slots import Slot, Slots
from scheduler.roster.wording import stop_text

_AWAY = Text(zh="假设不在", en="supposed away")


@dataclass(frozen=True)
class Other:
    """
    Somebody else for a shift.

    Attributes:
        how: `free`: nobody else's day changes. `swap`: if the two exchange what they stand that
            day. `no`: a rule is in the way.
        why: The rule, where there is one.
    """

    person: str
    how: Literal["free", "swap", "no"]
    why: Text | None = None


@dataclass(frozen=True)
class Place:
    """
    What one person's shift is for.

    Attributes:
        empty: How many more places would stay empty if the person were away that day.
        changed: The people whose days change then, in a roster that keeps what it can.
        others: Everybody who is registered at the site, those who could come first.
    """

    slot: Slot
    empty: int
    changed: tuple[str, ...]
    others: tuple[Other, ...]


def place_of(problem: RosterProblem, cells: Cells, person: str, day: date) -> Place | None:
    """
    Return why the person stands a shift that day; nothing where they have the day off.

    Args:
        problem: Posts, people and rules.
        cells: A roster that breaks none.
        person: Of the problem.
        day: Of the roster.
    """
    slots = Slots(problem)
    draft = draft_of(slots, dict(cells))
    slot = draft.rows[person].get(day)
    if slot is None:
        return None
    empty, changed = _without(draft, person, slot)
    site = slots.posts[slot.post].site
    people = [one for one in problem.people if one.id != person and site in one.sites]
    vacated = _vacated(draft, person, slot)
    others = sorted(
        (_other(vacated, slot, draft.people[person], one) for one in people),
        key=lambda one: ("free", "swap", "no").index(one.how),
    )
    return Place(slot, empty, changed, tuple(others))


def _without(draft: Draft, person: str, slot: Slot) -> tuple[int, tuple[str, ...]]:
    """Make the roster anew with the person away that day, changing as little as moves allow."""
    problem = draft.slots.problem
    one = draft.people[person]
    away = replace(one, blocked={**one.blocked, slot.day: _AWAY})
    people = tuple(away if each is one else each for each in problem.people)
    pins = {key: cell for key, cell in problem.pins.items() if key != (person, slot.day)}
    slots = Slots(replace(problem, people=people, pins=pins))
    left = {day: one for day, one in draft.rows[person].items() if day != slot.day}
    rows: Rows = {**draft.rows, person: left}
    holes = Holes(slots)
    before = sum(missing_of(Holes(draft.slots), draft.rows).values())
    wanted = [one for one in slots.wanted if one.key == slot.key]
    after = bettered(holes, rows, among=wanted)
    changed = (name for name in draft.rows if name != person and after.rows[name] != rows[name])
    return sum(after.missing.values()) - before, tuple(changed)


def _other(draft: Draft, slot: Slot, holder: RosterPerson, person: RosterPerson) -> Other:
    code, limit = stop_of(draft, person, slot)
    if code is None:
        return Other(person.id, "free")
    given = draft.rows[person.id].get(slot.day)
    if given is not None and not draft.is_pinned(person.id, slot.day):
        swapped = _vacated(draft, person.id, given)
        takes = swapped.stop(person, slot) is None
        if takes and swapped.stop(holder, given) is None:
            return Other(person.id, "swap")
    post, titles = draft.slots.posts[slot.post], draft.slots.problem.titles
    return Other(person.id, "no", stop_text(code, post, limit=limit, titles=titles))


def _vacated(draft: Draft, person: str, slot: Slot) -> Draft:
    """Return a draft without the person on the slot; the one given stays as it is."""
    cells = {key: cell for key, cell in draft.cells().items() if key != (person, slot.day)}
    return draft_of(draft.slots, cells)
