"""
Solve a roster, group by group of posts that share people.

A constructive one comes first; exchanges between two people better it, and CP-SAT what arithmetic
does not prove to be best.
"""

import time
from collections.abc import Callable

from rules.text import Text
from scheduler.roster.draft import Draft, constructive, pin_faults
from scheduler.roster.exchange.improving import exchanged
from scheduler.roster.group_aims import GroupAims
from scheduler.roster.groups import CellsFound, Effort, Group, draft_of, group_text, groups_of
from scheduler.roster.problem import Roster, RosterProblem, Status
from scheduler.roster.reasons import clash_text, uncovered_of
from scheduler.roster.slots import Slots

Progress = Callable[[int, int, Text], None]

# Enough for a month of thirty people on three posts; a thousandth of a deterministic second each.
DEFAULT_STEPS = 9000
# People times slots above which building the model costs more than it could better; and above
# which CP-SAT neither betters fairness after the exchanges nor proves it in the time there is.
_LARGEST_MODEL = 120_000
_LARGEST_PROOF = 8_000
# Steps of exchanges before CP-SAT goes on, by people times slots. They do not grow with the budget:
# CP-SAT then begins at the same roster, and with more steps finds what it did with fewer or better.
_STIR, _LONGEST_STIR = 500, 3_000


def solve(  # noqa: PLR0913 (all but the first are named at the call)
    problem: RosterProblem,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    steps: int | None = None,
    even: bool = True,
    progress: Progress | None = None,
) -> Roster:
    """
    Return the best roster found; too few people on a shift is listed with its reason.

    The same problem, seed and steps give the same roster, unless `seconds` ran out first, which
    the roster then says (`cut_short`).

    Args:
        problem: Posts, people, what is pinned and what the last roster was.
        seconds: Cap on the time spent improving.
        seed: Decides draws between equals.
        steps: Thousandths of CP-SAT's deterministic second in all; 0 keeps the constructive roster.
        even: Whether preferred people, overtime, even nights, weekends and hours, and wishes are
            looked at after cover and changes; a quick look at a change goes without.
        progress: Called with groups of posts done, groups in all, and what is being done.
    """
    began = time.monotonic()
    slots = Slots(problem)
    clashes = tuple(clash_text(slots, *each) for each in pin_faults(slots))
    if clashes:
        pinned = Draft(slots)
        return Roster(pinned.cells(), uncovered_of(pinned), "infeasible", clashes)
    effort = Effort(seed, (DEFAULT_STEPS if steps is None else steps), began + seconds)
    cells = constructive(slots, seed=seed).cells()
    trace = [(time.monotonic() - began, _missing(slots, cells))]
    groups = groups_of(problem)
    proved = True
    for done, posts in enumerate(groups):
        if progress:
            progress(done, len(groups), group_text(posts))
        proved &= _improve(slots, cells, posts, effort, even=even)
        missing = _missing(slots, cells)
        if missing < trace[-1][1]:
            trace.append((time.monotonic() - began, missing))
    if progress:
        progress(len(groups), len(groups), Text(zh="排班完成", en="Roster done"))
    final = draft_of(slots, cells)
    status: Status = "solved" if proved else "best-found"
    return Roster(
        final.cells(),
        uncovered_of(final),
        status,
        cut_short=effort.was_cut,
        trace=tuple(trace),
    )


def _missing(slots: Slots, cells: CellsFound) -> int:
    draft = draft_of(slots, cells)
    return sum(map(draft.missing, slots.wanted))


def _improve(
    slots: Slots, cells: CellsFound, posts: tuple[str, ...], effort: Effort, *, even: bool
) -> bool:
    """Better the cells of one group's people in place; return whether the best is proved."""
    group = Group(slots, posts)
    if not group.may or effort.steps == 0:
        return not group.may
    steps = effort.steps * len(posts) / len(slots.posts)
    best = {key: cell for key, cell in cells.items() if key[0] in group.may}
    is_modelled = group.size <= _LARGEST_MODEL
    if even and not slots.problem.previous:
        stir = min(steps, _stir(group)) if is_modelled else steps / 3
        best = exchanged(group, best, effort, stir)
        steps -= stir
    reached = group.score(best)
    proved = group.is_least(reached) or (not even and group.is_fewest(reached))
    if not proved and is_modelled and steps:
        best, proved = _modelled(group, best, effort, steps / 3, even=even)
    cells.update(best)
    return proved


def _stir(group: Group) -> int:
    return min(_LONGEST_STIR, max(_STIR, group.size // 4))


def _modelled(
    group: Group, best: CellsFound, effort: Effort, limit: float, *, even: bool
) -> tuple[CellsFound, bool]:
    """Better the cells by CP-SAT, one aim after the other; and whether each is proved best."""
    model = GroupAims(group)
    proved = True
    for aim in model.aims(even=even):
        left = limit
        if aim == model.aim_at_fairness:
            stir = limit if group.size > _LARGEST_PROOF else min(limit, 2 * _STIR)
            best = exchanged(group, best, effort, stir)
            left -= stir
            if group.is_fairest(group.score(best)):
                continue
            if not left:
                proved = False
                break
        if not aim(best):
            continue
        if effort.ends <= time.monotonic():
            effort.was_cut, proved = True, False
            break
        found, optimal = model.solve(best, effort, left / 1000)
        proved &= optimal
        if found is not None and group.score(found) < group.score(best):
            best = found
    return best, proved
