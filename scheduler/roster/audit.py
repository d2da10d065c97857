"""Check a roster without any solver, before anyone sees it or it is published."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.roster.bonds import BondFault, bond_faults
from scheduler.roster.gaps import gaps
from scheduler.roster.problem import Cell, Roster, RosterPerson, RosterProblem
from scheduler.roster.rows import Row, row_faults
from scheduler.roster.slots import Slots
from scheduler.roster.standing import stopped_by
from scheduler.roster.wording import stop_text


@dataclass(frozen=True)
class RosterViolation:
    """
    One broken rule of a roster.

    Attributes:
        code: A hard rule's code, or `unknown-shift`, `unknown-person`, `pin-moved`,
            `over-maximum`, `wrong-uncovered` (the list of uncovered shifts is not what the cells
            say).
    """

    code: str
    text: Text
    person: str | None = None
    day: date | None = None


def violations(problem: RosterProblem, roster: Roster) -> tuple[RosterViolation, ...]:
    """Return every hard rule that the roster breaks; too few people on a shift breaks none."""
    strangers = tuple(_strangers(problem, roster))
    if strangers:
        return strangers
    slots = Slots(problem)
    rows = slots.rows({**problem.history, **roster.cells})
    found = [
        violation
        for person in problem.people
        for violation in _person(slots, person, roster, rows[person.id])
    ]
    found += [_bond(slots, fault) for fault in bond_faults(problem.bonds, rows, problem.since)]
    return (
        *found,
        *_pins(problem, roster),
        *_crowded(slots, roster),
        *_uncovered(slots, roster),
    )


def publishable(problem: RosterProblem, roster: Roster) -> list[Text]:
    """Return what stands against publishing: gaps by date and clock time, then broken rules."""
    broken = [violation.text for violation in violations(problem, roster)]
    return [*(gap.text for gap in gaps(problem, roster)), *broken]


def _strangers(problem: RosterProblem, roster: Roster) -> Iterator[RosterViolation]:
    known = {person.id for person in problem.people}
    shifts = {(post.id, shift.code) for post in problem.posts for shift in post.shifts}
    for (person, day), cell in roster.cells.items():
        if person not in known:
            text = Text(zh=f"{day}：没有人员 {person}", en=f"{day}: there is no person {person}")
            yield RosterViolation("unknown-person", text, person, day)
        if cell is not None and cell not in shifts:
            name = "/".join(cell)
            text = Text(zh=f"{day}：没有班次 {name}", en=f"{day}: there is no shift {name}")
            yield RosterViolation("unknown-shift", text, person, day)


def _person(
    slots: Slots, person: RosterPerson, roster: Roster, row: Row
) -> Iterator[RosterViolation]:
    since = slots.problem.since
    for day in slots.days:
        cell = roster.cells.get((person.id, day))
        code = stopped_by(slots, person, slots.of(*cell, day)) if cell else None
        if code:
            yield _violation(slots, person, cell, (day, code))
    for fault in row_faults(person, row, slots.spans[person.id]):
        if fault.day >= since:
            cell = roster.cells.get((person.id, fault.day))
            yield _violation(slots, person, cell, (fault.day, fault.code))


def _violation(
    slots: Slots, person: RosterPerson, cell: Cell | None, fault: tuple[date, str]
) -> RosterViolation:
    day, code = fault
    limit = next((each for each in person.limits if each.name == code), None)
    post = slots.posts[cell[0]] if cell else slots.problem.posts[0]
    why = stop_text(code, post, limit=limit, titles=slots.problem.titles)
    text = Text(
        zh=f"{person.name.zh} {day.month}月{day.day}日：{why.zh}",
        en=f"{person.name.en} on {day.day} {day:%b}: {why.en}",
    )
    return RosterViolation(code, text, person.id, day)


def _bond(slots: Slots, fault: BondFault) -> RosterViolation:
    names = {person.id: person.name for person in slots.problem.people}
    who, day, post = names[fault.person], fault.slot.day, slots.posts[fault.slot.post].name
    others = [names[one] for one in fault.bond.people if one != fault.person and one in names]
    if fault.other is not None:
        other = names[fault.other]
        zh, en = f"与{other.zh}须分开，却同时在岗", f"kept apart from {other.en}, who is there too"
    else:
        zh = f"须与{'或'.join(one.zh for one in others) or '搭班人'}同班，却没有"
        en = " or ".join(one.en for one in others) or "companions"
        en = f"without {en}, with whom alone it may be stood"
    why = fault.bond.reason
    text = Text(
        zh=f"{who.zh} {day.month}月{day.day}日 {post.zh}：{zh}{f'（{why.zh}）' if why else ''}",
        en=f"{who.en} on {day.day} {day:%b} at {post.en}: {en}{f' ({why.en})' if why else ''}",
    )
    return RosterViolation(fault.code, text, fault.person, day)


def _crowded(slots: Slots, roster: Roster) -> Iterator[RosterViolation]:
    """Nobody beyond the maximum stands a shift, unless they were settled there."""
    cells = roster.cells.items()
    standing = Counter((cell[0], day, cell[1]) for (_, day), cell in cells if cell)
    settled = Counter(
        (cell[0], day, cell[1]) for (_, day), cell in slots.problem.pins.items() if cell
    )
    for slot in slots.wanted:
        there, most = standing[slot.key], max(slot.most, settled[slot.key])
        if there > most:
            post = slots.posts[slot.post].name
            text = Text(
                zh=f"{slot.day} {post.zh} {slot.shift} 班有 {there} 人，最多 {most} 人",
                en=f"{there} stand {post.en} {slot.shift} on {slot.day}, at most {most} may",
            )
            yield RosterViolation("over-maximum", text, day=slot.day)


def _pins(problem: RosterProblem, roster: Roster) -> Iterator[RosterViolation]:
    for (person, day), cell in problem.pins.items():
        if (person, day) in roster.cells and roster.cells[person, day] != cell:
            text = Text(zh=f"{person} {day} 的已定班次被改动", en=f"{person} on {day} was settled")
            yield RosterViolation("pin-moved", text, person, day)


def _uncovered(slots: Slots, roster: Roster) -> Iterator[RosterViolation]:
    """The uncovered list must say exactly what the cells say."""
    cells = roster.cells.items()
    standing = Counter((cell[0], day, cell[1]) for (_, day), cell in cells if cell)
    wrong = {
        slot.key: slot.need - standing[slot.key]
        for slot in slots.wanted
        if slot.need > standing[slot.key]
    }
    listed = {(each.post, each.day, each.shift): each.missing for each in roster.uncovered}
    for post, day, shift in sorted(wrong.keys() | listed.keys()):
        if wrong.get((post, day, shift)) != listed.get((post, day, shift)):
            text = Text(
                zh=f"{day} {post} {shift} 班的缺员与名单不符",
                en=f"The list of uncovered shifts is wrong for {post} {shift} on {day}",
            )
            yield RosterViolation("wrong-uncovered", text, day=day)
