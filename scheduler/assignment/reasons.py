"""Why these people, why nobody, and who else could: in plain words, from the finished plan."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.text import Text
from scheduler.assignment.book import Book
from scheduler.assignment.helps import helps
from scheduler.assignment.problem import (
    Assigned,
    AssignmentPlan,
    AssignmentProblem,
    Code,
    Task,
    Uncovered,
    Worker,
)
from scheduler.assignment.wording import STOPS, joined, stop_text


@dataclass(frozen=True)
class Alternative:
    """
    Someone else of the site, and whether they could take the task as well.

    Attributes:
        code: The hard rule that stops them; nothing where they could.
        reason: The same in words; for those who could, what they already have that week.
    """

    person: str
    could: bool
    code: Code | None
    reason: Text


def explained(book: Book) -> tuple[tuple[Assigned, ...], tuple[Uncovered, ...]]:
    """Return the finished plan of *book* with its reasons, in the order of the tasks."""
    weeks = _Weeks(book)
    assigned, uncovered = [], []
    for task in book.problem.tasks:
        if task.id in book.placed:
            day, people = book.placed[task.id]
            assigned.append(Assigned(task.id, people, _why(weeks, task), day))
        else:
            uncovered.append(_why_nobody(book, task))
    return tuple(assigned), tuple(uncovered)


def alternatives(
    problem: AssignmentProblem, plan: AssignmentPlan, task: str
) -> tuple[Alternative, ...]:
    """Return everyone else of the task's site: first those who could, by their week's load."""
    book = booked(problem, plan)
    wanted = next(one for one in problem.tasks if one.id == task)
    day, people = book.placed.get(task, (wanted.day, ()))
    weeks = _Weeks(book)
    found = []
    for worker in book.people_of(wanted.site):
        if worker.id not in people:
            code = book.stopped_by(wanted, worker, day)
            minutes = weeks.minutes(worker.id, day)
            reason = _stopped(code, wanted, problem) if code else _could(minutes)
            found.append(
                (code is not None, minutes, Alternative(worker.id, not code, code, reason))
            )
    return tuple(one for _, _, one in sorted(found, key=lambda row: (*row[:2], row[2].person)))


def booked(problem: AssignmentProblem, plan: AssignmentPlan) -> Book:
    """Return the plan as bookings, to ask what else is possible."""
    book = Book(problem)
    tasks = {task.id: task for task in problem.tasks}
    for assigned in plan.assignments:
        book.remove(tasks[assigned.task])
        book.place(tasks[assigned.task], assigned.day, assigned.people)
    return book


class _Weeks:
    """Minutes of each person in each ISO week."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._minutes: dict[tuple[str, tuple[int, int]], int] = defaultdict(int)
        for task in book.problem.tasks:
            day, people = book.placed.get(task.id, (task.day, ()))
            for person in people:
                self._minutes[person, _week(day)] += task.minutes

    def minutes(self, person: str, day: date) -> int:
        return self._minutes.get((person, _week(day)), 0)


def _week(day: date) -> tuple[int, int]:
    iso = day.isocalendar()
    return (iso.year, iso.week)


def _why(weeks: _Weeks, task: Task) -> Text:
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


def _why_one(weeks: _Weeks, task: Task, person: str, day: date) -> Text:
    parts = []
    if task.qualifications:
        parts.append(Text(zh="持证", en="certified"))
    elif task.roles:
        parts.append(Text(zh="岗位相符", en="in the role"))
    parts.append(Text(zh="在岗", en="at work"))
    if person in weeks.book.problem.previous.get(task.id, ()):
        parts.append(Text(zh="沿用上次安排", en="as in the last plan"))
    parts.append(_load(weeks, task, person, day))
    return joined(parts, "、", ", ")


def _load(weeks: _Weeks, task: Task, person: str, day: date) -> Text:
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


def _stopped(code: Code, task: Task, problem: AssignmentProblem) -> Text:
    return stop_text(code, task, problem.titles)


def _could(minutes: int) -> Text:
    return Text(zh=f"可以（本周 {minutes} 分钟）", en=f"could ({minutes} minutes this week)")
