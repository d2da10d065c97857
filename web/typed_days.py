"""Days that people type into a form that asks a question."""

from collections.abc import Mapping
from datetime import date

from flask_babel import gettext as _


def typed_day(values: Mapping[str, str], name: str, faults: dict[str, str]) -> date | None:
    """Return the day typed into a field, nothing where it is empty; a fault is noted by name."""
    text = values.get(name, "").strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        faults[name] = _("Write the day, like 2026-09-01.")
        return None
    return day
