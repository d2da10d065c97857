"""The hard rules of one employee in a problem of figures, each of which can be left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rules.text import Text
from scheduler.roster.core.problem import FREE, CoreProblem

Kind = Literal[
    "minutes-min",
    "minutes-max",
    "run-min",
    "run-max",
    "rest-min",
    "weekends-max",
    "shift-max",
    "succession",
    "day-off",
    "pin",
]
KINDS: tuple[Kind, ...] = (
    "minutes-min",
    "minutes-max",
    "weekends-max",
    "run-max",
    "run-min",
    "rest-min",
    "shift-max",
    "succession",
    "day-off",
    "pin",
)
KIND_TEXTS: dict[Kind, Text] = {
    "minutes-min": Text(zh="工时下限", en="minimum of minutes"),
    "minutes-max": Text(zh="工时上限", en="maximum of minutes"),
    "weekends-max": Text(zh="周末上限", en="maximum of weekends"),
    "run-max": Text(zh="连续上班上限", en="maximum of days in a row"),
    "run-min": Text(zh="连续上班下限", en="minimum of days in a row"),
    "rest-min": Text(zh="连续休息下限", en="minimum of days off in a row"),
    "shift-max": Text(zh="各班次上限", en="maximum of each shift"),
    "succession": Text(zh="班次衔接", en="shifts that may not follow each other"),
    "day-off": Text(zh="休假日", en="days off"),
    "pin": Text(zh="已定的班次", en="settled cells"),
}


@dataclass(frozen=True)
class Rule:
    """
    One hard rule.

    Attributes:
        number: Of the shift of a maximum, of both shifts of a succession, or of the day.
    """

    kind: Kind
    number: tuple[int, ...] = ()


def rules_of(problem: CoreProblem, e: int) -> Iterator[Rule]:
    """Yield the rules of an employee, those of figures first."""
    for kind in KINDS[:6]:
        yield Rule(kind)
    for shift, most in enumerate(problem.employees[e].shift_max):
        if most < problem.days:
            yield Rule("shift-max", (shift,))
    for before, after in zip(*problem.forbidden.nonzero(), strict=True):
        yield Rule("succession", (int(before), int(after)))
    for day in problem.days_off[e].nonzero()[0]:
        yield Rule("day-off", (int(day),))
    for day in (problem.pins[e] != FREE).nonzero()[0]:
        yield Rule("pin", (int(day),))


def rule_text(problem: CoreProblem, e: int, rule: Rule) -> Text:
    """Return a rule of the employee in words."""
    one, shifts = problem.employees[e], problem.shifts
    if rule.kind == "shift-max":
        (shift,) = rule.number
        code, most = shifts[shift].code, one.shift_max[shift]
        return Text(zh=f"{code} 班最多 {most} 次", en=f"shift {code} at most {most} times")
    if rule.kind == "succession":
        first, second = (shifts[number].code for number in rule.number)
        return Text(
            zh=f"{first} 班次日不得排 {second} 班",
            en=f"shift {second} may not follow shift {first}",
        )
    if rule.kind in {"day-off", "pin"}:
        (day,) = rule.number
        if rule.kind == "day-off":
            return Text(zh=f"第 {day} 天休息", en=f"day {day} is off")
        return Text(zh=f"第 {day} 天已定", en=f"day {day} is settled")
    figures = {
        "minutes-min": ("工时至少 {} 分钟", "at least {} minutes", one.minutes_min),
        "minutes-max": ("工时最多 {} 分钟", "at most {} minutes", one.minutes_max),
        "weekends-max": ("最多 {} 个周末上班", "at most {} weekends worked", one.weekends_max),
        "run-max": ("连续上班最多 {} 天", "at most {} days in a row", one.run_max),
        "run-min": ("连续上班至少 {} 天", "at least {} days in a row", one.run_min),
        "rest-min": ("连续休息至少 {} 天", "at least {} days off in a row", one.rest_min),
    }
    zh, en, figure = figures[rule.kind]
    return Text(zh=zh.format(figure), en=en.format(figure))
