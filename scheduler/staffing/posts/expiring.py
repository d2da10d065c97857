"""Certificates that posts ask for and that end, and places that stay empty from then on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.organisation.model import Certificate
from scheduler.assignment.eligibility import holds_all
from scheduler.roster.problem import RosterPerson, RosterPost
from scheduler.roster.standing import may_ever_stand
from scheduler.staffing.expiring import Held, ends_inside, renewed
from scheduler.staffing.posts.falls import Crowd, Places

_NONE = Places(0, 0)
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PostExpiry:
    """
    A certificate that ends, with nothing behind it that would go on.

    Attributes:
        until: Last day on which it holds.
        posts: Those that ask for it and where the person may stand.
        left: People who may stand there and hold such a certificate on the day after.
        places: Places of these posts after that day.
        alone: How many of them stay empty for want of it alone.
        together: How many stay empty because all such certificates that end are not renewed.
    """

    person: str
    kind: str
    until: date
    posts: tuple[str, ...]
    left: tuple[str, ...]
    places: int
    alone: Places
    together: Places


def post_expiring(groups: Iterable[Crowd]) -> tuple[PostExpiry, ...]:
    """Return every certificate that ends and that a post asks for, in the order of their ends."""
    found = (each for group in groups for each in _of_group(group))
    return tuple(sorted(found, key=lambda each: (each.until, each.person, each.kind)))


def _of_group(group: Crowd) -> Iterator[PostExpiry]:
    ending = [(one, held) for one in group.posts.people for held in _ending(group, one)]
    together = {
        kind: _regained(group, {(one.id, held.kind) for one, held in ending if held.kind == kind})
        for kind in {held.kind for _, held in ending}
    }
    for one, held in ending:
        alone = _regained(group, {(one.id, held.kind)})
        yield _expiry(group, one, held, (alone, together[held.kind]))


def _ending(group: Crowd, person: RosterPerson) -> Iterator[Certificate]:
    asked = {kind for post in _posts(group, person) for kind in post.qualifications}
    days = (group.posts.since, group.posts.until)
    return (held for held in ends_inside(person.qualifications, days) if held.kind in asked)


def _expiry(
    group: Crowd, person: RosterPerson, held: Certificate, falls: tuple[Places, Places]
) -> PostExpiry:
    until = held.until or date.max
    mine = tuple(p.id for p in _posts(group, person) if held.kind in p.qualifications)
    after = [slot for slot in group.blocks.wanted if slot.day > until and slot.post in mine]
    left = tuple(
        other.id
        for other in group.posts.people
        if other.id != person.id
        and any(post.id in mine for post in _posts(group, other))
        and holds_all(other.qualifications, (held.kind,), until + _A_DAY)
    )
    places = sum(slot.need for slot in after)
    return PostExpiry(person.id, held.kind, until, mine, left, places, *falls)


def _posts(group: Crowd, person: RosterPerson) -> Iterator[RosterPost]:
    return (post for post in group.posts.posts if may_ever_stand(person, post))


def _regained(group: Crowd, papers: Collection[Held]) -> Places:
    """Return how many places are filled only if these certificates are renewed."""
    if group.empty.at_most == 0:
        return _NONE
    people = tuple(
        replace(one, qualifications=renewed(one.id, one.qualifications, papers))
        for one in group.posts.people
    )
    then = group.with_people(people).empty
    least = max(0, group.empty.at_least - then.at_most)
    return Places(least, max(0, group.empty.at_most - then.at_least))
