"""Staffing truths of an organisation: from its duties over a term to the people it cannot spare."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from inspections.assignment_problem import Tasks, worker_of
from inspections.staffing_posts import posts_demanded
from inspections.wanted_occurrences import priority_of
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.assignment.problem import AssignmentProblem
from scheduler.assignment.together import joined
from scheduler.staffing.absences import Away, single_points
from scheduler.staffing.expiring import Expiry, expiring
from scheduler.staffing.least import least_staff
from scheduler.staffing.posts.truths import PostTruths, post_truths
from scheduler.staffing.problem import Least, StaffingProblem
from scheduler.whatif.forecast import Forecaster, Line

# Without a term the coming weeks are looked at.
WEEKS_WITHOUT_TERM = timedelta(days=16 * 7 - 1)
Stage = Literal["forecast", "least", "away", "expiring", "posts"]
Progress = Callable[[Stage, int, int], None]
# The highest priority that still counts (`priority_of`), by the name of the demand.
DEMANDS = {"law": 0, "recommended": 1, "house": 2}


@dataclass(frozen=True)
class Term:
    """A term of one or more sites; `until` is its last day."""

    id: str
    name: Text
    since: date
    until: date


@dataclass(frozen=True)
class Question:
    """
    Which days, both included, and which demands.

    Attributes:
        demand: `law` for what law demands, `recommended` for what it recommends too, `house` for
            rules of the house besides.
    """

    since: date
    until: date
    demand: str = "law"


@dataclass(frozen=True)
class Check:
    """One dated instance of a duty; `target` as a derivation names it."""

    rule: str
    target: str
    due_on: date


@dataclass(frozen=True)
class Demand:
    """
    What is to be done in a span of days.

    Attributes:
        checks: By task; one inspection may serve several.
    """

    problem: StaffingProblem
    checks: Mapping[str, tuple[Check, ...]]


@dataclass(frozen=True)
class Truths:
    """What is true of the staff of an organisation over the days asked about."""

    question: Question
    demand: Demand
    least: Least
    away: tuple[Away, ...]
    expiring: tuple[Expiry, ...]
    posts: PostTruths | None = None


def terms(organisation: Organisation) -> tuple[Term, ...]:
    """Return the terms of all sites, in order; sites that share a term are taken together."""
    found: dict[str, Term] = {}
    for site in organisation.sites:
        for term in site.calendar.terms:
            known = found.get(term.id, Term(term.id, term.name, term.since, term.until))
            since, until = min(known.since, term.since), max(known.until, term.until)
            found[term.id] = replace(known, since=since, until=until)
    return tuple(sorted(found.values(), key=lambda term: (term.since, term.id)))


def span_of_term(organisation: Organisation, today: date) -> tuple[date, date]:
    """Return the rest of the term that *today* lies in, or the next one; else 16 weeks."""
    for term in terms(organisation):
        if today <= term.until:
            return max(today, term.since), term.until
    return today, today + WEEKS_WITHOUT_TERM


def staffing_truths(  # noqa: PLR0913 (all but the first three are named at the call)
    rulebook: RuleBook,
    organisation: Organisation,
    question: Question,
    *,
    seconds: float = 30.0,
    seed: int = 0,
    progress: Progress = lambda _stage, _done, _all: None,
) -> Truths:
    """
    Return the truths about the people that *organisation* has.

    People count with the leave that is known and the certificates they hold: for checks with their
    working week, for posts with the hours and the rest that the law leaves them. Nothing is saved.
    *seconds* bound the search for the least staff alone.
    """
    progress("forecast", 0, 1)
    demand = demanded(rulebook, organisation, question)
    progress("forecast", 1, 1)
    problem = demand.problem
    least = least_staff(
        problem, seconds=seconds, seed=seed, progress=lambda *done: progress("least", *done)
    )
    away = single_points(problem, progress=lambda *done: progress("away", *done))
    progress("expiring", 0, 1)
    ending = expiring(problem)
    progress("expiring", 1, 1)
    progress("posts", 0, 1)
    posts = None
    if problem.posts is not None:
        posts = post_truths(problem.posts, progress=lambda *done: progress("posts", *done))
    progress("posts", 1, 1)
    return Truths(question, demand, least, away, ending, posts)


def demanded(rulebook: RuleBook, organisation: Organisation, question: Question) -> Demand:
    """Return what the rules demand of *organisation* in the span, with the people it has."""
    # Draws of its own: unannounced drills and spot checks count, and their real days stay secret.
    seed = f"{organisation.id}/staffing"
    forecaster = Forecaster(since=question.since, until=question.until, seed=seed)
    lines = forecaster.forecast(rulebook, organisation).lines.values()
    most = DEMANDS[question.demand]
    wanted = (
        line
        for line in lines
        if line.binds and priority_of(rulebook.rule(line.binding.rule), rulebook) <= most
    )
    ordered = sorted(_rows(wanted, rulebook), key=lambda row: (row.due_at, row.opens_at, row.rule))
    rows = [replace(row, id=number) for number, row in enumerate(ordered)]
    zone = ZoneInfo(organisation.time_zone)
    start = datetime.combine(question.since, time(), zone)
    tasks = tuple(Tasks(organisation, rulebook, start).of(rows))
    people = tuple(worker_of(person) for person in organisation.people)
    together = joined(AssignmentProblem(tasks, people))
    checks = {row.id: row for row in rows}
    served: dict[str, tuple[Check, ...]] = {}
    for task in together.problem.tasks:
        members = together.members.get(task.id, (task.id,))
        served[task.id] = tuple(_check(checks[int(member)], zone) for member in members)
    weights = {task: len(each) for task, each in served.items() if len(each) > 1}
    span = (question.since, question.until)
    posts = posts_demanded(rulebook, organisation, span, most)
    return Demand(StaffingProblem(together.problem.tasks, people, weights, posts), served)


@dataclass(frozen=True, slots=True)
class _Row:
    """A forecast occurrence as a stored one looks."""

    id: int
    site: str
    rule: str
    target_kind: str
    target: str
    full_target: str
    priority: int
    opens_at: datetime
    due_at: datetime


def _rows(lines: Iterator[Line], rulebook: RuleBook) -> Iterator[_Row]:
    for line in lines:
        binding = line.binding
        priority = priority_of(rulebook.rule(binding.rule), rulebook)
        target = binding.target.rsplit("/", 1)[-1]
        what = (binding.site, binding.rule, binding.target_kind, target, binding.target, priority)
        for part in line.parts:
            for each in part.occurrences:
                yield _Row(0, *what, each.opens_at, each.due_at)


def _check(row: _Row, zone: ZoneInfo) -> Check:
    return Check(row.rule, row.full_target, row.due_at.astimezone(zone).date())
