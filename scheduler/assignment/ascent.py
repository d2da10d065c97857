"""Better prices for the tasks of full days, so that the bound rises towards the plan."""

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scheduler.assignment.book import Book
from scheduler.assignment.bound import Bound
from scheduler.assignment.climb import Climb
from scheduler.assignment.crew import Crew, Done
from scheduler.assignment.effort import Effort
from scheduler.assignment.full_days import FullDays, Spot, TightTask
from scheduler.assignment.problem import AssignmentPlan, AssignmentProblem, MinutePrices, Split
from scheduler.assignment.splits import apart
from scheduler.assignment.splitting import Known, Mark, split_of

# A minute that costs more than the busiest day would make it: the day is sold out.
_SOLD_OUT = 2001
_TASKS_OF_A_PIECE = 1000


@dataclass(frozen=True)
class Raised:
    """
    The highest bound found.

    Attributes:
        prices: What it is added up from.
        was_cut: The clock ended the search.
    """

    bound: int
    prices: MinutePrices
    was_cut: bool


@dataclass(frozen=True)
class _Piece:
    """Groups of full days, with the first prices of their tasks and what the plan costs there."""

    groups: Sequence[tuple[FullDays, Mapping[str, int], Mark]]


def raised(  # noqa: PLR0913 (ends and done are named at the call)
    problem: AssignmentProblem,
    prices: MinutePrices,
    plan: AssignmentPlan,
    crew: Crew,
    *,
    ends: float,
    done: Done | None = None,
) -> Raised:
    """
    Return prices that raise the bound towards what *plan* costs, and the bound.

    Args:
        problem: What was planned.
        prices: What a minute of each person is worth.
        plan: A plan of the problem, as a mark to climb to.
        crew: Who climbs.
        ends: Moment of the monotonic clock at which the best bound so far is taken.
        done: Called with how many pieces are done and how many there are.
    """
    full = sold_out(prices)
    bound = Bound(Book(problem), replace(prices, full=full))
    found = crew.each(_climbed, list(_pieces(bound, plan)), ends=ends, done=done)
    tasks = {task: price for each in found for task, price in each.tasks.items()}
    splits = tuple(split for each in found for split in each.splits)
    return Raised(
        bound.loose + sum(each.points for each in found),
        replace(prices, full=full, tasks=tasks, splits=splits),
        any(each.was_cut for each in found),
    )


def _pieces(bound: Bound, plan: AssignmentPlan) -> Iterator[_Piece]:
    places = {each.task: (each.day, each.people) for each in plan.assignments}
    groups = []
    size = 0
    for group in bound.groups:
        first = {
            link: price
            for each in group.tasks
            for price in (_first_price(bound, each),)
            for link in each.links
        }
        law = sum(1 for each in group.tasks if not (each.task.priority or each.task.id in places))
        groups.append((group, first, Mark(bound.cost_in(group, places), law)))
        size += len(group.tasks)
        if size >= _TASKS_OF_A_PIECE:
            yield _Piece(groups)
            groups, size = [], 0
    if groups:
        yield _Piece(groups)


@dataclass
class _Climbed:
    """What the groups of a piece prove: their points, and the prices that do."""

    points: int = 0
    tasks: dict[str, int] = field(default_factory=dict)
    splits: list[Split] = field(default_factory=list)
    was_cut: bool = False


def _climbed(piece: _Piece, ends: float) -> _Climbed:
    """Climb in every group; what one leaves of its share goes to those after it."""
    sums = _Climbed()
    effort = Effort(0, ends)
    for number, (group, first, mark) in enumerate(piece.groups):
        left = len(piece.groups) - number
        effort.ends = time.monotonic() + (ends - time.monotonic()) / left
        points, prices = Climb(group, first).up_to(mark.points, effort)
        sums.tasks.update(prices)
        split = split_of(group, Known(points, prices), mark, effort)
        if split is not None:
            sums.splits.append(split)
            points = apart(group, split)
        sums.points += points
    sums.was_cut = effort.was_cut
    return sums


def sold_out(prices: MinutePrices) -> frozenset[Spot]:
    """Return the days of people on which more is asked for than they have minutes."""
    return frozenset(key for key, price in prices.days.items() if price >= _SOLD_OUT)


def _first_price(bound: Bound, tight: TightTask) -> int:
    """Return a fair price; for tasks that only full days could take, that of their minutes."""
    spots = [
        bound.points_of(tight.task, worker.id, day)
        for day in tight.task.choices
        for worker in bound.book.candidates(tight.task, day)
    ]
    fair = tight.fair_price()
    return fair if len(spots) <= tight.task.people else min(fair, *spots)
