"""What the block of a failed item shows and takes: how grave, what is wrong, until when."""

from dataclasses import dataclass
from datetime import datetime

from werkzeug.datastructures import MultiDict

from inspections.reactions.preview import ExpectedFinding
from inspections.rounds.record import Attempt
from inspections.told import Told
from rules.checklist import Item, Severity
from rules.strictness import SEVERITIES
from rules.text import Text
from web.inspector.answers_form import (
    danger_of,
    field_of,
    note_of,
    proof_of,
    read_told,
    same_of,
    severity_of,
)
from web.inspector.arithmetic import CountedBox, boxes

_NOTHING = Told()


@dataclass(frozen=True)
class ShownDeadline:
    """The deadline that a failure of this severity would start now."""

    severity: Severity
    due_at: datetime
    boxes: list[CountedBox]
    sentence: Text


@dataclass(frozen=True)
class Fields:
    """Names of the fields of the block."""

    note: str
    severity: str
    danger: str
    same: str
    proof: str


@dataclass(frozen=True)
class Failing:
    """
    The block of one item.

    Attributes:
        severity: What is chosen; what the rules say where nobody chose.
        severities: Every severity, and whether it is lighter than the rules allow.
        deadlines: One for each severity that may be chosen, the lightest first.
        photos: Hashes of the photos stored so far.
    """

    fields: Fields
    severity: str
    severities: tuple[tuple[str, bool], ...]
    deadlines: tuple[ShownDeadline, ...]
    note: str | None
    danger: bool
    same_as: int | None
    photos: tuple[str, ...]


def failing_block(
    item: Item,
    deadlines: tuple[ShownDeadline, ...],
    latest: Attempt | None,
    *,
    typed: MultiDict[str, str],
    photos: tuple[str, ...],
) -> Failing:
    """Return the block of *item*: as typed, else as told before, else as the rules have it."""
    told = _told(item, latest, typed)
    lightest = deadlines[0].severity
    grave = SEVERITIES.index(lightest)
    chosen = told.severity if told.severity in SEVERITIES[grave:] else None
    return Failing(
        fields=fields_of(item.id),
        severity=chosen or lightest,
        severities=tuple((each, index < grave) for index, each in enumerate(SEVERITIES)),
        deadlines=deadlines,
        note=typed.get(note_of(item.id)) or (latest.note if latest else None),
        danger=told.danger,
        same_as=told.same_as,
        photos=photos,
    )


def fields_of(item_id: str) -> Fields:
    """Return the names of the fields of an item's block."""
    makers = (note_of, severity_of, danger_of, same_of, proof_of)
    return Fields(*(make(item_id) for make in makers))


def shown_deadline(expected: ExpectedFinding, found_at: datetime) -> ShownDeadline:
    """Return a deadline with its arithmetic, day by day."""
    stored = expected.arithmetic
    counted = boxes(found_at, expected.due_at, stored["days"])
    return ShownDeadline(expected.severity, expected.due_at, counted, Text(**stored["text"]))


def _told(item: Item, latest: Attempt | None, typed: MultiDict[str, str]) -> Told:
    if field_of(item.id) in typed:
        return read_told(item.id, typed)
    return latest.told if latest else _NOTHING
