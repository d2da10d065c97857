"""What the solver's run carries from one group of posts to the next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rules.text import Text
from scheduler.assignment.clusters import clusters
from scheduler.roster.draft import Draft
from scheduler.roster.fewest_changes import least_changes
from scheduler.roster.objective import Score, least_unfairness, score, shares
from scheduler.roster.problem import Cell, Cells, RosterProblem
from scheduler.roster.slots import Slots
from scheduler.roster.standing import may_ever_stand

CellsFound = dict[tuple[str, date], Cell | None]


@dataclass
class Effort:
    """
    What may be spent.

    Attributes:
        steps: Thousandths of CP-SAT's deterministic second, over all groups.
        ends: Moment of the monotonic clock after which nothing is improved.
        was_cut: The clock ended something before its steps did.
    """

    seed: int
    steps: int
    ends: float
    was_cut: bool = False


def groups_of(problem: RosterProblem) -> list[tuple[str, ...]]:
    """Return the posts in groups that share no person."""
    links = (
        [post.id for post in problem.posts if may_ever_stand(person, post)]
        for person in problem.people
    )
    return clusters((post.id for post in problem.posts), links)


class Group:
    """
    Posts that share people, with what their roster is judged by.

    Attributes:
        may: Person id to the posts of the group that site and role allow.
        fair: The fair shares of these people.
        least: The least price of fairness that arithmetic allows where all preferred stand.
    """

    def __init__(self, slots: Slots, posts: tuple[str, ...]) -> None:
        self.slots = slots
        self.posts = frozenset(posts)
        self.may = members(slots, posts)
        self.fair = shares(slots, self.may)
        self.wanted = [slot for slot in slots.wanted if slot.post in self.posts]
        self.least = least_unfairness(self.wanted, self.fair)

    @cached_property
    def least_changed(self) -> int:
        """How many cells of the last roster change at least where every place is filled."""
        return least_changes(self.slots, self.may)

    @property
    def size(self) -> int:
        """People times slots."""
        return len(self.may) * len(self.wanted)

    def score(self, cells: Cells) -> Score:
        """Judge the cells of the group's people; the smaller, the better."""
        return score(self.slots, cells, self.fair, self.wanted)

    def is_fewest(self, reached: Score) -> bool:
        """Tell whether every place is filled and no roster with that changes fewer cells."""
        return not any(reached.lost) and reached.changed == self.least_changed

    def is_fairest(self, reached: Score) -> bool:
        """Tell whether nobody can make a roster with so many places filled fairer."""
        return not any(reached.lost) and not reached.wanting and reached.unfair == self.least

    def is_least(self, reached: Score) -> bool:
        """Tell whether nothing is left that could be better."""
        rest = reached.changed or reached.overtime or reached.unmet
        return not rest and self.is_fairest(reached)


def members(slots: Slots, posts: Collection[str]) -> dict[str, frozenset[str]]:
    """Return who may stand any of *posts* by site and role, with those posts."""
    among = {
        person.id: frozenset(p for p in posts if may_ever_stand(person, slots.posts[p]))
        for person in slots.problem.people
    }
    return {person: mine for person, mine in among.items() if mine}


def group_text(posts: tuple[str, ...]) -> Text:
    """Say what is being done, for a progress bar."""
    return Text(zh=f"排班：{len(posts)} 个岗位", en=f"Rostering {len(posts)} posts")


def draft_of(slots: Slots, cells: CellsFound) -> Draft:
    """Return cells as a draft, with history and pins."""
    draft = Draft(slots)
    for (person, day), cell in cells.items():
        if cell is not None and not draft.is_pinned(person, day):
            draft.place(person, slots.of(*cell, day))
    return draft
