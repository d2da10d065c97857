"""From an organisation and the rules that bind it to a roster problem; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rules.derive import Binding
from rules.organisation.model import Organisation, Person, Post, Site
from rules.pack import Coverage, Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.roster.legal_limits import FIGURES, USUAL_LIMITS, LegalFigure, strictest
from scheduler.roster.problem import (
    REFERENCE_WEEKS,
    Absence,
    Limit,
    PostCoverage,
    RosterPerson,
    RosterPost,
    RosterProblem,
)
from scheduler.roster.shifts import roster_shift
from scheduler.roster.slots import days_between
from scheduler.workdays import WorkCalendar

# How far back what was stood is carried over into fair shares and average hours.
TERM = timedelta(weeks=REFERENCE_WEEKS)


def roster_problem(
    organisation: Organisation,
    span: tuple[date, date],
    *,
    rulebook: RuleBook,
    bindings: Iterable[Binding],
    house_limits: tuple[Limit, ...] = USUAL_LIMITS,
) -> RosterProblem:
    """
    Return the roster problem of every post of the organisation.

    Shifts get at least the people that a coverage rule binding the post's site wants, or the fewer
    that a verified permission allows in its place, whose clause is then shown; people get the
    strictest of the house's limits and of the mandatory constraint rules that bind them; what is
    only recommended forbids no shift.

    Args:
        organisation: Posts, people, certificates and absences.
        span: First and last day whose shifts are planned.
        rulebook: The rules, for versions and clauses.
        bindings: What `rules.derive.derive` found for a day of the roster; only `binds` counts.
        house_limits: Limits for everyone.
    """
    since, until = span
    laws = _Laws(rulebook, (each for each in bindings if each.status == "binds"), since)
    zone = ZoneInfo(organisation.time_zone)
    posts = [
        _post(organisation, site, post, laws, list(days_between(since, until)))
        for site in organisation.sites
        for post in site.posts
    ]
    people = [
        _person(person, zone, strictest(person, house_limits, laws.figures(person)))
        for person in organisation.people
    ]
    return RosterProblem(
        since,
        until,
        organisation.time_zone,
        tuple(posts),
        tuple(people),
        holidays=_holidays(organisation, since - TERM, until),
    )


def _holidays(organisation: Organisation, since: date, until: date) -> frozenset[date]:
    """Return the public holidays of the organisation's country, whoever closes on them."""
    if not organisation.sites:
        return frozenset()
    calendar = WorkCalendar(
        organisation.sites[0].calendar,
        time_zone=organisation.time_zone,
        country=organisation.country,
    )
    days = days_between(since, until)
    return frozenset(day for day in days if calendar.public.holiday(day.toordinal()) is not None)


class _Laws:
    """The rules in force that bind, looked up by whom they bind."""

    def __init__(self, rulebook: RuleBook, bindings: Iterable[Binding], on: date) -> None:
        self.rulebook = rulebook
        self.on = on
        self._bound: list[tuple[Binding, Rule, RuleVersion]] = []
        for binding in bindings:
            rule = rulebook.rule(binding.rule)
            version = rulebook.version(rule, on)
            if version is not None:
                self._bound.append((binding, rule, version))

    def coverage(self, site: Site, post: Post) -> list[tuple[Rule, Coverage]]:
        """Return the coverage that binds the post, through itself or its site, as permitted."""
        kind = post.facts.get("post.kind")
        targets = {site.id, f"{site.id}/{post.id}"}
        wanted = [
            (rule, version.coverage)
            for binding, rule, version in self._bound
            if version.coverage and version.coverage.post == kind and binding.target in targets
        ]
        permitted = [(rule, each) for rule, each in wanted if _permits(rule)]
        return [
            (rule, each)
            for rule, each in wanted
            if not any(self._lowers(one, rule, each) for _, one in permitted)
        ]

    def _lowers(self, permitted: Coverage, rule: Rule, wanted: Coverage) -> bool:
        """Tell whether a permission takes the place of a law's coverage; never of the house's."""
        return (
            not self.rulebook.pack_of(rule.id).is_house
            and permitted.within == wanted.within
            and permitted.minimum < wanted.minimum
        )

    def figures(self, person: Person) -> Iterator[LegalFigure]:
        """Yield what the mandatory rules that bind the person set for shifts."""
        for binding, rule, version in self._bound:
            if self.rulebook.strength(rule) != "mandatory":
                continue
            to_person = binding.target_kind == "person"
            to_site = binding.target_kind == "site" and binding.site in person.sites
            if (to_person and binding.target.endswith(f"/{person.id}")) or to_site:
                clause = self.rulebook.clause_text(rule)
                for each in version.limits:
                    if each.name in FIGURES:
                        yield LegalFigure(each.name, self._value(each.value), clause)

    def _value(self, value: float | str) -> float:
        if isinstance(value, str):
            return float(self.rulebook.parameter(value.removeprefix("$"), self.on))
        return float(value)

    def priority(self, rules: Iterable[Rule]) -> int:
        """Return 0 where a law demands the coverage, 1 where one recommends it, else 2."""
        laws = [rule for rule in rules if not self.rulebook.pack_of(rule.id).is_house]
        if not laws:
            return 2
        return min(0 if self.rulebook.strength(rule) == "mandatory" else 1 for rule in laws)


