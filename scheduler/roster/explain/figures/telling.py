"""What cannot be had of a problem of figures, in sentences of both languages."""

from collections import Counter
from collections.abc import Sequence

from rules.text import Text
from scheduler.assignment.wording import joined
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.explain.figures.contradiction import Contradiction
from scheduler.roster.explain.figures.rules import KIND_TEXTS, rule_text
from scheduler.roster.explain.figures.shortage import Shortage
from scheduler.roster.explain.figures.together import Together
from scheduler.roster.explain.told import Told, scarce

_MOST_NAMES = 8
TRIAL = Text(zh="均已重新求解", en="each was solved again")


def told_contradiction(problem: CoreProblem, found: Contradiction) -> Told:
    """Return which rules of an employee contradict each other, in words."""
    names = employees_text(problem, found.employees)
    rules = [rule_text(problem, found.employees[0], rule) for rule in found.rules]
    proof = Text(
        zh="去掉其中任何一条即可排（已逐条重新求解）。",
        en="Without any one of these there is a row (each was solved again).",
    )
    if not found.proved:
        kinds = {rule.kind for rule in found.rules}
        rules = [text for kind, text in KIND_TEXTS.items() if kind in kinds]
        proof = Text(
            zh="限时内未能逐条核对，其中可能有无关的规定。请加大 --time-limit。",
            en="Not each was checked in the time given; some may not matter. Raise --time-limit.",
        )
    repairs = [
        Text(zh=f"{one.zh}：矛盾消除。", en=f"{one.en}: nothing contradicts.")
        for one in found.repairs
    ]
    return Told(
        Text(
            zh=f"{names.zh} 的硬性规定互相矛盾，没有一种排法。",
            en=f"The hard rules of {names.en} contradict each other: no row keeps them all.",
        ),
        (),
        tuple(rules),
        proof,
        tuple(repairs),
        scarce(len(repairs), len(rules)) if found.proved else None,
        TRIAL,
    )


def employees_text(problem: CoreProblem, employees: Sequence[int]) -> Text:
    """Return the codes of some employees, and how many they are where not all are named."""
    codes = [problem.employees[e].id for e in employees[:_MOST_NAMES]]
    rest = len(employees) - len(codes)
    if not rest:
        return Text(zh="、".join(codes), en=", ".join(codes))
    return Text(
        zh=f"{'、'.join(codes)} 等 {len(employees)} 人", en=f"{', '.join(codes)} and {rest} more"
    )


def told_shortage(problem: CoreProblem, found: Shortage) -> Told:
    """Return on which days there are too few people, in words."""
    window, most = found.window, sum(found.most)
    shifts = " ".join(problem.shifts[shift].code for shift in window.shifts)
    days = _days(window.first, window.last)
    repairs = [
        Text(
            zh=f"{text.zh}：{f'还缺 {left}' if left else '按上限之和已够'}。",
            en=f"{text.en}: {f'{left} short' if left else 'enough by the sum'}.",
        )
        for text, left in found.repairs
    ]
    return Told(
        Text(
            zh=f"{days.zh}要 {found.need} 人次，至少缺 {found.missing} 人次。",
            en=f"{found.need} place(s) on {days.en}; at least {found.missing} stay empty.",
        ),
        (Text(zh=f"班次：{shifts}", en=f"Shifts: {shifts}"),),
        tuple(KIND_TEXTS[kind] for kind in found.kinds),
        _sum(problem, found, most),
        tuple(repairs),
        scarce(len(repairs), found.tried) if found.proved else None,
        TRIAL,
    )


def told_together(problem: CoreProblem, found: Together) -> Told:
    """Return which days cannot be filled for several rules together, in words."""
    days = _days(found.first, found.last)
    need = int(problem.need[found.first : found.last + 1].sum())
    proof = Text(
        zh="求解器已证明排不满；少首日、末日或任何一类规定即可排满（已逐项重新求解）。",
        en="The solver proved that they cannot all be filled; without the first day, the last, or "
        "any one of these kinds of rules they can (each was solved again).",
    )
    if not found.proved:
        proof = Text(
            zh="求解器已证明全期排不满；限时内未能逐项核对日期和规定。请加大 --time-limit。",
            en="The solver proved that not all can be filled; not each day and rule was checked in "
            "the time given. Raise --time-limit.",
        )
    return Told(
        Text(
            zh=f"{days.zh}的 {need} 人次不能全部排满。",
            en=f"The {need} place(s) on {days.en} cannot all be filled.",
        ),
        (),
        tuple(KIND_TEXTS[kind] for kind in found.kinds),
        proof,
        tuple(Text(zh=f"{one.zh}：可排满。", en=f"{one.en}: all filled.") for one in found.repairs),
        scarce(len(found.repairs), found.tried),
        TRIAL,
    )


def _days(first: int, last: int) -> Text:
    if last > first:
        return Text(zh=f"第 {first} 至 {last} 天", en=f"days {first}–{last}")
    return Text(zh=f"第 {first} 天", en=f"day {first}")


def _sum(problem: CoreProblem, found: Shortage, most: int) -> Text:
    """Say how many places each employee can work, those with the same number together."""
    counts = Counter(number for number in found.most if number)
    parts = [
        Text(zh=f"{people} 人各 {number}", en=f"{people} of them {number} each")
        for number, people in sorted(counts.items(), reverse=True)
    ]
    told = joined(parts, "、", ", ") if parts else Text(zh="无人可排", en="nobody any")
    everybody = len(problem.employees)
    by_rules = Text(
        zh=f"{everybody} 人按规定最多可排 {most} 人次（{told.zh}），少于 {found.need}。",
        en=f"By the rules {everybody} people can work at most {most} of them ({told.en}), less "
        f"than {found.need}.",
    )
    if not found.kinds:
        return by_rules
    if not found.proved:
        return Text(
            zh=f"{by_rules.zh}限时内未能逐类核对，其中可能有无关的规定。请加大 --time-limit。",
            en=f"{by_rules.en} Not each kind of rules was checked in the time given; some may not "
            "matter. Raise --time-limit.",
        )
    return Text(
        zh=f"{by_rules.zh}去掉上述任何一类规定，合计就不再不足（已逐类重新求解）。",
        en=f"{by_rules.en} Without any one of these kinds of rules the sum would do (each was "
        "solved again).",
    )
