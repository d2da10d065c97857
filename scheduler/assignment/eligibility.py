"""The hard rules that speak of one person and one task, whatever else is planned."""

from collections.abc import Iterable
from datetime import date

from rules.cadence import WEEKDAYS
from rules.organisation.model import Certificate
from scheduler.assignment.load import room_within
from scheduler.assignment.problem import Code, Task, Worker


def is_valid(certificate: Certificate, day: date) -> bool:
    """Whether the certificate holds on *day*; both ends count."""
    return certificate.since <= day and (certificate.until is None or day <= certificate.until)


def holds_all(certificates: Iterable[Certificate], kinds: Iterable[str], day: date) -> bool:
    """Whether every kind is there and valid on *day*."""
    held = {certificate.kind for certificate in certificates if is_valid(certificate, day)}
    return held.issuperset(kinds)


def is_absent(worker: Worker, day: date) -> bool:
    """Whether the person is on leave, or blocked, on *day*."""
    if day in worker.blocked:
        return True
    return any(span.since <= day <= span.until for span in worker.absences)


def works_on(worker: Worker, day: date) -> bool:
    """Whether the roster, or without one the week, has the person at work on *day*."""
    if worker.presence is not None:
        return bool(worker.presence.get(day))
    return WEEKDAYS[day.weekday()] in worker.works


def is_at_work(worker: Worker, task: Task, day: date) -> bool:
    """Whether the person is at work for the task; on a roster, long enough inside its window."""
    if worker.presence is None or not task.is_timed:
        return works_on(worker, day)
    return room_within(*task.window, worker.present_minutes) >= task.minutes


def stopped_by(task: Task, worker: Worker, day: date) -> Code | None:
    """
    Return the first hard rule that keeps the person from the task on *day*, if any.

    The site is not asked here: people of other sites are no candidates at all.
    """
    if task.roles and not set(task.roles) & set(worker.roles):
        return "no-role"
    if task.qualifications and not holds_all(worker.qualifications, task.qualifications, day):
        return "no-qualification"
    if worker.id in task.excluded:
        return "excluded"
    if is_absent(worker, day):
        return "absent"
    if not is_at_work(worker, task, day):
        return "not-working"
    return None


def available_minutes(worker: Worker, day: date) -> int:
    """Return the minutes the person has for tasks on *day*: none on leave or off work."""
    return worker.minutes_per_day if works_on(worker, day) and not is_absent(worker, day) else 0
