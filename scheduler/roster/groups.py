"""What the solver's run carries from one group of posts to the next."""

from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.assignment.clusters import clusters
from scheduler.roster.draft import Draft
from scheduler.roster.problem import Cell, RosterProblem
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
