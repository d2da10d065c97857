"""What full days cost at least, where a proof goes by how many tasks of the law are left undone."""

from scheduler.assignment.full_days import FullDays
from scheduler.assignment.objective import UNCOVERED
from scheduler.assignment.problem import Split, Weighed


def apart(group: FullDays, split: Split) -> int:
    """Return points that no plan undercuts, whichever of the two cases it falls under."""
    return min(at_most(group, split.most, split.few), at_least(group, split.most + 1, split.more))


def at_most(group: FullDays, undone: int, weighed: Weighed) -> int:
    """
    Return the least points of plans that leave at most so many tasks of the law undone.

    They are weighed dearer; nobody leaves more of them undone than allowed, so that no plan gets
    more than the difference for all that are allowed.
    """
    law = max(weighed.law, UNCOVERED[0])  # Weighed cheaper, it would prove nothing.
    return group.weighing(law).at(weighed.tasks)[0] - (law - UNCOVERED[0]) * undone


def at_least(group: FullDays, undone: int, weighed: Weighed) -> int:
    """
    Return the least points of plans that leave at least so many tasks of the law undone.

    They are weighed cheaper; every plan makes up for the difference for those at least.
    """
    law = min(weighed.law, UNCOVERED[0])  # Weighed dearer, it would prove nothing.
    return group.weighing(law).at(weighed.tasks)[0] + (UNCOVERED[0] - law) * undone
