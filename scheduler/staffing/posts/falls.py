"""How many places of a group of posts stay empty more, when somebody is away or lacks a paper."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from functools import cached_property
from zoneinfo import ZoneInfo

from rules.text import Text
from scheduler.roster.groups import groups_of, members
from scheduler.roster.problem import Absence, RosterPerson, RosterProblem
from scheduler.roster.slots import Slots
from scheduler.staffing.posts.blocks import Block, Blocks
from scheduler.staffing.posts.filled import Filled, filled
from scheduler.staffing.posts.model import fewest_empty

# For one roster; where the clock ends it, the figures are further apart, never wrong.
SECONDS = 5.0
_AWAY = Text(zh="不在", en="away")
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Places:
    """Places that stay empty: so many at the least, whoever stands where, and at the most."""

    at_least: int
    at_most: int

    @property
    def is_exact(self) -> bool:
        """Whether both are the same."""
        return self.at_least == self.at_most

    def __str__(self) -> str:
        return f"{self.at_least}" if self.is_exact else f"{self.at_least}–{self.at_most}"


@dataclass
class Crowd:
    """
    The people of a group of posts, and what they leave empty.

    Attributes:
        posts: Posts that share people with each other and with no others, and these people.
    """

    posts: RosterProblem

    @cached_property
    def blocks(self) -> Blocks:
        """What its days and weeks ask for."""
        return Blocks(self.posts)

    @cached_property
    def empty(self) -> Places:
        """The places that stay empty with everybody there."""
        at_least = 0 if self.filled.empty == 0 else sum(self.least_of_weeks.values())
        return self._between(at_least, self.filled)

    @cached_property
    def filled(self) -> Filled:
        """The best roster found with everybody there."""
        return _filled(self.posts)

    @cached_property
    def weeks(self) -> tuple[Block, ...]:
        """Weeks from Monday to Sunday."""
        return self.blocks.weeks()

    @cached_property
    def days(self) -> tuple[Block, ...]:
        """Its days one by one."""
        return self.blocks.days()

    @cached_property
    def least_of_weeks(self) -> dict[tuple[date, date], int]:
        """What each week leaves empty at the least with everybody there."""
        return {week.days: fewest_empty(week) for week in self.weeks}

    def alike(self) -> tuple[tuple[str, ...], ...]:
        """Return the people who may stand anything, those together of whom nothing tells one."""
        return self.blocks.alike([post.id for post in self.posts.posts])

    def without(self, person: str) -> Places:
        """Return how many more places stay empty when *person* is gone for good."""
        people = tuple(one for one in self.posts.people if one.id != person)
        found = _filled(replace(self.posts, people=people))
        if found.empty == 0:
            return Places(0, 0)
        at_least = sum(fewest_empty(week.without(person)) for week in self.weeks)
        return self._more(self._between(at_least, found))

    def away(self, person: str, block: Block) -> Places:
        """Return how many more places stay empty when *person* is away on the days of *block*."""
        found = _filled(self._changed(person, lambda one: _absent(self.posts, one, block.days)))
        if found.empty == 0:
            return Places(0, 0)
        others = (least for days, least in self.least_of_weeks.items() if not _meet(days, block))
        return self._more(self._between(fewest_empty(block.without(person)) + sum(others), found))

    def with_people(self, people: tuple[RosterPerson, ...]) -> "Crowd":
        """Return the posts with people who differ, for example in what they hold."""
        return Crowd(replace(self.posts, people=people))

    def _changed(
        self, person: str, change: Callable[[RosterPerson], RosterPerson]
    ) -> RosterProblem:
        people = (change(one) if one.id == person else one for one in self.posts.people)
        return replace(self.posts, people=tuple(people))

    def _more(self, empty: Places) -> Places:
        """Return how many of these stay filled with everybody there."""
        least = max(0, empty.at_least - self.empty.at_most)
        return Places(least, max(0, empty.at_most - self.empty.at_least))

    @staticmethod
    def _between(at_least: int, found: Filled) -> Places:
        return Places(found.empty if found.is_least else at_least, found.empty)


def crowds(posts: RosterProblem) -> tuple[Crowd, ...]:
    """Return the groups of posts that share people."""
    slots = Slots(posts)
    found = []
    for group in groups_of(posts):
        may = members(slots, group)
        mine = tuple(post for post in posts.posts if post.id in group)
        people = tuple(one for one in posts.people if one.id in may)
        found.append(Crowd(replace(posts, posts=mine, people=people)))
    return tuple(found)


def _filled(posts: RosterProblem) -> Filled:
    return filled(posts, posts.people, ends=time.monotonic() + SECONDS)


def _absent(posts: RosterProblem, person: RosterPerson, days: tuple[date, date]) -> RosterPerson:
    zone, midnight = ZoneInfo(posts.time_zone), clock_time()
    since = datetime.combine(days[0], midnight, zone)
    until = datetime.combine(days[1] + _A_DAY, midnight, zone)
    return replace(person, absences=(*person.absences, Absence(since, until, _AWAY)))


def _meet(days: tuple[date, date], block: Block) -> bool:
    return days[0] <= block.days[1] and block.days[0] <= days[1]
