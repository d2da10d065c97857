"""How well the places of a problem of figures can be filled, in sentences of both languages."""

from rules.text import Text
from scheduler.roster.core.problem import CoreProblem
from scheduler.roster.explain.figures.cover import Cover
from scheduler.roster.explain.told import Told

_MOST_TOLD = 10


def told_cover(problem: CoreProblem, cover: Cover) -> Told:
    """Return what the best roster found leaves empty, and how many stay empty in every roster."""
    number, asked = sum(cover.empty.values()), int(problem.need.sum())
    head = Text(
        zh=f"{asked} 人次中，限时内找到的最好排班缺 {number} 人次。",
        en=f"Of {asked} place(s) the best roster found in the time given leaves {number} empty.",
    )
    return Told(head, _places(problem, cover), (), _proof(cover, number), ())


def _places(problem: CoreProblem, cover: Cover) -> tuple[Text, ...]:
    """Return the shifts that lack most people, and how many more there are."""
    worst = sorted(cover.empty.items(), key=lambda item: (-item[1], item[0]))
    told = [
        Text(
            zh=f"第 {day} 天 {problem.shifts[shift].code} 班缺 {lacking} 人",
            en=f"day {day}, shift {problem.shifts[shift].code}: {lacking} short",
        )
        for (day, shift), lacking in worst[:_MOST_TOLD]
    ]
    more = len(worst) - len(told)
    if more:
        told.append(Text(zh=f"另有 {more} 个班次缺人", en=f"and {more} more shift(s)"))
    return tuple(told)


def _proof(cover: Cover, number: int) -> Text:
    if not cover.at_least:
        return Text(
            zh="尚未证明排不满，也许还有更好的排班。请加大 --time-limit。",
            en="It is not proved that any must: there may be a better roster. Raise --time-limit.",
        )
    if cover.at_least == number:
        return Text(
            zh="已证明没有缺员更少的排班；限时内未查明是哪些规定所致。请加大 --time-limit。",
            en="It is proved that no roster leaves fewer empty; which rules are the reason was not "
            "found out in the time given. Raise --time-limit.",
        )
    return Text(
        zh=f"已证明任何排班至少缺 {cover.at_least} 人次；限时内未查明是哪些规定所致。"
        "请加大 --time-limit。",
        en=f"It is proved that at least {cover.at_least} stay empty in any roster; which rules are "
        "the reason was not found out in the time given. Raise --time-limit.",
    )
