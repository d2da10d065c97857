"""Answers as a careful inspector might give them, drawn by a seed."""

from collections.abc import Mapping
from random import Random
from typing import Any

from inspections.answers import AnswerGiven
from rules.checklist import Checklist, ChoiceItem, Item, NumberItem, PassFailItem, PhotoItem

NOTE = "现场发现，已告知责任人"


def careful_answers(
    checklist: Checklist, facts: Mapping[str, Any], draw: Random, *, fail_one: bool, photo: str
) -> dict[str, AnswerGiven]:
    """Answer every item, photos with *photo*; with *fail_one*, one that can fail does."""
    failing = draw.choice(_can_fail(checklist)) if fail_one and _can_fail(checklist) else None
    answers = {}
    for item in checklist.items:
        fails = item.id == failing
        value = _value(item, facts, draw, fails=fails)
        if isinstance(item, PhotoItem):
            value = [photo] * item.minimum
        answers[item.id] = AnswerGiven(value, NOTE if fails else None)
    return answers


def _can_fail(checklist: Checklist) -> list[str]:
    return [item.id for item in checklist.items if isinstance(item, PassFailItem)]


def _value(item: Item, facts: Mapping[str, Any], draw: Random, *, fails: bool) -> Any:
    match item:
        case PassFailItem():
            return "fail" if fails else "pass"
        case NumberItem() if item.readings > 1:
            return [_reading(item, facts, draw) for _ in range(item.readings)]
        case NumberItem():
            return _reading(item, facts, draw)
        case ChoiceItem():
            return next(choice.id for choice in item.choices if not choice.fails)
        case _:
            return "已完成" if item.type == "text" else "签名"


def _reading(item: NumberItem, facts: Mapping[str, Any], draw: Random) -> float:
    """Draw a reading inside the band, or a plausible one where there is none."""
    low, high = item.minimum, item.maximum
    wanted = facts.get(item.set_point) if item.set_point else None
    if isinstance(wanted, (int, float)) and item.tolerance is not None:
        low, high = wanted - item.tolerance, wanted + item.tolerance
    if low is None and high is None:
        low, high = 20.0, 60.0
    # A band with one end: body temperatures and fridges stand near their limit, not at half of it.
    low = high - max(abs(high) / 20, 0.5) if low is None and high is not None else low
    high = low + max(abs(low) / 20, 0.5) if high is None and low is not None else high
    middle, spread = ((low or 0.0) + (high or 0.0)) / 2, ((high or 0.0) - (low or 0.0)) * 0.35
    return round(draw.uniform(middle - spread, middle + spread), item.decimals)