def _permits(rule: Rule) -> bool:
    """
    Tell whether *rule* lets a site do with fewer people, for example where it is networked.

    A permission of which some part was not read takes nobody off a post.
    """
    return rule.kind == "permission" and not rule.source.unverified


def _post(
    organisation: Organisation, site: Site, post: Post, laws: _Laws, days: list[date]
) -> RosterPost:
    calendar = WorkCalendar(
        site.calendar, time_zone=organisation.time_zone, country=organisation.country
    )
    wanted = laws.coverage(site, post)
    # A dormitory closed for the holidays needs nobody at night; a control room always does.
    own_days = [day for day in days if post.days == "every" or calendar.is_open(day)]
    coverage = tuple(
        PostCoverage(
            each.minimum,
            tuple(_spans(each, site, calendar, days if each.within == "all-day" else own_days)),
            each.qualifications,
            laws.rulebook.clause_text(rule),
        )
        for rule, each in wanted
    )
    result = RosterPost(
        post.id,
        site.id,
        post.name,
        tuple(map(roster_shift, post.shifts)),
        roles=post.roles,
        qualifications=_together(post.qualifications, (each for _, each in wanted)),
        priority=laws.priority(rule for rule, _ in wanted),
        days=frozenset(own_days) if post.days == "opening" else None,
        coverage=coverage,
    )
    return _with_minimum(result, [each for _, each in wanted])


def _together(own: tuple[str, ...], wanted: Iterable[Coverage]) -> tuple[str, ...]:
    every = [*own, *(kind for each in wanted for kind in each.qualifications)]
    return tuple(dict.fromkeys(every))


def _with_minimum(post: RosterPost, wanted: list[Coverage]) -> RosterPost:
    """Raise shifts to what all-day coverage wants; other spans may need no more at other times."""
    least = max((each.minimum for each in wanted if each.within == "all-day"), default=0)
    shifts = tuple(replace(shift, minimum=max(shift.minimum, least)) for shift in post.shifts)
    return replace(post, shifts=shifts)


def _spans(
    coverage: Coverage, site: Site, calendar: WorkCalendar, days: list[date]
) -> Iterator[tuple[datetime, datetime]]:
    for day in days:
        if coverage.within == "opening-hours":
            yield from calendar.openings(day)
        elif coverage.within == "night":
            yield _span(day, site.calendar.night_from, site.calendar.night_until, calendar.zone)
        else:
            yield _span(day, time(0), time(0), calendar.zone)


def _span(day: date, since: time, until: time, zone: ZoneInfo) -> tuple[datetime, datetime]:
    end = day if until > since else day + timedelta(days=1)
    return datetime.combine(day, since, zone), datetime.combine(end, until, zone)


def _person(person: Person, zone: ZoneInfo, limits: tuple[Limit, ...]) -> RosterPerson:
    absences = tuple(
        Absence(
            datetime.combine(span.since, time(0), zone),
            datetime.combine(span.until + timedelta(days=1), time(0), zone),
            span.reason,
        )
        for span in person.absences
    )
    return RosterPerson(
        person.id,
        person.name,
        person.sites,
        roles=person.roles,
        qualifications=person.qualifications,
        absences=absences,
        limits=limits,
    )


def with_blocked(problem: RosterProblem, blocked: Mapping[tuple[str, date], Text]) -> RosterProblem:
    """Return the problem with more blocked days, for example where a daily check was not passed."""
    people = tuple(
        replace(
            one,
            blocked={
                **one.blocked,
                **{day: why for (person, day), why in blocked.items() if person == one.id},
            },
        )
        for one in problem.people
    )
    return replace(problem, people=people)
