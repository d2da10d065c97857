"""Conditions and places in words, in both languages."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from rules.text import Text
from scheduler.assignment.wording import joined, titled
from scheduler.day_names import run_of_days, short_day
from scheduler.roster.explain.conditions import Condition
from scheduler.roster.explain.places import Places
from scheduler.roster.problem import Bond, Limit, RosterPerson, RosterPost, RosterProblem

_MOST_NAMES = 8


def limit_rule(limit: Limit) -> Text:
    """Return a limit as the rule that it is, with the clause of a legal one."""
    figure = f"{limit.value:g}"
    words = {
        "rest-hours": ("两班之间至少休息 {} 小时", "at least {} h of rest between shifts"),
        "day-hours": ("每班不超过 {} 小时", "at most {} h a day"),
        "week-hours": ("每周不超过 {} 小时", "at most {} h a week"),
        "week-hours-average": ("平均每周不超过 {} 小时", "at most {} h a week on average"),
        "weekly-rest": ("每周至少休息 {} 日", "at least {} day(s) of rest a week"),
        "weekly-rest-hours": (
            "每周至少连续休息 {} 小时",
            "at least {} h of rest in one piece a week",
        ),
        "days-in-a-row": ("连续上班不超过 {} 天", "at most {} days in a row"),
        "nights-in-a-row": ("连续夜班不超过 {} 个", "at most {} nights in a row"),
        "night-shifts": ("夜班不超过 {} 个", "at most {} nights"),
    }
    zh, en = (each.format(figure) for each in words[limit.name])
    if limit.overtime:
        zh, en = (
            f"{zh}、协议加班 {limit.overtime:g} 小时",
            f"{en} and {limit.overtime:g} h overtime",
        )
    if limit.clause is None:
        return Text(zh=zh, en=en)
    return Text(zh=f"{zh}（{limit.clause.zh}）", en=f"{en} ({limit.clause.en})")


def condition_text(problem: RosterProblem, condition: Condition) -> Text:
    """Return one condition in words."""
    if condition.kind in {"role", "qualification"}:
        return _post_text(problem, condition)
    if condition.kind == "bond":
        return bond_text(problem, problem.bonds[int(condition.name)])
    person = next(one for one in problem.people if one.id == condition.owner)
    if condition.kind == "limit":
        limit = next(one for one in person.limits if one.name == condition.name)
        told = limit_rule(limit)
        return Text(zh=f"{person.name.zh}{told.zh}", en=f"{person.name.en}: {told.en}")
    if condition.kind == "absence":
        span = person.absences[int(condition.name)]
        days = run_of_days(span.since.date(), (span.until - timedelta(minutes=1)).date())
        return Text(
            zh=f"{person.name.zh} {days.zh}不在（{span.reason.zh}）",
            en=f"{person.name.en} is away {days.en} ({span.reason.en})",
        )
    return _day_text(problem, person, condition)


_NOBODY_LEFT = Text(zh="已不在的搭班人", en="companions who are all gone")


def bond_text(problem: RosterProblem, bond: Bond) -> Text:
    """Return a pairing or separation in words."""
    people = {person.id: person for person in problem.people}
    first, *others = [people[one] for one in bond.people if one in people]
    who = names_of(others) if others else _NOBODY_LEFT
    every = names_of([first, *others])
    if bond.kind == "apart":
        told = Text(zh=f"{every.zh}不得同时在同一岗位", en=f"{every.en} are kept apart")
    else:
        one = Text(zh="之一", en="one of ") if len(others) > 1 else None
        told = Text(
            zh=f"{first.name.zh}须与{who.zh}{one.zh if one else ''}同班",
            en=f"{first.name.en} stands only with {one.en if one else ''}{who.en}",
        )
    if bond.reason is None:
        return told
    return Text(zh=f"{told.zh}（{bond.reason.zh}）", en=f"{told.en} ({bond.reason.en})")


def _post_text(problem: RosterProblem, condition: Condition) -> Text:
    post = next(one for one in problem.posts if one.id == condition.owner)
    if condition.kind == "role":
        role = titled(post.roles, problem.titles.roles, any_of=True)
        return Text(zh=f"“{post.name.zh}”须由“{role.zh}”值守", en=f"{post.name.en}: {role.en} only")
    held = titled([condition.name], problem.titles.certificates)
    return Text(
        zh=f"“{post.name.zh}”须持有效的“{held.zh}”", en=f"{post.name.en} asks for a {held.en}"
    )


def _day_text(problem: RosterProblem, person: RosterPerson, condition: Condition) -> Text:
    day = condition.day or problem.since
    when = short_day(day)
    if condition.kind == "blocked":
        why = person.blocked[day]
        return Text(
            zh=f"{person.name.zh} {when.zh}停排（{why.zh}）",
            en=f"{person.name.en} is blocked on {when.en} ({why.en})",
        )
    cell = problem.pins[person.id, day]
    if cell is None:
        return Text(
            zh=f"{person.name.zh} {when.zh}已定休息",
            en=f"{person.name.en} is settled off on {when.en}",
        )
    post = next(one for one in problem.posts if one.id == cell[0])
    shift = next(one.name for one in post.shifts if one.code == cell[1])
    return Text(
        zh=f"{person.name.zh} {when.zh}已定“{post.name.zh}”{shift.zh}",
        en=f"{person.name.en} is settled on {post.name.en}, {shift.en} on {when.en}",
    )


def conditions_text(problem: RosterProblem, conditions: Sequence[Condition]) -> list[Text]:
    """Return the conditions in words; one that holds for several people is told once."""
    groups: dict[str, list[Condition]] = {}
    for each in conditions:
        groups.setdefault(_group(problem, each), []).append(each)
    return [
        condition_text(problem, some[0]) if len(some) == 1 else _limit_of_many(problem, some)
        for some in groups.values()
    ]


def _group(problem: RosterProblem, condition: Condition) -> str:
    if condition.kind != "limit":
        return repr(condition)
    person = next(one for one in problem.people if one.id == condition.owner)
    return repr(next(one for one in person.limits if one.name == condition.name))


def _limit_of_many(problem: RosterProblem, conditions: Sequence[Condition]) -> Text:
    ids = {each.owner for each in conditions}
    people = [one for one in problem.people if one.id in ids]
    told = limit_rule(next(one for one in people[0].limits if one.name == conditions[0].name))
    who = names_of(people)
    return Text(zh=f"{told.zh}：{who.zh}", en=f"{told.en}: {who.en}")


def names_of(people: Sequence[RosterPerson]) -> Text:
    """Return the names of some people, and how many they are where not all are named."""
    named = [person.name for person in people[:_MOST_NAMES]]
    told = joined(named, "、", ", ")
    if len(people) <= _MOST_NAMES:
        return told
    rest = len(people) - _MOST_NAMES
    return Text(zh=f"{told.zh}等 {len(people)} 人", en=f"{told.en} and {rest} more")


def places_text(problem: RosterProblem, places: Places) -> list[Text]:
    """Return the places shift by shift, neighbouring days with as many people joined."""
    lines: list[Text] = []
    for post in problem.posts:
        for shift in post.shifts:
            mine = {
                day: number
                for (name, day, code), number in places.items()
                if (name, code) == (post.id, shift.code)
            }
            lines += _shift_lines(post, shift.name, mine)
    return lines


def _shift_lines(post: RosterPost, shift: Text, people: dict[date, int]) -> Iterable[Text]:
    run: list[date] = []
    for day in [*sorted(people), None]:
        goes_on = (
            bool(run)
            and day is not None
            and day - run[-1] == timedelta(days=1)
            and people[day] == people[run[-1]]
        )
        if run and not goes_on:
            days, number = run_of_days(run[0], run[-1]), people[run[0]]
            yield Text(
                zh=f"“{post.name.zh}”{shift.zh} {days.zh}：每班 {number} 人",
                en=f"{post.name.en}, {shift.en}, {days.en}: {number} each",
            )
            run = []
        if day is not None:
            run.append(day)
