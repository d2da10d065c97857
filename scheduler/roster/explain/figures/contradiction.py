"""The rules of one employee that no row can keep together, and what would end it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from rules.text import Text
from scheduler.roster.core.problem import CoreProblem, Employee
from scheduler.roster.explain.figures.clock import OutOfTime, seconds_until
from scheduler.roster.explain.figures.row_model import RowModel, Verdict
from scheduler.roster.explain.figures.rowless import alike, rowless
from scheduler.roster.explain.figures.rules import Rule, rule_text, rules_of
from scheduler.roster.explain.needed import needed_of

_MOST_TOLD = 5
# How far a figure is loosened in search of the least that is enough.
_FARTHEST = 14
_FIELDS = {
    "weekends-max": ("weekends_max", 1),
    "run-max": ("run_max", 1),
    "run-min": ("run_min", -1),
    "rest-min": ("rest_min", -1),
}


@dataclass(frozen=True)
class Contradiction:
    """
    Rules of which none can be left out, and whose they are.

    Attributes:
        employees: By number; they have the same rules.
        repairs: Each of them alone lets a row keep all the rules.
        proved: Whether each rule was asked about in time; if not, there are more rules than clash.
    """

    employees: tuple[int, ...]
    rules: tuple[Rule, ...]
    repairs: tuple[Text, ...]
    proved: bool


@dataclass(frozen=True)
class Contradictions:
    """
    What employees' own rules contradict each other about.

    Attributes:
        others: Employees, by number, who have no legal row either and were not looked into.
        is_all: Whether everybody was asked in time.
    """

    found: tuple[Contradiction, ...]
    others: tuple[int, ...]
    is_all: bool


def contradictions(problem: CoreProblem, *, ends: float) -> Contradictions:
    """
    Return whose own rules contradict each other, and which rules they are.

    Args:
        problem: Checked figures.
        ends: Moment of the monotonic clock after which nobody else is looked into.
    """
    people, is_all = rowless(problem, ends=ends)
    kinds: dict[bytes, list[int]] = {}
    for e in people:
        kinds.setdefault(alike(problem, e), []).append(e)
    some, more = list(kinds.values())[:_MOST_TOLD], list(kinds.values())[_MOST_TOLD:]
    found = tuple(_Search(problem, those[0], ends).run(tuple(those)) for those in some)
    return Contradictions(found, tuple(sorted(e for those in more for e in those)), is_all)


class _Search:
    """Looks into one employee for as long as the time lasts."""

    def __init__(self, problem: CoreProblem, e: int, ends: float) -> None:
        self.problem, self.e, self.ends = problem, e, ends
        self.proved = True

    def run(self, employees: tuple[int, ...]) -> Contradiction:
        every = list(rules_of(self.problem, self.e))
        kept = needed_of(every, self._clashes)
        repairs: list[Text] = []
        if self.proved:
            with suppress(OutOfTime):
                repairs.extend(filter(None, map(self._repair, kept)))
        return Contradiction(employees, tuple(kept), tuple(repairs), self.proved)

    def _clashes(self, rules: Sequence[Rule]) -> bool:
        """Tell whether it is proved that no row keeps these rules together."""
        try:
            verdict = self._verdict(self.problem, rules)
        except OutOfTime:
            verdict = "unknown"
        self.proved = self.proved and verdict != "unknown"
        return verdict == "impossible"

    def _verdict(self, problem: CoreProblem, rules: Sequence[Rule]) -> Verdict:
        seconds = seconds_until(self.ends)
        return RowModel(problem, self.e, rules).verdict(seconds=seconds)

    def _repair(self, rule: Rule) -> Text | None:
        """Return the least change of the rule after which a row keeps every rule, if any is."""
        told = rule_text(self.problem, self.e, rule)
        others = [each for each in rules_of(self.problem, self.e) if each != rule]
        if self._verdict(self.problem, others) != "possible":
            return None
        if rule.kind in {"succession", "day-off", "pin"}:
            return Text(zh=f"取消：{told.zh}", en=f"drop: {told.en}")
        for changed in self._looser(rule, others):
            if self._verdict(changed, list(rules_of(changed, self.e))) == "possible":
                to = rule_text(changed, self.e, rule)
                return Text(zh=f"把“{told.zh}”改为“{to.zh}”", en=f"instead of {told.en}: {to.en}")
        return None

    def _looser(self, rule: Rule, others: Sequence[Rule]) -> Iterator[CoreProblem]:
        """Yield the problem with the rule loosened, step by step or by as much as it takes."""
        free = RowModel(self.problem, self.e, others)
        seconds = seconds_until(self.ends)
        if rule.kind == "minutes-min":
            yield _with(self.problem, self.e, minutes_min=free.most_minutes(seconds=seconds) or 0)
        elif rule.kind == "minutes-max":
            yield _with(self.problem, self.e, minutes_max=free.least_minutes(seconds=seconds) or 0)
        else:
            yield from _steps(self.problem, self.e, rule)


def _steps(problem: CoreProblem, e: int, rule: Rule) -> Iterator[CoreProblem]:
    one = problem.employees[e]
    for far in range(1, _FARTHEST + 1):
        if rule.kind == "shift-max":
            (shift,) = rule.number
            most = (*one.shift_max[:shift], one.shift_max[shift] + far, *one.shift_max[shift + 1 :])
            yield _with(problem, e, shift_max=most)
        else:
            field, sign = _FIELDS[rule.kind]
            yield _with(problem, e, **{field: max(0, getattr(one, field) + sign * far)})


def _with(problem: CoreProblem, e: int, **changed: int | tuple[int, ...]) -> CoreProblem:
    one: Employee = replace(problem.employees[e], **changed)  # type: ignore[arg-type]
    people = (*problem.employees[:e], one, *problem.employees[e + 1 :])
    return replace(problem, employees=people)
