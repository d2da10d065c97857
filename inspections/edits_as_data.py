"""Edits as plain data and back, so that a form can carry them from a preview to its end."""

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from inspections import edits as kinds
from inspections.calendars.edit import ImportedCalendar
from inspections.edits import Edit
from inspections.fact_edits import PieceFacts, SiteFacts
from inspections.post_edits import PostPeople
from inspections.round_edits import HouseRounds, SiteRounds, Wishes
from inspections.shift_patterns.entries import ShiftPatterns
from inspections.taking_back import TakenBack

_KINDS: dict[str, Any] = {
    kind.__name__: TypeAdapter(kind)
    for kind in (
        SiteFacts,
        PieceFacts,
        SiteRounds,
        HouseRounds,
        Wishes,
        PostPeople,
        TakenBack,
        kinds.CalendarEdit,
        kinds.Terms,
        kinds.ClosedDays,
        kinds.Exams,
        ImportedCalendar,
        ShiftPatterns,
        kinds.PersonEdit,
        kinds.PersonLeaves,
        kinds.Absences,
        kinds.Certificates,
        kinds.Answer,
        kinds.EventAdded,
        kinds.PacksNamed,
    )
}


def as_data(edits: Sequence[Edit]) -> list[list[Any]]:
    """Return *edits* as JSON data."""
    return [
        [
            type(edit).__name__,
            _KINDS[type(edit).__name__].dump_python(edit, mode="json", by_alias=True),
        ]
        for edit in edits
    ]


def from_data(data: Sequence[Sequence[Any]]) -> list[Edit]:
    """Return the edits that `as_data` gave as *data*."""
    return [_KINDS[name].validate_python(value) for name, value in data]
