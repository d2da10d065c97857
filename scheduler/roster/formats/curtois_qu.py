"""
Reads the text format of the Curtois & Qu shift scheduling benchmarks.

Sections follow each other under their headings; `#` starts a comment; fields stand between commas
and lists within a field between `|`. The first day is a Monday.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rules.text import Text
from scheduler.roster.core.problem import FREE, CoreProblem, Employee, Shift
from scheduler.roster.formats.lines import Findings, Line

_HEADING = "SECTION_"
# Heading -> fewest fields of a line, and what they are.
_SECTIONS = {
    "SECTION_HORIZON": (1, "days"),
    "SECTION_SHIFTS": (2, "shift, minutes, shifts that may not follow"),
    "SECTION_STAFF": (8, "employee, maximum of each shift, six limits"),
    "SECTION_DAYS_OFF": (2, "employee, days"),
    "SECTION_SHIFT_ON_REQUESTS": (4, "employee, day, shift, weight"),
    "SECTION_SHIFT_OFF_REQUESTS": (4, "employee, day, shift, weight"),
    "SECTION_COVER": (5, "day, shift, people, weight under, weight over"),
}
_NEEDED = ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF", "SECTION_COVER")
# A year of hundreds of people is two megabytes; anything far larger is no such file.
_MOST_DAYS = 1000


def is_curtois_qu(text: str) -> bool:
    """Return whether the text looks like this format."""
    return "SECTION_HORIZON" in text


def read_curtois_qu(path: Path, text: str) -> CoreProblem:
    """
    Return the problem that *text* holds.

    Args:
        path: Named in the faults.
        text: Content of the file.

    Raises:
        InputInvalid: Something in it cannot be used; lists every fault found.
    """
    findings = Findings(str(path))
    sections = _sections(text, findings)
    for heading in _NEEDED:
        if not sections.get(heading):
            message = Text(zh=f"缺少 {heading}。", en=f"{heading} is missing or empty.")
            remedy = Text(zh="请补上这一节。", en="Add this section.")
            findings.add(1, heading, message, remedy)
    findings.raise_if_any()
    problem = _Reading(sections, findings).problem()
    findings.raise_if_any()
    return problem


def _sections(text: str, findings: Findings) -> dict[str, list[Line]]:
    sections: dict[str, list[Line]] = {}
    heading = ""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if line.startswith(_HEADING):
            heading = line
            if findings.one_of(number, heading, _SECTIONS, "section"):
                sections.setdefault(heading, [])
        elif line and heading in sections:
            fields = tuple(part.strip() for part in line.split(","))
            fewest, expected = _SECTIONS[heading]
            if len(fields) >= fewest:
                sections[heading].append(Line(number, fields))
            else:
                message = Text(zh=f"应有：{expected}。", en=f"Expected: {expected}.")
                remedy = Text(zh="请补全这一行。", en="Complete the line.")
                findings.add(number, heading, message, remedy)
        elif line and not heading:
            message = Text(zh="第一节之前有内容。", en="There is text before the first section.")
            remedy = Text(zh="请删去或加上 #。", en="Remove it or start it with #.")
            findings.add(number, "", message, remedy)
    return sections


@dataclass
class _Reading:
    """Turns sections into figures, gathering faults."""

    sections: dict[str, list[Line]]
    findings: Findings

    def problem(self) -> CoreProblem:
        self.days = self._horizon()
        self.shifts = self._numbered("SECTION_SHIFTS")
        self.staff = self._numbered("SECTION_STAFF")
        shape = (len(self.staff), self.days)
        self.days_off = np.zeros(shape, dtype=np.bool_)
        self.requests = np.zeros((*shape, len(self.shifts) + 1), dtype=np.int64)
        self.cover = np.zeros((3, self.days, len(self.shifts)), dtype=np.int64)
        kinds = tuple(self._shift(line) for line in self.sections["SECTION_SHIFTS"])
        people = tuple(self._employee(line) for line in self.sections["SECTION_STAFF"])
        self._each("SECTION_DAYS_OFF", self._day_off)
        self._each("SECTION_SHIFT_ON_REQUESTS", self._shift_on)
        self._each("SECTION_SHIFT_OFF_REQUESTS", self._shift_off)
        self._each("SECTION_COVER", self._cover)
        need, under, over = self.cover
        return CoreProblem(
            self.days,
            kinds,
            people,
            forbidden=self._forbidden(),
            days_off=self.days_off,
            pins=np.full(shape, FREE, dtype=np.int16),
            requests=self.requests,
            need=need,
            under=under,
            over=over,
        )

    def _each(self, heading: str, read: Callable[[Line], None]) -> None:
        for line in self.sections.get(heading, []):
            read(line)

    def _horizon(self) -> int:
        line = self.sections["SECTION_HORIZON"][0]
        days = self.findings.whole_number(line, 0, "days", least=1)
        if days > _MOST_DAYS:
            message = Text(zh=f"{days} 天太长。", en=f"{days} days are too many.")
            remedy = Text(zh=f"最多 {_MOST_DAYS} 天。", en=f"At most {_MOST_DAYS} days.")
            self.findings.add(line.number, "days", message, remedy)
        self.findings.raise_if_any()
        return days

    def _numbered(self, heading: str) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for line in self.sections[heading]:
            if line.fields[0] in numbers:
                name = line.fields[0]
                message = Text(zh=f"“{name}”重复。", en=f"“{name}” occurs twice.")
                remedy = Text(zh="请改用别的代号。", en="Give it a code of its own.")
                self.findings.add(line.number, heading, message, remedy)
            numbers.setdefault(line.fields[0], len(numbers))
        self.findings.raise_if_any()
        return numbers

    def _shift(self, line: Line) -> Shift:
        return Shift(line.fields[0], self.findings.whole_number(line, 1, "minutes", least=1))

    def _forbidden(self) -> "np.ndarray[tuple[int, int], np.dtype[np.bool_]]":
        forbidden = np.zeros((len(self.shifts), len(self.shifts)), dtype=np.bool_)
        for line in self.sections["SECTION_SHIFTS"]:
            later = line.fields[2].split("|") if len(line.fields) > 2 else []
            for code in filter(None, (each.strip() for each in later)):
                if self.findings.one_of(line.number, code, self.shifts, "may-not-follow"):
                    forbidden[self.shifts[line.fields[0]], self.shifts[code]] = True
        return forbidden

    def _employee(self, line: Line) -> Employee:
        names = ("minutes-max", "minutes-min", "run-max", "run-min", "rest-min", "weekends-max")
        figure = {
            name: self.findings.whole_number(line, position, name)
            for position, name in enumerate(names, start=2)
        }
        return Employee(
            line.fields[0],
            minutes_min=figure["minutes-min"],
            minutes_max=figure["minutes-max"],
            run_min=figure["run-min"],
            run_max=figure["run-max"],
            rest_min=figure["rest-min"],
            weekends_max=figure["weekends-max"],
            shift_max=self._shift_max(line),
        )

    def _shift_max(self, line: Line) -> tuple[int, ...]:
        """Return the maximum of each shift; one that is not named has none."""
        most = dict.fromkeys(self.shifts, self.days)
        for part in filter(None, line.fields[1].split("|")):
            code, _, figure = part.partition("=")
            if self.findings.one_of(line.number, code, self.shifts, "shift-max"):
                count = Line(line.number, (figure.strip(),))
                most[code] = self.findings.whole_number(count, 0, f"shift-max {code}")
        return tuple(most.values())

    def _employee_number(self, line: Line) -> int | None:
        code = line.fields[0]
        known = self.findings.one_of(line.number, code, self.staff, "employee")
        return self.staff[code] if known else None

    def _day(self, line: Line, position: int) -> int:
        day = self.findings.whole_number(line, position, "day")
        if day < self.days:
            return day
        message = Text(zh=f"第 {day} 天在排班期外。", en=f"Day {day} is outside the horizon.")
        last = self.days - 1
        remedy = Text(zh=f"请填 0 至 {last}。", en=f"Write a day from 0 to {last}.")
        self.findings.add(line.number, "day", message, remedy)
        return 0

    def _shift_number(self, line: Line, position: int) -> int | None:
        code = line.fields[position]
        known = self.findings.one_of(line.number, code, self.shifts, "shift")
        return self.shifts[code] if known else None

    def _day_off(self, line: Line) -> None:
        employee = self._employee_number(line)
        for position in range(1, len(line.fields)):
            day = self._day(line, position)
            if employee is not None:
                self.days_off[employee, day] = True

    def _shift_on(self, line: Line) -> None:
        employee, shift = self._employee_number(line), self._shift_number(line, 2)
        day, weight = self._day(line, 1), self.findings.whole_number(line, 3, "weight")
        if employee is not None and shift is not None:
            self.requests[employee, day, :] += weight
            self.requests[employee, day, shift] -= weight

    def _shift_off(self, line: Line) -> None:
        employee, shift = self._employee_number(line), self._shift_number(line, 2)
        day, weight = self._day(line, 1), self.findings.whole_number(line, 3, "weight")
        if employee is not None and shift is not None:
            self.requests[employee, day, shift] += weight

    def _cover(self, line: Line) -> None:
        day, shift = self._day(line, 0), self._shift_number(line, 1)
        names = ("need", "weight-under", "weight-over")
        figures = [self.findings.whole_number(line, 2 + i, name) for i, name in enumerate(names)]
        if shift is not None:
            self.cover[:, day, shift] = figures
