"""What would cover an uncovered task; each proposal is tried on the finished plan first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rules.organisation.model import Certificate
from rules.text import Text
from scheduler.assignment.book import Book
from scheduler.assignment.problem import MINUTES_OF_A_DAY, Task, Worker
from scheduler.assignment.wording import joined, titled

_DAYS_TRIED = 31


def helps(book: Book, task: Task) -> tuple[Text, ...]:
    """Return at most one proposal of each kind, each of which alone would cover the task."""
    short = task.people - sum(1 for _ in book.free(task, task.day))
    proposals = (_certify, _give_role, _raise_minutes, _borrow)
    found = [text for propose in proposals for text in propose(book, task, short)]
    return (*found, *_move(book, task))


def _certify(book: Book, task: Task, short: int) -> Iterator[Text]:
    def certified(worker: Worker) -> Worker:
        granted = (
            Certificate.model_validate({"kind": k, "from": task.day}) for k in task.qualifications
        )
        return replace(worker, qualifications=(*worker.qualifications, *granted))

    people = _freed(book, task, "no-qualification", certified)
    if len(people) >= short:
        names = _names(people[:short])
        held = titled(task.qualifications, book.problem.titles.certificates)
        yield Text(
            zh=f"为{names.zh}取得“{held.zh}”，当天即可排上",
            en=f"A {held.en} for {names.en} would cover it",
        )


def _give_role(book: Book, task: Task, short: int) -> Iterator[Text]:
    people = _freed(book, task, "no-role", lambda worker: replace(worker, roles=task.roles))
    if len(people) >= short:
        names = _names(people[:short])
        role = titled(task.roles, book.problem.titles.roles, any_of=True)
        yield Text(
            zh=f"让{names.zh}兼任“{role.zh}”，当天即可排上",
            en=f"Giving {names.en} the role {role.en} would cover it",
        )


def _raise_minutes(book: Book, task: Task, short: int) -> Iterator[Text]:
    def raised(worker: Worker) -> Worker:
        return replace(worker, minutes_per_day=_needed(book, task, worker))

    people = _freed(book, task, "capacity", raised)
    people.sort(key=lambda worker: (_needed(book, task, worker), worker.id))
    if len(people) >= short:
        chosen = people[:short]
        names = _names(chosen)
        most = max(_needed(book, task, worker) for worker in chosen)
        yield Text(
            zh=f"把{names.zh}当天的时间加到 {most} 分钟",
            en=f"Raising the time of {names.en} that day to {most} minutes would cover it",
        )


def _needed(book: Book, task: Task, worker: Worker) -> int:
    return book.used(worker.id, task.day) + task.minutes


def _borrow(book: Book, task: Task, short: int) -> Iterator[Text]:
    people = [
        worker
        for worker in book.problem.workers
        if task.site not in worker.sites and book.stopped_by(task, worker, task.day) is None
    ]
    if len(people) >= short:
        names = _names(people[:short])
        yield Text(
            zh=f"从其他场所借调{names.zh}",
            en=f"Borrowing {names.en} from another site would cover it",
        )


def _move(book: Book, task: Task) -> Iterator[Text]:
    if task.is_timed:
        return
    for day in _days_of_window(task, book.problem.first_day or date.min):
        if sum(1 for _ in book.free(task, day)) >= task.people:
            shown = day.isoformat()
            yield Text(zh=f"改到 {shown} 做", en=f"Moving it to {shown} would cover it")
            return


def _days_of_window(task: Task, first: date) -> Iterator[date]:
    """Yield the days of the window before the planned day that were not tried, latest first."""
    whole_days = (task.window[1] - task.window[0]) // MINUTES_OF_A_DAY
    for back in range(1, min(whole_days, _DAYS_TRIED) + 1):
        day = task.day - timedelta(days=back)
        if day >= first and day not in task.choices:
            yield day


def _freed(book: Book, task: Task, code: str, changed: Callable[[Worker], Worker]) -> list[Worker]:
    """Return those whom only *code* stops: with that changed they could take the task."""
    return [
        worker
        for worker in book.people_of(task.site)
        if book.stopped_by(task, worker, task.day) == code
        and book.stopped_by(task, changed(worker), task.day) is None
    ]


def _names(people: Sequence[Worker]) -> Text:
    return joined((worker.name for worker in people), "、", " and ")
