"""What becomes of each entry of a calendar, as lines of a page: like ones of many sites are one."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from inspections.calendars.edit import ImportedCalendar
from inspections.calendars.entries import EntryKind
from inspections.calendars.merging import Outcome, Step
from inspections.calendars.pieces import Days
from rules.organisation.model import Organisation
from rules.text import Text

_ORDER = ("unclear", "new", "moved", "renamed", "cancelled", "gone", "linked", "absent", "same")


@dataclass
class Line:
    """
    One entry and what becomes of it.

    Attributes:
        outcome: As of a step; `unclear` where its kind is open and it is left out.
        number: Place of the entry among those of the file; nothing where the file lacks it.
        line: Of the file, or row of the sheet.
        may_choose: Whether people say of what kind it is.
        sites: Where that becomes of it.
    """

    outcome: str
    kind: EntryKind | None
    name: Text
    before: Days | None
    after: Days | None
    number: int | None
    line: int | None
    may_choose: bool
    sites: list[Text] = field(default_factory=list)

    @property
    def first_day(self) -> date:
        """Return the day to sort by."""
        days = self.after or self.before
        return days[0] if days else date.max


def calendar_lines(present: Organisation, edit: ImportedCalendar) -> list[Line]:
    """Return the lines: what is open first, then what changes, then what stays."""
    numbers = {entry.where: number for number, entry in enumerate(edit.entries)}
    found: dict[tuple[object, ...], Line] = {}
    names = {site.id: site.name for site in present.sites}
    for site, steps in edit.steps(present).items():
        for step in steps:
            number = numbers.get(step.where) if step.where else None
            line = _line(step, number, edit)
            key = (step.outcome, step.kind, step.name.zh, step.before, step.after, number)
            found.setdefault(key, line).sites.append(names[site])
    unclear = [
        Line(
            "unclear", None, entry.name, None, (entry.since, entry.until), number,
            entry.where.line, may_choose=True,
        )
        for number, entry in enumerate(edit.entries)
        if entry.kind is None
    ]  # fmt: skip
    lines = [*unclear, *found.values()]
    return sorted(lines, key=lambda line: (_ORDER.index(line.outcome), line.first_day))


def counts_of(lines: list[Line]) -> dict[str, int]:
    """Return how many lines have each outcome, in the order of the page."""
    counted = Counter(line.outcome for line in lines)
    return {outcome: counted[outcome] for outcome in _ORDER if counted[outcome]}


def _line(step: Step, number: int | None, edit: ImportedCalendar) -> Line:
    outcome: Outcome = step.outcome
    may_choose = number is not None and edit.entries[number].guessed
    line = step.where.line if step.where else None
    return Line(outcome, step.kind, step.name, step.before, step.after, number, line, may_choose)
