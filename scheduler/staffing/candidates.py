"""Who could be on the staff: people as they are, better certified, on more days, and hires."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from rules.cadence import WEEKDAYS, Weekday
from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.assignment.eligibility import is_valid, stopped_by
from scheduler.assignment.problem import Task, Worker
from scheduler.staffing.able import Able
from scheduler.staffing.bookings import Bookings, covered
from scheduler.staffing.greedy import greedy
from scheduler.staffing.lots import work_of
from scheduler.staffing.problem import Candidate, StaffingProblem

# A hire has as much time for checks as a person of whom the file says nothing else.
HIRE_MINUTES = 240
_WEEKS: tuple[tuple[Weekday, ...], ...] = (WEEKDAYS[:5], WEEKDAYS[2:])
# Site, roles of which any will do, and certificates.
Asked = tuple[str, tuple[str, ...], tuple[str, ...]]
_HIRE = Text(zh="新聘", en="To hire")


def as_they_are(problem: StaffingProblem) -> tuple[Candidate, ...]:
    """Return the people there are."""
    return tuple(Candidate(worker, worker.id) for worker in problem.workers)


def candidates(problem: StaffingProblem, left: Sequence[Task]) -> tuple[Candidate, ...]:
    """Return the people there are, and whom it would take to do what they *left* undone."""
    bettered = (
        each
        for worker in problem.workers
        for found in (_trained(problem, worker, left), _on_more_days(problem, worker, left))
        for each in found
    )
    return (*as_they_are(problem), *bettered, *_hires(problem, left))


def _trained(problem: StaffingProblem, worker: Worker, left: Iterable[Task]) -> Iterator[Candidate]:
    """Yield the person with each set of certificates that some task lacks, and with all of them."""
    lacking = {kinds for task in left if (kinds := _lacking(worker, task))}
    if not lacking:
        return
    every = tuple(sorted({kind for kinds in lacking for kind in kinds}))
    for kinds in sorted({*lacking, every}):
        yield certified(worker, kinds, problem.days[0])


def certified(worker: Worker, kinds: tuple[str, ...], since: date) -> Candidate:
    """Return the person with certificates of these kinds, which hold from *since* on."""
    held = tuple(each for each in worker.qualifications if each.kind not in kinds)
    name = f"{worker.id}+{'+'.join(kinds)}"
    better = replace(worker, id=name, qualifications=(*held, *_granted(kinds, since)))
    return Candidate(better, worker.id, trained=kinds)


def _granted(kinds: Iterable[str], since: date) -> tuple[Certificate, ...]:
    return tuple(Certificate.model_validate({"kind": kind, "from": since}) for kind in kinds)


def _on_more_days(
    problem: StaffingProblem, worker: Worker, left: Iterable[Task]
) -> Iterator[Candidate]:
    """Yield the person at work on the days of what they could do, were they not off."""
    days = sorted({task.day for task in left if _is_off(worker, task)})
    if days:
        week = {WEEKDAYS[day.weekday()] for day in days} - {*worker.works}
        others = (day for day in _days(problem) if WEEKDAYS[day.weekday()] in week)
        blocked = worker.blocked.union(day for day in others if day not in days)
        works = tuple(day for day in WEEKDAYS if day in week or day in worker.works)
        name = f"{worker.id}@{len(days)}"
        yield Candidate(
            replace(worker, id=name, works=works, blocked=blocked), worker.id, extra=tuple(days)
        )


def _is_off(worker: Worker, task: Task) -> bool:
    """Whether nothing keeps the person from the task but the working week."""
    return (
        task.site in worker.sites
        and worker.presence is None
        and task.minutes <= worker.minutes_per_day
        and stopped_by(task, worker, task.day) == "not-working"
    )


def _days(problem: StaffingProblem) -> Iterator[date]:
    first, last = problem.days
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _lacking(worker: Worker, task: Task) -> tuple[str, ...]:
    """Return what keeps the person from the task, where certificates alone do."""
    of_role = not task.roles or not set(task.roles).isdisjoint(worker.roles)
    if task.site not in worker.sites or not of_role or worker.id in task.excluded:
        return ()
    held = {each.kind for each in worker.qualifications if is_valid(each, task.day)}
    return tuple(sorted(kind for kind in task.qualifications if kind not in held))


def _hires(problem: StaffingProblem, left: Iterable[Task]) -> Iterator[Candidate]:
    """Yield as many hires of each sort as the tasks of that sort could ever take."""
    sorts: dict[Asked, list[Task]] = defaultdict(list)
    for task in left:
        sorts[task.site, task.roles, task.qualifications].append(task)
    for asked, tasks in sorted(sorts.items()):
        first = [task for task in tasks if _falls_in(task, _WEEKS[0])]
        rest = [task for task in tasks if not _falls_in(task, _WEEKS[0])]
        for week, some in zip(_WEEKS, (first, rest), strict=True):
            most = _most(problem, some, hire(asked, problem.days[0], 0, week).worker)
            for number in range(1, most + 1):
                yield hire(asked, problem.days[0], number, week)


def _falls_in(task: Task, week: Sequence[Weekday]) -> bool:
    return any(WEEKDAYS[day.weekday()] in week for day in task.choices)


def hire(
    asked: Asked, since: date, number: int, week: tuple[Weekday, ...] = _WEEKS[0]
) -> Candidate:
    """Return somebody to hire with what is *asked*; several are told apart by their number."""
    site, roles, kinds = asked
    name = "|".join(("hire", site, *roles[:1], *kinds, week[0]))
    worker = Worker(
        f"{name}#{number:03d}",
        _HIRE,
        sites=(site,),
        roles=roles[:1],
        qualifications=_granted(kinds, since),
        minutes_per_day=HIRE_MINUTES,
        works=week,
    )
    return Candidate(worker, worker.id, hired=True)


def _most(problem: StaffingProblem, tasks: Iterable[Task], one: Worker) -> int:
    """Return how many such hires do all *tasks* on the days on which they fall due."""
    by_day: dict[date, list[Task]] = defaultdict(list)
    for task in tasks:
        by_day[task.day].append(task)
    return max((_enough(problem, some, day, one) for day, some in by_day.items()), default=0)


def _enough(problem: StaffingProblem, tasks: list[Task], day: date, one: Worker) -> int:
    doable = [task for task in tasks if Able([one]).on(task, day)]
    if not doable:
        return 0
    total = sum(problem.weight(task.id) for task in doable)
    for number in count(max(task.people for task in doable)):
        able = Able(replace(one, id=str(index)) for index in range(number))
        lots = work_of(doable, day, problem, able).lots
        if covered(lots, greedy(lots, able.workers, Bookings())) == total:
            return number
    raise AssertionError("Counting ends where everybody has one task.")
