"""The items of a running checklist as the page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from inspections.reactions.known_defects import KnownDefect
from inspections.reactions.preview import ExpectedFinding
from inspections.rounds.record import Attempt, LastAnswer
from rules.checklist import (
    Checklist,
    Choice,
    ChoiceItem,
    Item,
    NumberItem,
    PassFailItem,
    PhotoItem,
)
from rules.text import Text
from rules.units import unit_text
from web.drawings.gauge import NARROW, WIDE, Band, Gauge, GaugeWords, gauge
from web.formatting import clock, figure
from web.formatting import limits as limits_in_words
from web.inspector.answer_words import answer_words, figures
from web.inspector.answers_form import field_of
from web.inspector.failing import Failing, failing_block, shown_deadline
from web.preferences import words

_NOTHING = Text.model_construct(zh="", en="")


@dataclass(frozen=True)
class AskedWhen:
    """What makes an item be asked: an earlier field, its answers (space between), and in words."""

    field: str
    answers: str
    told: Text


@dataclass(frozen=True)
class RunItem:
    """
    One item of the page.

    Attributes:
        shown: What stands in its fields, one for each reading: what was typed, else the last
            attempt.
        answers: What a pass-fail item may be answered.
        asked_when: Field of the earlier item that makes this one be asked, the answers that do,
            and the same in words; nothing where it is always asked.
        danger: Whether failing it is an immediate danger.
        failing: The block that a failure opens; nothing where the item cannot fail.
        decimals: Digits after the point that a reading takes.
        source: Limit and clause in one line.
        readings: Every attempt at a reading, where there are several.
        known: The known defect of the item that is under rectification, if there is one.
        photos: Hashes of the photos stored so far.
        photo_limits: Fewest and most photos.
    """

    id: str
    field: str
    type: str
    title: Text
    required: bool
    guidance: Text | None
    source: Text
    last: Text | None
    last_at: datetime | None
    value: Any
    shown: tuple[str, ...]
    answers: tuple[str, ...]
    asked_when: AskedWhen | None
    danger: bool
    verdict: str | None
    failing: Failing | None
    unit: str
    decimals: int
    band: Band | None
    wide: Gauge | None
    narrow: Gauge | None
    readings: str
    choices: tuple[Choice, ...]
    photos: tuple[str, ...]
    photo_limits: tuple[int, int] | None
    known: KnownDefect | None


@dataclass(frozen=True)
class Around:
    """
    What an item is shown with.

    Attributes:
        checklist: Of the items, for the earlier ones that others hang on.
        known: What is under rectification at the target, by item.
        facts: Of the target, for set points.
        proof: Hashes of the photos linked to each item.
        typed: What the form held when it came back with faults.
    """

    checklist: Checklist
    known: Mapping[str, KnownDefect]
    attempts: Mapping[str, tuple[Attempt, ...]]
    last: Mapping[str, LastAnswer]
    expected: Mapping[str, tuple[ExpectedFinding, ...]]
    proof: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Any]
    typed: MultiDict[str, str]
    found_at: datetime


def run_item(item: Item, around: Around) -> RunItem:
    """Return *item* with what is known around it."""
    tries = around.attempts.get(item.id, ())
    latest = tries[-1] if tries else None
    last = around.last.get(item.id)
    field = field_of(item.id)
    band = band_of(item, around.facts)
    wide, narrow = _drawings(band, tries)
    return RunItem(
        id=item.id,
        field=field,
        type=item.type,
        title=item.title,
        required=item.required,
        guidance=item.guidance,
        source=_source(item, band),
        last=answer_words(item, last.value, last.verdict) if last else None,
        last_at=last.at if last else None,
        value=around.typed.get(field) or (latest.value if latest else None),
        shown=_shown(item, around.typed.getlist(field), latest),
        answers=_pass_fail_answers(item),
        asked_when=_asked_when(item, around.checklist),
        danger=item.immediate_danger,
        verdict=latest.verdict if latest else None,
        failing=_failing(item, around, latest),
        unit=words(unit_text(item.unit)) if isinstance(item, NumberItem) else "",
        decimals=item.decimals if isinstance(item, NumberItem) else 0,
        band=band,
        wide=wide,
        narrow=narrow,
        readings=_readings(item, tries),
        choices=item.choices if isinstance(item, ChoiceItem) else (),
        photos=tuple(latest.value) if latest and isinstance(item, PhotoItem) else (),
        photo_limits=(item.minimum, item.maximum) if isinstance(item, PhotoItem) else None,
        known=around.known.get(item.id),
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


def _shown(item: Item, typed: list[str], latest: Attempt | None) -> tuple[str, ...]:
    fields = item.readings if isinstance(item, NumberItem) else 1
    texts = typed if any(typed) else _typed(latest)
    return tuple((*texts, *[""] * fields)[:fields])


def _typed(latest: Attempt | None) -> list[str]:
    if latest is None:
        return []
    values = latest.value if isinstance(latest.value, list) else [latest.value]
    return [figure(one) if isinstance(one, (int, float)) else str(one) for one in values]


def _pass_fail_answers(item: Item) -> tuple[str, ...]:
    if not isinstance(item, PassFailItem):
        return ()
    return ("pass", "fail", "na") if item.not_applicable else ("pass", "fail")


def _asked_when(item: Item, checklist: Checklist) -> AskedWhen | None:
    condition = item.shown_when
    if condition is None:
        return None
    asked = next(one for one in checklist.items if one.id == condition.item)
    said = [answer_words(asked, answer, answer) for answer in condition.answers]
    told = Text(
        zh=f"仅当“{asked.title.zh}”为“{'”或“'.join(one.zh for one in said)}”时填写",
        en=f'Only where "{asked.title.en}" is {" or ".join(one.en for one in said)}',
    )
    return AskedWhen(field_of(asked.id), " ".join(condition.answers), told)


def _failing(item: Item, around: Around, latest: Attempt | None) -> Failing | None:
    expected = around.expected.get(item.id)
    if not expected:
        return None
    return failing_block(
        item,
        tuple(shown_deadline(each, around.found_at) for each in expected),
        latest,
        typed=around.typed,
        photos=around.proof.get(item.id, ()),
    )


def _drawings(band: Band | None, tries: tuple[Attempt, ...]) -> tuple[Gauge | None, Gauge | None]:
    if band is None:
        return None, None
    readings = tuple(one for attempt in tries for one in _numbers(attempt))
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
    return " → ".join(f"{clock(one.at)} {figures(one.value)} {unit}" for one in tries)


def _numbers(attempt: Attempt) -> list[float]:
    values = attempt.value if isinstance(attempt.value, list) else [attempt.value]
    return [float(one) for one in values if isinstance(one, (int, float))]
