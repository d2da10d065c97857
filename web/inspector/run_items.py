"""The items of a running checklist as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from inspections.findings.preview import ExpectedDeadline
from inspections.rounds.record import Attempt, LastAnswer
from rules.checklist import Choice, ChoiceItem, Item, NumberItem, PassFailItem, PhotoItem
from rules.text import Text
from rules.units import unit_text
from web.drawings.gauge import NARROW, WIDE, Band, Gauge, GaugeWords, gauge
from web.formatting import clock, figure
from web.formatting import limits as limits_in_words
from web.inspector.answer_words import answer_words
from web.inspector.answers_form import field_of, note_of
from web.inspector.arithmetic import CountedBox, boxes
from web.preferences import words

_NOTHING = Text.model_construct(zh="", en="")


@dataclass(frozen=True)
class ShownDeadline:
    """The deadline that failing the item now would start."""

    due_at: datetime
    boxes: list[CountedBox]
    sentence: Text


@dataclass(frozen=True)
class RunItem:
    """
    One item of the page.

    Attributes:
        shown: What stands in the field: what was typed, else the last attempt.
        source: Limit and clause in one line.
        readings: Every attempt at a reading, where there are several.
        photos: Hashes of the photos stored so far.
    """

    id: str
    field: str
    note_field: str
    type: str
    title: Text
    required: bool
    guidance: Text | None
    source: Text
    last: Text | None
    last_at: datetime | None
    value: Any
    shown: str
    note: str | None
    verdict: str | None
    severity: str
    can_fail: bool
    deadline: ShownDeadline | None
    unit: str
    band: Band | None
    wide: Gauge | None
    narrow: Gauge | None
    readings: str
    choices: tuple[Choice, ...]
    photos: tuple[str, ...]


@dataclass(frozen=True)
class Around:
    """
    What an item is shown with.

    Attributes:
        facts: Of the target, for set points.
        typed: What the form held when it came back with faults.
    """

    attempts: Mapping[str, tuple[Attempt, ...]]
    last: Mapping[str, LastAnswer]
    expected: Mapping[str, ExpectedDeadline]
    facts: Mapping[str, Any]
    typed: Mapping[str, str]
    found_at: datetime


def run_item(item: Item, around: Around) -> RunItem:
    """Return *item* with what is known around it."""
    tries = around.attempts.get(item.id, ())
    latest = tries[-1] if tries else None
    last = around.last.get(item.id)
    field = field_of(item.id)
    band = band_of(item, around.facts)
    expected = around.expected.get(item.severity)
    wide, narrow = _drawings(band, tries)
    return RunItem(
        id=item.id,
        field=field,
        note_field=note_of(item.id),
        type=item.type,
        title=item.title,
        required=item.required,
        guidance=item.guidance,
        source=_source(item, band),
        last=answer_words(item, last.value, last.verdict) if last else None,
        last_at=last.at if last else None,
        value=around.typed.get(field) or (latest.value if latest else None),
        shown=around.typed.get(field) or _typed(latest),
        note=around.typed.get(note_of(item.id)) or (latest.note if latest else None),
        verdict=latest.verdict if latest else None,
        severity=expected.severity if expected else item.severity,
        can_fail=isinstance(item, (PassFailItem, ChoiceItem, NumberItem)),
        deadline=_deadline(expected, around.found_at),
        unit=words(unit_text(item.unit)) if isinstance(item, NumberItem) else "",
        band=band,
        wide=wide,
        narrow=narrow,
        readings=_readings(item, tries),
        choices=item.choices if isinstance(item, ChoiceItem) else (),
        photos=tuple(latest.value) if latest and isinstance(item, PhotoItem) else (),
    )


def band_of(item: Item, facts: Mapping[str, Any]) -> Band | None:
    """Return what passes for a reading, from its limits or the target's set point."""
    if not isinstance(item, NumberItem):
        return None
    if item.set_point is not None and item.tolerance is not None:
        wanted = facts.get(item.set_point)
        if not isinstance(wanted, (int, float)):
            return None
        return Band(wanted - item.tolerance, wanted + item.tolerance, item.unit)
    band = Band(item.minimum, item.maximum, item.unit)
    # A count that may not be negative has no band worth drawing.
    return band if band.near else None


def _source(item: Item, band: Band | None) -> Text:
    zh, en = [], []
    if band is not None:
        span = limits_in_words(band.minimum, band.maximum, band.unit)
        zh.append(f"应为 {span}")
        en.append(f"must be {span}")
    if item.clause is not None:
        zh.append(item.clause.zh)
        en.append(item.clause.en)
    return Text(zh="，".join(zh), en=", ".join(en)) if zh else _NOTHING


def _typed(latest: Attempt | None) -> str:
    if latest is None or isinstance(latest.value, list):
        return ""
    return figure(latest.value) if isinstance(latest.value, (int, float)) else str(latest.value)


def _deadline(expected: ExpectedDeadline | None, found_at: datetime) -> ShownDeadline | None:
    if expected is None:
        return None
    stored = expected.arithmetic
    shown = boxes(found_at, expected.due_at, stored["days"])
    return ShownDeadline(expected.due_at, shown, Text(**stored["text"]))


def _drawings(band: Band | None, tries: tuple[Attempt, ...]) -> tuple[Gauge | None, Gauge | None]:
    if band is None:
        return None, None
    readings = tuple(float(one.value) for one in tries if isinstance(one.value, (int, float)))
    span = limits_in_words(band.minimum, band.maximum, band.unit)
    label = _("Scale; %(span)s passes", span=span)
    if readings:
        listed = ", ".join(figure(one) for one in readings)
        label = _("Scale; %(span)s passes; read: %(readings)s", span=span, readings=listed)
    said = GaugeWords(_("pass"), _("fail"), label)
    return gauge(band, readings, said, width=WIDE), gauge(band, readings, said, width=NARROW)


def _readings(item: Item, tries: tuple[Attempt, ...]) -> str:
    if not isinstance(item, NumberItem) or len(tries) < 2:
        return ""
    unit = words(unit_text(item.unit))
    return " → ".join(f"{clock(one.at)} {figure(one.value)} {unit}" for one in tries)
