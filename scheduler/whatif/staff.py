"""Who does the work: shares, certificates, and where nobody or only one person can."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.organisation.model import Organisation, Person
from scheduler.whatif.load import Demand, Work


@dataclass(frozen=True)
class Gap:
    """
    Work that too few people may do, or just enough.

    Attributes:
        able: Ids of those who may; fewer than `count`, or exactly as many: lose one of them and
            nobody is left who can.
        inspections: Visits over the horizon.
    """

    site: str
    roles: tuple[str, ...]
    qualifications: tuple[str, ...]
    count: int
    able: tuple[str, ...]
    inspections: int
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Overload:
    """Weeks in which a fair share of the work is more than the person has time for."""

    person: str
    weeks: int
    most_minutes: int
    minutes_a_week: int


@dataclass(frozen=True)
class CertificateNeed:
    """
    A certificate that work at a site asks for.

    Attributes:
        holders: Ids of the people there who have it.
        rules: Rules that ask for it.
    """

    site: str
    kind: str
    holders: tuple[str, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Staffing:
    """
    How the work falls on people.

    Attributes:
        people: Minutes of each person by number of the week: work is shared evenly among those who
            may do it.
        roles: Minutes by the roles that may do it and number of the week; of all people needed.
    """

    people: Mapping[str, Mapping[int, float]]
    roles: Mapping[tuple[str, ...], Mapping[int, int]]
    uncovered: tuple[Gap, ...]
    single: tuple[Gap, ...]
    overloaded: tuple[Overload, ...]
    certificates: tuple[CertificateNeed, ...]


def staffing(
    organisation: Organisation,
    work: Mapping[Demand, Work],
    posts: Iterable[tuple[str, str, str]] = (),
) -> Staffing:
    """
    Return how *work* falls on the people of *organisation*.

    *posts* holds site, certificate and rule where rules ask for certificates on staffed posts.
    """
    at_site: dict[str, list[Person]] = defaultdict(list)
    for person in organisation.people:
        for site in person.sites:
            at_site[site].append(person)
    people: dict[str, defaultdict[int, float]] = {
        person.id: defaultdict(float) for person in organisation.people
    }
    roles: dict[tuple[str, ...], Counter[int]] = defaultdict(Counter)
    gaps: dict[bool, list[Gap]] = {True: [], False: []}
    for demand, each in work.items():
        able = tuple(person.id for person in at_site[demand.site] if _may(person, demand))
        for week, minutes in each.weeks.items():
            roles[demand.roles][week] += minutes * demand.people
            for name in able:
                people[name][week] += minutes * min(demand.people, len(able)) / len(able)
        if len(able) <= demand.people and each.inspections:
            gaps[len(able) < demand.people].append(_gap(demand, each, able))
    return Staffing(
        people=people,
        roles=roles,
        uncovered=_merged(gaps[True]),
        single=_merged(gaps[False]),
        overloaded=tuple(_overloads(organisation.people, people)),
        certificates=tuple(_certificates(work, at_site, posts)),
    )


def _may(person: Person, demand: Demand) -> bool:
    if demand.roles and not set(demand.roles) & set(person.roles):
        return False
    held = {certificate.kind for certificate in person.qualifications}
    return person.id not in demand.excluded and held.issuperset(demand.qualifications)


def _gap(demand: Demand, work: Work, able: tuple[str, ...]) -> Gap:
    rules = tuple(sorted(work.rules))
    asked = (demand.site, demand.roles, demand.qualifications, demand.people)
    return Gap(*asked, able, work.inspections, rules)


def _merged(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Join gaps that differ only in whom single targets exclude."""
    found: dict[tuple[object, ...], Gap] = {}
    for gap in gaps:
        key = (gap.site, gap.roles, gap.qualifications, gap.count, gap.able)
        known = found.get(key)
        rules = tuple(sorted({*gap.rules, *(known.rules if known else ())}))
        inspections = gap.inspections + (known.inspections if known else 0)
        asked = (gap.site, gap.roles, gap.qualifications, gap.count)
        found[key] = Gap(*asked, gap.able, inspections, rules)
    return tuple(sorted(found.values(), key=lambda each: -each.inspections))


def _overloads(
    people: Iterable[Person], shares: Mapping[str, Mapping[int, float]]
) -> Iterable[Overload]:
    for person in people:
        capacity = person.minutes_per_day * len(person.works)
        above = [minutes for minutes in shares[person.id].values() if minutes > capacity]
        if above:
            yield Overload(person.id, len(above), round(max(above)), capacity)


def _certificates(
    work: Mapping[Demand, Work],
    at_site: Mapping[str, list[Person]],
    posts: Iterable[tuple[str, str, str]],
) -> Iterable[CertificateNeed]:
    asked: dict[tuple[str, str], set[str]] = defaultdict(set)
    for site, kind, rule in posts:
        asked[site, kind].add(rule)
    for demand, each in work.items():
        for kind in demand.qualifications:
            asked[demand.site, kind] |= each.rules
    for (site, kind), rules in sorted(asked.items()):
        holders = tuple(
            person.id
            for person in at_site.get(site, ())
            if any(certificate.kind == kind for certificate in person.qualifications)
        )
        yield CertificateNeed(site, kind, holders, tuple(sorted(rules)))
