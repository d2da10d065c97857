"""Certificates that end inside the horizon, and what nobody does any more from then on."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules.organisation.model import Certificate
from scheduler.assignment.eligibility import holds_all
from scheduler.assignment.problem import Worker
from scheduler.staffing.lots import Work, work_of
from scheduler.staffing.outlook import NOTHING, Fall, Outlook
from scheduler.staffing.problem import StaffingProblem

_A_DAY = timedelta(days=1)
Held = tuple[str, str]


@dataclass(frozen=True)
class Expiry:
    """
    A certificate that ends, with nothing behind it that would go on.

    Attributes:
        until: Last day on which it holds.
        left: People of the same sites who hold such a certificate on the day after.
        asked: Checks after that day that ask for it at the person's sites.
        fall: What falls of them for want of it alone: with it renewed they are done.
        together: What falls because all such certificates that end are not renewed.
        since: First day on which a check falls for want of it, alone or together.
    """

    person: str
    kind: str
    until: date
    left: tuple[str, ...]
    asked: int
    fall: Fall
    together: Fall
    since: date | None


def expiring(problem: StaffingProblem) -> tuple[Expiry, ...]:
    """Return every certificate that ends and that the work asks for, in the order of their ends."""
    if not problem.tasks:
        return ()
    outlook = Outlook(problem)
    ending = sorted(_ending(problem), key=lambda each: (each[1].until, each[0].id, each[1].kind))
    together = {
        kind: _regained(outlook, {(one.id, held.kind) for one, held in ending if held.kind == kind})
        for kind in {held.kind for _, held in ending}
    }
    found = (_expiry(outlook, *each, together[each[1].kind]) for each in ending)
    return tuple(each for each in found if each.asked)


def ends_inside(
    certificates: Iterable[Certificate], days: tuple[date, date]
) -> Iterator[Certificate]:
    """Yield the certificates that end before the last of *days* and that no other goes on from."""
    held = tuple(certificates)
    for each in held:
        if each.until is None or not days[0] <= each.until < days[1]:
            continue
        if not holds_all(held, (each.kind,), each.until + _A_DAY):
            yield each


def renewed(
    person: str, certificates: tuple[Certificate, ...], papers: Collection[Held]
) -> tuple[Certificate, ...]:
    """Return what a person holds where those of *papers* do not end."""
    return tuple(
        each.model_copy(update={"until": None}) if (person, each.kind) in papers else each
        for each in certificates
    )


def _ending(problem: StaffingProblem) -> Iterator[tuple[Worker, Certificate]]:
    for worker in problem.workers:
        for held in ends_inside(worker.qualifications, problem.days):
            yield worker, held


def _expiry(
    outlook: Outlook, worker: Worker, held: Certificate, together: dict[date, Fall]
) -> Expiry:
    problem = outlook.problem
    until = held.until or date.max
    asked = [
        task
        for task in problem.tasks
        if held.kind in task.qualifications and task.site in worker.sites and task.day > until
    ]
    alone = _regained(outlook, {(worker.id, held.kind)})
    days = [day for day in (*alone, *together) if day > until]
    return Expiry(
        worker.id,
        held.kind,
        until,
        left=tuple(_left(problem, worker, held.kind, until + _A_DAY)),
        asked=sum(problem.weight(task.id) for task in asked),
        fall=_sum(alone),
        together=_sum(together),
        since=min(days, default=None),
    )


def _left(problem: StaffingProblem, worker: Worker, kind: str, day: date) -> Iterator[str]:
    for other in problem.workers:
        here = not set(other.sites).isdisjoint(worker.sites)
        if other.id != worker.id and here and holds_all(other.qualifications, (kind,), day):
            yield other.id


def _regained(outlook: Outlook, papers: Collection[Held]) -> dict[date, Fall]:
    """Return what is done on each day only if these certificates are renewed."""
    problem = outlook.problem
    workers = tuple(
        replace(one, qualifications=renewed(one.id, one.qualifications, papers))
        for one in problem.workers
    )
    then = Outlook(replace(problem, workers=workers))
    tasks = {task.id: task for task in problem.tasks}
    days = {}
    for day, work in outlook.works.items():
        same = [tasks[id_] for lot in work.lots for id_ in lot.tasks]
        same += [tasks[id_] for id_ in work.short]
        gained = _gained(outlook, work, then, work_of(same, day, problem, then.able))
        if gained.checks:
            days[day] = gained
    return days


def _gained(outlook: Outlook, work: Work, then: Outlook, will_be: Work) -> Fall:
    """Return what of a day's work is done with certificates renewed and not without."""
    if (work.lots, work.short) == (will_be.lots, will_be.short):
        return NOTHING
    now, will = outlook.cover(work), then.cover(will_be)
    checks = will.checks - now.bound
    tasks = set(outlook.undone(work)).difference(then.undone(will_be))
    exact = will.checks == will.bound and now.checks == now.bound
    return Fall(checks, tuple(sorted(tasks)), exact) if checks > 0 else NOTHING


def _sum(days: dict[date, Fall]) -> Fall:
    falls = list(days.values())
    tasks = tuple(task for fall in falls for task in fall.tasks)
    return Fall(sum(fall.checks for fall in falls), tasks, all(fall.is_exact for fall in falls))
