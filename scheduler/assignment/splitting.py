"""
Two proofs instead of one for full days that leave tasks of the law undone.

Prices see halves of tasks: where two must be left undone, they may prove one and a half. But a plan
leaves either at most one undone or at least two. For the first, tasks of the law are weighed so
dear that it is seen to cost more than the plan; for the second so cheap that halves of them hardly
count. Of both the lower one holds for every plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.assignment.climb import Climb
from scheduler.assignment.effort import Effort
from scheduler.assignment.full_days import FullDays
from scheduler.assignment.objective import UNCOVERED
from scheduler.assignment.problem import Split, Weighed
from scheduler.assignment.splits import at_least, at_most

_LAW = UNCOVERED[0]
# Below this part of a task of the law, halves of others are what is missing.
_WORTH_IT = 20
_DEAREST = 64
_CHEAPER = (_LAW // 10, _LAW // 30, _LAW // 100)


@dataclass(frozen=True)
class Mark:
    """What a plan costs on full days, and how many tasks of the law it leaves undone there."""

    points: int
    law: int


@dataclass(frozen=True)
class Known:
    """What prices of tasks prove already."""

    points: int
    prices: Mapping[str, int]


def split_of(group: FullDays, known: Known, mark: Mark, effort: Effort) -> Split | None:
    """Return two proofs that reach higher than what is known, if they do."""
    most = min(mark.law - 1, known.points // _LAW)
    if most < 0 or mark.points - known.points < _LAW // _WORTH_IT or not effort.has_time():
        return None
    few = _few(group, known, mark, (most, effort))
    if at_most(group, most, few) <= known.points:
        return None
    more = max(
        (_climbed(group, known, law, _mark_of(mark, law), effort) for law in _CHEAPER),
        key=lambda each: at_least(group, most + 1, each),
    )
    split = Split(group.tasks[0].task.id, most, few, more)
    return split if at_least(group, most + 1, more) > known.points else None


def _few(group: FullDays, known: Known, mark: Mark, limits: tuple[int, Effort]) -> Weighed:
    """Return prices for plans that leave few undone, weighed so dear that none of them pays."""
    most, effort = limits
    # What is known of halves beyond those few must come to more than the plan.
    beyond = max(1, known.points - most * _LAW)
    law = _LAW * min(_DEAREST, 2 + (mark.points - most * _LAW) // beyond)
    target = mark.points + (law - _LAW) * most
    return _climbed(group, known, law, target, effort)


def _mark_of(mark: Mark, law: int) -> int:
    """Return what the plan costs where a task of the law left undone weighs *law*."""
    return mark.points - (_LAW - law) * mark.law


def _climbed(group: FullDays, known: Known, law: int, target: int, effort: Effort) -> Weighed:
    """Climb from what is known; tasks of the law begin as much dearer or cheaper as they weigh."""
    first = {
        link: price if each.task.priority else price * law // _LAW
        for each in group.tasks
        for link in each.links
        for price in (known.prices[link],)
    }
    _, prices = Climb(group.weighing(law), first).up_to(target, effort)
    return Weighed(law, prices)
