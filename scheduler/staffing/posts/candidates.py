"""Who could stand the posts: people as they are, better certified, and hires."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from scheduler.assignment.eligibility import holds_all
from scheduler.assignment.problem import Worker
from scheduler.roster.legal_limits import USUAL_LIMITS
from scheduler.roster.problem import Cell, Limit, RosterPerson, RosterPost, RosterProblem
from scheduler.roster.standing import may_ever_stand
from scheduler.staffing.candidates import certified, hire
from scheduler.staffing.posts.blocks import Blocks
from scheduler.staffing.problem import Candidate

# Hires for each week's places would do if weeks had no edges; twice as many are plenty.
_PLENTY = 2


def candidates(
    posts: RosterProblem, workers: Iterable[Worker], short: Sequence[RosterPost]
) -> tuple[Candidate, ...]:
    """Return whom it would take beside the people there for posts that are *short* of them."""
    bettered = (each for worker in workers for each in _trained(posts, worker, short))
    hires = (each for post in short for each in _hires(posts, post))
    return (*bettered, *hires)


def as_roster_people(posts: RosterProblem, some: Iterable[Candidate]) -> tuple[RosterPerson, ...]:
    """Return the candidates as the roster sees them."""
    people = {person.id: person for person in posts.people}
    return tuple(
        replace(
            people[each.person] if each.person in people else _hired(posts, each.worker),
            id=each.worker.id,
            qualifications=each.worker.qualifications,
        )
        for each in some
    )


def impossible(posts: RosterProblem) -> tuple[Cell, ...]:
    """Return the shifts that nobody could stand, there or hired, because they are too long."""
    hires = (hire(_asked(post), posts.since, 0).worker for post in posts.posts)
    people = (*posts.people, *(_hired(posts, worker) for worker in hires))
    blocks = Blocks(replace(posts, people=people))
    able = {(slot.post, slot.shift) for mine in blocks.able.values() for slot in mine}
    return tuple(sorted({(slot.post, slot.shift) for slot in blocks.wanted} - able))


def _asked(post: RosterPost) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (post.site, post.roles, post.qualifications)


def _hired(posts: RosterProblem, worker: Worker) -> RosterPerson:
    """
    Return somebody hired as the roster sees them.

    They work under the hours of somebody who may stand the same post now, those under which most
    shifts of a week can be stood; where nobody may, under the usual ones.
    """
    one = RosterPerson(worker.id, worker.name, worker.sites, worker.roles, worker.qualifications)
    stands = tuple(post for post in posts.posts if may_ever_stand(one, post))
    if not stands:
        return one
    there = [each for each in posts.people if any(may_ever_stand(each, post) for post in stands)]
    known: list[tuple[Limit, ...]] = list(dict.fromkeys(each.limits for each in there))
    tried = (replace(one, limits=limits) for limits in known or [USUAL_LIMITS])
    return max(tried, key=lambda each: _shifts_a_week(posts, stands, each))


def _shifts_a_week(posts: RosterProblem, some: tuple[RosterPost, ...], person: RosterPerson) -> int:
    weeks = Blocks(replace(posts, posts=some, people=(person,))).weeks()
    return max((crew.room.shifts for week in weeks for crew in week.crews), default=0)


def _trained(
    posts: RosterProblem, worker: Worker, short: Iterable[RosterPost]
) -> Iterator[Candidate]:
    """Yield the person with what each of the posts asks for and they do not hold throughout."""
    person = next((each for each in posts.people if each.id == worker.id), None)
    for post in short if person else ():
        if person and may_ever_stand(person, post):
            kinds = tuple(sorted(k for k in post.qualifications if not _holds(posts, worker, k)))
            if kinds:
                yield certified(worker, kinds, posts.since)


def _holds(posts: RosterProblem, worker: Worker, kind: str) -> bool:
    return all(holds_all(worker.qualifications, (kind,), day) for day in (posts.since, posts.until))


def _hires(posts: RosterProblem, post: RosterPost) -> Iterator[Candidate]:
    """Yield as many hires for the post as it could ever take."""
    one = _hired(posts, hire(_asked(post), posts.since, 0).worker)
    most = 0
    for week in Blocks(replace(posts, posts=(post,), people=(one,))).weeks():
        places = sum(need.places for need in week.needs)
        shifts = max((crew.room.shifts for crew in week.crews), default=0)
        most = max(most, ceil(places / shifts) if shifts else 0)
    for number in range(1, _PLENTY * most + 1):
        yield hire(_asked(post), posts.since, number)
