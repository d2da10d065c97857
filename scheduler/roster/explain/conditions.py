"""The named rules and facts of a roster problem, each of which can be taken away."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from scheduler.roster.problem import RosterPerson, RosterPost, RosterProblem

Kind = Literal["role", "qualification", "limit", "absence", "blocked", "pin", "bond"]


@dataclass(frozen=True)
class Condition:
    """
    One rule or fact that keeps people from shifts.

    Attributes:
        owner: Id of the post of a role or qualification, else of the person, for a bond the first.
        name: Kind of the certificate, name of the limit, number of the absence or bond; empty for
            others.
        day: Of a blocked day or a settled cell.
    """

    kind: Kind
    owner: str
    name: str = ""
    day: date | None = None


def conditions_of(problem: RosterProblem) -> list[Condition]:
    """Return every condition, those of posts first, then person by person."""
    found = [each for post in problem.posts for each in _of_post(post)]
    for person in problem.people:
        found += _of_person(person)
    found += [bond_condition(problem, number) for number in range(len(problem.bonds))]
    pins = sorted(problem.pins)
    return [*found, *(Condition("pin", person, day=day) for person, day in pins)]


def bond_condition(problem: RosterProblem, number: int) -> Condition:
    """Return the bond of that number as a condition."""
    return Condition("bond", problem.bonds[number].people[0], str(number))


def _of_post(post: RosterPost) -> Iterator[Condition]:
    if post.roles:
        yield Condition("role", post.id)
    for kind in post.qualifications:
        yield Condition("qualification", post.id, kind)


def _of_person(person: RosterPerson) -> Iterator[Condition]:
    for limit in person.limits:
        yield Condition("limit", person.id, limit.name)
    for number in range(len(person.absences)):
        yield Condition("absence", person.id, str(number))
    for day in sorted(person.blocked):
        yield Condition("blocked", person.id, day=day)


def without(problem: RosterProblem, dropped: Iterable[Condition]) -> RosterProblem:
    """Return the problem with some conditions taken away."""
    gone = frozenset(dropped)
    if not gone:
        return problem
    owners = {each.owner for each in gone}
    posts = (_post_without(one, gone) if one.id in owners else one for one in problem.posts)
    people = (_person_without(one, gone) if one.id in owners else one for one in problem.people)
    free = {(each.owner, each.day) for each in gone if each.kind == "pin"}
    pins = {key: cell for key, cell in problem.pins.items() if key not in free}
    bonds = (
        bond
        for number, bond in enumerate(problem.bonds)
        if bond_condition(problem, number) not in gone
    )
    return replace(problem, posts=tuple(posts), people=tuple(people), pins=pins, bonds=tuple(bonds))


def _post_without(post: RosterPost, gone: frozenset[Condition]) -> RosterPost:
    held = tuple(
        kind
        for kind in post.qualifications
        if Condition("qualification", post.id, kind) not in gone
    )
    roles = () if Condition("role", post.id) in gone else post.roles
    return replace(post, roles=roles, qualifications=held)


def _person_without(person: RosterPerson, gone: frozenset[Condition]) -> RosterPerson:
    limits = (one for one in person.limits if Condition("limit", person.id, one.name) not in gone)
    absences = (
        span
        for number, span in enumerate(person.absences)
        if Condition("absence", person.id, str(number)) not in gone
    )
    blocked = {
        day: why
        for day, why in person.blocked.items()
        if Condition("blocked", person.id, day=day) not in gone
    }
    return replace(person, limits=tuple(limits), absences=tuple(absences), blocked=blocked)
