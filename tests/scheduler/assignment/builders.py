"""Builders of small assignment problems."""

from datetime import UTC, date, datetime, timedelta

from rules.organisation.model import Certificate, DateSpan
from rules.text import Text
from scheduler.assignment.problem import AssignmentProblem, Task, Worker

MONDAY = date(2026, 7, 6)


def task_of(name="t", **changes):
    day = changes.pop("day", MONDAY)
    since, until = changes.pop("hours", (0, 24))
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    values = {
        "site": "school",
        "place": "kitchen",
        "day": day,
        "opens_at": midnight + timedelta(hours=since),
        "due_at": midnight + timedelta(hours=until),
        "minutes": 30,
    }
    return Task(name, **{**values, **changes})


def worker_of(name="li", **changes):
    held = changes.pop("holds", ())
    away = changes.pop("away", ())
    values = {
        "name": Text(zh=name, en=name),
        "sites": ("school",),
        "qualifications": tuple(certificate(kind) for kind in held),
        "absences": tuple(leave(*span) for span in away),
    }
    return Worker(name, **{**values, **changes})


def certificate(kind, until=None):
    return Certificate.model_validate({"kind": kind, "from": date(2020, 1, 1), "until": until})


def leave(since, until):
    reason = Text(zh="请假", en="leave")
    return DateSpan.model_validate({"from": since, "until": until, "reason": reason})


def problem_of(tasks, workers, **more):
    return AssignmentProblem(tuple(tasks), tuple(workers), **more)


def instant(day, hour):
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=hour)
