"""What the solver is told of next: the days, and the people, that a staff is too small for."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from scheduler.staffing.able import Able
from scheduler.staffing.bookings import Bookings, covered
from scheduler.staffing.cover import checks_of, only
from scheduler.staffing.greedy import greedy
from scheduler.staffing.lots import Work
from scheduler.staffing.problem import StaffingProblem

Span = tuple[date, date]
# Days told to the solver at once, the worst first.
_DAYS_AT_ONCE = 6
_LONGEST_SPAN = timedelta(days=31)


def heads(problem: StaffingProblem, able: Able) -> Iterator[tuple[frozenset[str], int]]:
    """Yield the sets of people out of whom some task takes so many; only what says most."""
    needs: Counter[frozenset[str]] = Counter()
    for task in problem.tasks:
        people = able.ever(task)
        needs[people] = max(needs[people], task.people)
    for people, count in needs.items():
        if not any(other < people and needs[other] >= count for other in needs):
            yield people, count


def span_before(problem: StaffingProblem, able: Able, until: date) -> Span:
    """Return the days up to *until* over which what must be done by then could be spread."""
    waits = (able.days(task) for task in problem.tasks)
    first = min((days[0] for days in waits if days and days[-1] == until), default=until)
    return max(first, until - _LONGEST_SPAN), until


def failing(
    days: Mapping[tuple[object, ...], Work], staff: frozenset[str], able: Able
) -> list[tuple[object, ...]]:
    """Return days, by what they are like, that the staff is not enough for; the worst first."""
    short = []
    for likeness, work in days.items():
        # A day that can be done after all costs the solver time when it is told of it, no more.
        lots = only(work.lots, staff)
        missing = covered(lots, greedy(lots, able.workers, Bookings())) - checks_of(lots)
        if missing:
            short.append((missing, work.day, likeness))
    return [likeness for *_, likeness in sorted(short, key=lambda each: each[:2])][:_DAYS_AT_ONCE]
