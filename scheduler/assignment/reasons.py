"""Why these people and why nobody: in plain words, from the finished plan."""

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date

from rules.text import Text
from scheduler.assignment.book import Book
from scheduler.assignment.helps import helps
from scheduler.assignment.problem import (
    Assigned,
    Code,
    Task,
    Uncovered,
    Worker,
)
from scheduler.assignment.weeks import Weeks
from scheduler.assignment.wording import STOPS, joined, stop_text

_AS_BEFORE = Text(zh="沿用上次安排", en="as in the last plan")


def explained(
    book: Book, among: Container[str] | None = None
) -> tuple[tuple[Assigned, ...], tuple[Uncovered, ...]]:
    """
    Return the finished plan of *book* with its reasons, in the order of the tasks.

    Tasks that are not *among* those planned anew are told as in the last plan.
    """
    weeks = Weeks(book)
    assigned, uncovered = [], []
    for task in book.problem.tasks:
        if task.id in book.placed:
            day, people = book.placed[task.id]
            is_new = among is None or task.id in among
            why = _why(weeks, task) if is_new else _AS_BEFORE
            assigned.append(Assigned(task.id, people, why, day))
        else:
            uncovered.append(_why_nobody(book, task))
    return tuple(assigned), tuple(uncovered)


def _why(weeks: Weeks, task: Task) -> Text:
    problem = weeks.book.problem
    day, people = weeks.book.placed[task.id]
    if task.id in problem.fixed:
        return Text(zh="已定人员，保持不变", en="Already settled, left as it is")
    if len(people) == 1:
        return _why_one(weeks, task, people[0], day)
    names = [weeks.book.workers[person].name for person in people]
    each = [_why_one(weeks, task, person, day) for person in people]
    named = [
        Text(zh=f"{name.zh}：{why.zh}", en=f"{name.en}: {why.en}")
        for name, why in zip(names, each, strict=True)
    ]
    return joined(named, "；", "; ")


def _why_one(weeks: Weeks, task: Task, person: str, day: date) -> Text:
    parts = []
    if task.qualifications:
        parts.append(Text(zh="持证", en="certified"))
    elif task.roles:
        parts.append(Text(zh="岗位相符", en="in the role"))
    parts.append(Text(zh="在岗", en="at work"))
    if person in weeks.book.problem.previous.get(task.id, ()):
        parts.append(_AS_BEFORE)
    parts.append(_load(weeks, task, person, day))
    return joined(parts, "、", ", ")


def _load(weeks: Weeks, task: Task, person: str, day: date) -> Text:
    mine = weeks.minutes(person, day)
    others = [one for one in weeks.book.candidates(task, day) if one.id != person]
    if not others:
        return Text(
            zh=f"唯一可派的人（本周 {mine} 分钟）",
            en=f"the only one who can ({mine} minutes this week)",
        )
    if mine <= min(weeks.minutes(one.id, day) for one in others):
        return Text(zh=f"本周负担最轻（{mine} 分钟）", en=f"least work this week ({mine} minutes)")
    mean = round((mine + sum(weeks.minutes(one.id, day) for one in others)) / (len(others) + 1))
    return Text(
        zh=f"本周 {mine} 分钟，可派者人均 {mean} 分钟",
        en=f"{mine} minutes this week, {mean} on average among those who can",
    )


def _why_nobody(book: Book, task: Task) -> Uncovered:
    people = book.people_of(task.site)
    stops = [book.stopped_by(task, worker, task.day) for worker in people]
    reason = _counts(book, task, people, stops)
    return Uncovered(task.id, _code(stops, task.people), reason, helps(book, task))


def _counts(book: Book, task: Task, people: Sequence[Worker], stops: Sequence[Code | None]) -> Text:
    if not people:
        return Text(zh="本场所没有登记人员", en="Nobody is registered at this site")
    counts = Counter(stops)
    parts = [
        Text(zh=f"{counts[code]} 人{text.zh}", en=f"{counts[code]} {text.en}")
        for code in STOPS
        if counts[code]
        for text in [stop_text(code, task, book.problem.titles)]
    ]
    if counts[None]:
        free = counts[None]
        parts.append(Text(zh=f"{free} 人可派", en=f"{free} could come"))
    told = joined(parts)
    needed = task.people
    end = Text(zh="。", en=".")
    if needed > 1:
        end = Text(zh=f"；需要 {needed} 人。", en=f"; {needed} are needed.")
    return Text(
        zh=f"{len(people)} 人中 {told.zh}{end.zh}",
        en=f"Of {len(people)} people: {told.en}{end.en}",
    )


def _code(stops: Sequence[Code | None], needed: int) -> Code:
    """
    Return the rule at which too few remain: role, then certificate, then all others together.

    Where nobody is stopped and there are simply too few people, it is `capacity`.
    """
    if stops and not any(stops):
        return "capacity"
    left = [stop for stop in stops if stop != "no-role"]
    if len(left) < needed:
        return "no-role"
    left = [stop for stop in left if stop != "no-qualification"]
    if len(left) < needed:
        return "no-qualification"
    causes = {stop for stop in left if stop is not None}
    return causes.pop() if len(causes) == 1 else "mixed"
