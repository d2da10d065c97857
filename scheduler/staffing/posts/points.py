"""Single points of failure of posts: places that stay empty when one person is away."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from scheduler.staffing.posts.blocks import Block
from scheduler.staffing.posts.falls import Crowd, Places
from scheduler.staffing.posts.model import fewest_empty

Progress = Callable[[int, int], None]
When = Literal["day", "week", "always"]


@dataclass(frozen=True)
class PostAway:
    """
    What stays empty when one person is away, beside what does with everybody there.

    Attributes:
        posts: Those that the person may stand at.
        when: A day, a week from Monday to Sunday, or all the days looked at.
        since: First day of the worst of them, as far as is known.
    """

    person: str
    posts: tuple[str, ...]
    when: When
    since: date
    empty: Places


def post_points(
    groups: Sequence[Crowd], *, progress: Progress = lambda _done, _all: None
) -> tuple[PostAway, ...]:
    """
    Return everybody whose absence may leave places empty, the gravest first.

    Who is left out can be spared, which a roster without them shows. A single day is told of only
    where it is proved that a place stays empty.
    """
    every = sum(len(group.posts.people) for group in groups)
    found: list[PostAway] = []
    done = 0
    for group in groups:
        for alike in group.alike():
            progress(done, every)
            done += len(alike)
            found += _all_like(alike, _of(group, alike[0]))
    progress(every, every)
    gravest = {one.person: one.empty.at_most for one in found if one.when == "always"}
    order = ("day", "week", "always")
    return tuple(
        sorted(found, key=lambda one: (-gravest[one.person], one.person, order.index(one.when)))
    )


def _all_like(alike: tuple[str, ...], first: Iterable[PostAway]) -> Iterator[PostAway]:
    """Yield for everybody what was found for the first of those who are alike."""
    for each in first:
        for person in alike:
            yield replace(each, person=person)


def _of(group: Crowd, person: str) -> Iterator[PostAway]:
    posts = tuple(dict.fromkeys(slot.post for slot in group.blocks.able[person]))
    always = group.without(person)
    if not always.at_most:
        return
    yield PostAway(person, posts, "always", group.posts.since, always)
    week = _worst(group.weeks, person)
    for_a_week = group.away(person, week)
    if not for_a_week.at_most:
        return
    yield PostAway(person, posts, "week", week.days[0], for_a_week)
    day = _worst(group.days, person)
    if fewest_empty(day.without(person)):
        for_a_day = group.away(person, day)
        if for_a_day.at_least:
            yield PostAway(person, posts, "day", day.days[0], for_a_day)


def _worst(blocks: tuple[Block, ...], person: str) -> Block:
    """Return the block that leaves most empty without the person; of equal ones the longest."""
    least = {block.likeness: fewest_empty(block.without(person)) for block in blocks}
    return max(blocks, key=lambda block: (least[block.likeness], block.length))
