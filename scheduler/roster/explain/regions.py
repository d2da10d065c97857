"""The places among which a conflict is looked for, about an empty one that nobody can fill."""

from collections.abc import Callable

from scheduler.roster.explain.places import Key
from scheduler.roster.explain.stuck import Stuck
from scheduler.roster.groups import groups_of
from scheduler.roster.problem import RosterProblem
from scheduler.roster.rows import week_of


def regions_about(problem: RosterProblem, stuck: Stuck) -> list[dict[Key, int]]:
    """
    Return the filled places about the empty one, and that one: fewer first, each more than before.

    Those that it can reach come first, then the days and weeks of these at the posts it can reach,
    then at all posts that share people, and last everything at those posts.
    """
    reached = stuck.reach.slots
    group = frozenset(next(posts for posts in groups_of(problem) if stuck.hole.post in posts))
    own = frozenset(post for post, _, _ in reached)
    days = {day for _, day, _ in reached}
    weeks = {week_of(day) for day in days}
    insides: tuple[Callable[[Key], bool], ...] = (
        lambda key: key in reached,
        lambda key: key[0] in own and key[1] in days,
        lambda key: key[0] in own and week_of(key[1]) in weeks,
        lambda key: key[0] in group and key[1] in days,
        lambda key: key[0] in group and week_of(key[1]) in weeks,
        lambda key: key[0] in group,
    )
    return _different([_with_empty(stuck, _filled(problem, stuck, each)) for each in insides])


def weeks_about(problem: RosterProblem, stuck: Stuck) -> dict[Key, int]:
    """Return the places of the weeks in reach at all posts that share people."""
    weeks = {week_of(day) for _, day, _ in stuck.reach.slots}
    group = next(posts for posts in groups_of(problem) if stuck.hole.post in posts)
    near = _filled(problem, stuck, lambda key: key[0] in group and week_of(key[1]) in weeks)
    return _with_empty(stuck, near)


def _filled(
    problem: RosterProblem, stuck: Stuck, is_inside: Callable[[Key], bool]
) -> dict[Key, int]:
    """Count those who stand the slots; more than are needed do not count."""
    found: dict[Key, int] = {}
    for row in stuck.rows.values():
        for slot in row.values():
            if slot.day >= problem.since and is_inside(slot.key):
                found[slot.key] = min(slot.need, found.get(slot.key, 0) + 1)
    return found


def _with_empty(stuck: Stuck, places: dict[Key, int]) -> dict[Key, int]:
    return {**places, stuck.hole.key: places.get(stuck.hole.key, 0) + 1}


def _different(regions: list[dict[Key, int]]) -> list[dict[Key, int]]:
    return [one for number, one in enumerate(regions) if one not in regions[:number]]
