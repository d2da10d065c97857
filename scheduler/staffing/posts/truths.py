"""What is true of posts and their people: what stays empty, whom they hang on, which papers end."""

from dataclasses import dataclass

from scheduler.roster.problem import RosterProblem
from scheduler.staffing.posts.expiring import PostExpiry, post_expiring
from scheduler.staffing.posts.falls import Crowd, Places, crowds
from scheduler.staffing.posts.points import PostAway, Progress, post_points


@dataclass(frozen=True)
class PostGroup:
    """
    Posts that share people.

    Attributes:
        posts: Ids.
        places: To be filled on all days together; a shift for two people has two.
        minutes: Working time of these places.
        able: People who may stand there on some day.
        empty: Places that nobody stands, with everybody there.
    """

    posts: tuple[str, ...]
    places: int
    minutes: int
    able: tuple[str, ...]
    empty: Places


@dataclass(frozen=True)
class PostTruths:
    """What is true of all posts."""

    groups: tuple[PostGroup, ...]
    away: tuple[PostAway, ...]
    expiring: tuple[PostExpiry, ...]


def post_truths(
    posts: RosterProblem, *, progress: Progress = lambda _done, _all: None
) -> PostTruths:
    """Return the truths about *posts* and all people there are."""
    groups = crowds(posts)
    away = post_points(groups, progress=progress)
    return PostTruths(tuple(map(_group, groups)), away, post_expiring(groups))


def _group(group: Crowd) -> PostGroup:
    wanted = group.blocks.wanted
    return PostGroup(
        tuple(post.id for post in group.posts.posts),
        sum(slot.need for slot in wanted),
        sum(slot.need * slot.minutes for slot in wanted),
        tuple(id_ for id_, able in group.blocks.able.items() if able),
        group.empty,
    )
