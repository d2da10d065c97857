"""An explanation in sentences, in both languages."""

from typing import TYPE_CHECKING

from rules.text import Text
from scheduler.roster.explain.clash import Clash
from scheduler.roster.explain.repair import Repair
from scheduler.roster.explain.sentences import (
    condition_text,
    conditions_text,
    names_of,
    places_text,
)
from scheduler.roster.explain.told import Told, scarce
from scheduler.roster.problem import RosterProblem

if TYPE_CHECKING:
    # Loads the solver, which a contradiction does without.
    from scheduler.roster.explain.answer import Explanation, Finding


def told_clash(problem: RosterProblem, clash: Clash) -> Told:
    """Return what a contradiction between settled cells and rules is, in words."""
    person = next(one for one in problem.people if one.id == clash.person)
    head = Text(
        zh=f"{person.name.zh}的已定班次与规定互相矛盾。",
        en=f"Settled shifts of {person.name.en} contradict the rules.",
    )
    proof = Text(
        zh="去掉其中任何一条即无矛盾（已逐条核对）。",
        en="Without any one of these nothing contradicts (each was checked).",
    )
    told = (condition_text(problem, each) for each in clash.conditions)
    repairs = tuple(map(_ended, clash.repairs))
    return Told(head, (), tuple(told), proof, repairs, scarce(len(repairs), clash.tried))


def _ended(repair: Repair) -> Text:
    if repair.empty is None:
        return Text(
            zh=f"{repair.text.zh}：减少 {repair.fills} 处矛盾，还有 {repair.left} 处。",
            en=f"{repair.text.en}: {repair.fills} contradiction(s) less, {repair.left} left.",
        )
    if not repair.empty:
        return Text(
            zh=f"{repair.text.zh}：矛盾消除，全部排满。",
            en=f"{repair.text.en}: nothing contradicts, and every place is filled.",
        )
    return Text(
        zh=f"{repair.text.zh}：矛盾消除，缺 {repair.empty} 人次。",
        en=f"{repair.text.en}: nothing contradicts; {repair.empty} place(s) stay empty.",
    )


def told_finding(problem: RosterProblem, finding: "Finding") -> Told:
    """Return why some places stay empty, in words."""
    conflict = finding.conflict
    asked = sum(conflict.places.values())
    head = Text(
        zh=f"以下 {asked} 人次不能同时排满；同岗位同一周共缺 {finding.missing} 人次。",
        en=f"These {asked} place(s) cannot all be filled; {finding.missing} stay empty on these "
        "posts in these weeks.",
    )
    if finding.alike:
        more = sum(finding.alike.values())
        head = Text(
            zh=f"{head.zh}另有 {more} 人次因同类规定空缺。",
            en=f"{head.en} {more} more stay empty for rules of the same kind.",
        )
    return Told(
        head,
        tuple(places_text(problem, conflict.places)),
        tuple(conditions_text(problem, conflict.conditions)),
        _proof(problem, finding, asked),
        tuple(map(_filled, finding.tried.repairs)),
        scarce(len(finding.tried.repairs), finding.tried.number),
    )


def _proof(problem: RosterProblem, finding: "Finding", asked: int) -> Text:
    hands = finding.hands
    people = [one for one in problem.people if one.id in hands]
    if not finding.conflict.proved:
        return Text(
            zh="限时内未能证明；现有排班中补位都被这些规定挡住。",
            en="Not proved in the time given; in the roster found these rules stop everybody.",
        )
    only = Text(
        zh="少任何一条规定或任何一个人次，其余就能全部排满。",
        en="Without any one of these rules or places, all the others can be had.",
    )
    if not people:
        return Text(zh=f"没有人可以排。{only.zh}", en=f"Nobody may stand them. {only.en}")
    who, most = names_of(people), sum(hands.values())
    if most >= asked:
        return Text(
            zh=f"能排的有 {len(people)} 人：{who.zh}。求解器已证明排不满。{only.zh}",
            en=f"{len(people)} may stand them: {who.en}. The solver proved that they are too few. "
            f"{only.en}",
        )
    return Text(
        zh=f"能排的有 {len(people)} 人：{who.zh}；各自最多可排的合计 {most} 人次，少于 {asked}。"
        f"{only.zh}",
        en=f"{len(people)} may stand them: {who.en}; the most that each can stand adds up to "
        f"{most}, less than {asked}. {only.en}",
    )


def _filled(repair: Repair) -> Text:
    if not repair.left:
        return Text(
            zh=f"{repair.text.zh}：多排 {repair.fills} 人次，全部排满。",
            en=f"{repair.text.en}: fills {repair.fills}, and every place is filled.",
        )
    return Text(
        zh=f"{repair.text.zh}：多排 {repair.fills} 人次，还缺 {repair.left}。",
        en=f"{repair.text.en}: fills {repair.fills}, {repair.left} stay empty.",
    )


def summary(problem: RosterProblem, explanation: "Explanation") -> Text:
    """Return how much of the roster can be filled, in a sentence."""
    missing = sum(explanation.missing.values())
    people, days = len(problem.people), (problem.until - problem.since).days + 1
    if not missing:
        return Text(
            zh=f"{people} 人 {days} 天：全部可以排满。",
            en=f"{people} people, {days} days: every place can be filled.",
        )
    return Text(
        zh=f"{people} 人 {days} 天：缺 {missing} 人次。",
        en=f"{people} people, {days} days: {missing} place(s) stay empty.",
    )
