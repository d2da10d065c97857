"""Checks a roster against every hard rule, day by day and without any solver."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rules.text import Text
from scheduler.roster.core.problem import (
    FREE,
    OFF,
    Cells,
    CoreProblem,
    Employee,
    is_saturday,
    is_sunday,
)

Row = list[int]


@dataclass(frozen=True)
class Violation:
    """
    One broken hard rule.

    Attributes:
        code: `day-off`, `pin-moved`, `succession`, `shift-maximum`, `minutes-minimum`,
            `minutes-maximum`, `run-too-long`, `run-too-short`, `rest-too-short` or `weekends`.
        employee: Identity of the person.
        day: Number of the day from 0, where one day is at fault.
    """

    code: str
    employee: str
    text: Text
    day: int | None = None


def violations(problem: CoreProblem, cells: Cells) -> tuple[Violation, ...]:
    """Return every broken hard rule, employee by employee; none for a legal roster."""
    found = (row_violations(problem, e, row) for e, row in enumerate(cells))
    return tuple(chain.from_iterable(found))


def row_violations(problem: CoreProblem, e: int, cells: Cells) -> list[Violation]:
    """Return every hard rule that the row of one employee, by number, breaks."""
    employee = problem.employees[e]
    row = [int(cell) for cell in cells]
    return [
        *_settled_days(problem, e, row),
        *_successions(problem, employee, row),
        *_shift_counts(problem, employee, row),
        *_minutes(problem, employee, row),
        *_runs(employee, row),
        *_weekends(employee, row),
    ]


def _settled_days(problem: CoreProblem, e: int, row: Row) -> Iterator[Violation]:
    employee = problem.employees[e]
    for day, cell in enumerate(row):
        if cell != OFF and problem.days_off[e, day]:
            text = Text(zh="应休息而排了班", en="works on a day off")
            yield Violation("day-off", employee.id, text, day)
        if problem.pins[e, day] not in (FREE, cell):
            text = Text(zh="已定的班次被改动", en="a settled cell was changed")
            yield Violation("pin-moved", employee.id, text, day)


def _successions(problem: CoreProblem, employee: Employee, row: Row) -> Iterator[Violation]:
    for day in range(1, len(row)):
        before, after = row[day - 1], row[day]
        if OFF not in (before, after) and problem.forbidden[before, after]:
            first, second = problem.shifts[before].code, problem.shifts[after].code
            text = Text(
                zh=f"{first} 班次日不得排 {second} 班",
                en=f"shift {second} may not follow shift {first}",
            )
            yield Violation("succession", employee.id, text, day)


def _shift_counts(problem: CoreProblem, employee: Employee, row: Row) -> Iterator[Violation]:
    for number, most in enumerate(employee.shift_max):
        count = row.count(number)
        if count > most:
            code = problem.shifts[number].code
            text = Text(
                zh=f"{code} 班排了 {count} 次，最多 {most} 次",
                en=f"shift {code} {count} times, at most {most}",
            )
            yield Violation("shift-maximum", employee.id, text)


def _minutes(problem: CoreProblem, employee: Employee, row: Row) -> Iterator[Violation]:
    total = sum(problem.shifts[cell].minutes for cell in row if cell != OFF)
    if total > employee.minutes_max:
        most = employee.minutes_max
        text = Text(
            zh=f"工时 {total} 分钟，最多 {most} 分钟", en=f"{total} minutes, at most {most}"
        )
        yield Violation("minutes-maximum", employee.id, text)
    if total < employee.minutes_min:
        least = employee.minutes_min
        text = Text(
            zh=f"工时 {total} 分钟，至少 {least} 分钟", en=f"{total} minutes, at least {least}"
        )
        yield Violation("minutes-minimum", employee.id, text)


def _runs(employee: Employee, row: Row) -> Iterator[Violation]:
    for first, length, works in _spans(row):
        at_edge = first == 0 or first + length == len(row)
        if works and length > employee.run_max:
            text = Text(
                zh=f"连续上班 {length} 天，最多 {employee.run_max} 天",
                en=f"{length} days worked in a row, at most {employee.run_max}",
            )
            yield Violation("run-too-long", employee.id, text, first)
        elif works and length < employee.run_min and not at_edge:
            text = Text(
                zh=f"只连续上班 {length} 天，至少 {employee.run_min} 天",
                en=f"{length} days worked in a row, at least {employee.run_min}",
            )
            yield Violation("run-too-short", employee.id, text, first)
        elif not works and length < employee.rest_min and not at_edge:
            text = Text(
                zh=f"只连续休息 {length} 天，至少 {employee.rest_min} 天",
                en=f"{length} days off in a row, at least {employee.rest_min}",
            )
            yield Violation("rest-too-short", employee.id, text, first)


def _spans(row: Row) -> Iterator[tuple[int, int, bool]]:
    """Yield the first day and length of each run of days worked or days off, and which it is."""
    first = 0
    for day in range(1, len(row) + 1):
        if day == len(row) or (row[day] == OFF) != (row[first] == OFF):
            yield first, day - first, row[first] != OFF
            first = day


def _weekends(employee: Employee, row: Row) -> Iterator[Violation]:
    weekends = {day // 7 for day, cell in enumerate(row) if cell != OFF and _is_weekend(day)}
    if len(weekends) > employee.weekends_max:
        text = Text(
            zh=f"{len(weekends)} 个周末上班，最多 {employee.weekends_max} 个",
            en=f"{len(weekends)} weekends worked, at most {employee.weekends_max}",
        )
        yield Violation("weekends", employee.id, text)


def _is_weekend(day: int) -> bool:
    return is_saturday(day) or is_sunday(day)
