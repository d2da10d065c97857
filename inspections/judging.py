"""Judge one answer of a checklist: is it of the item's type, and does it pass?"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any, Literal

from rules.checklist import (
    ChoiceItem,
    Item,
    NumberItem,
    PassFailItem,
    PhotoItem,
)
from rules.text import Text
from rules.units import unit_text

Verdict = Literal["pass", "fail", "na", "noted"]
LONGEST_TEXT = 4000
_WORST_FIRST: tuple[Verdict, ...] = ("fail", "noted", "na", "pass")


@dataclass(frozen=True)
class Judgement:
    """A verdict and, where a figure decided it, the comparison in words."""

    verdict: Verdict
    why: Text | None = None


@dataclass(frozen=True)
class Problem:
    """Why a value is no answer to an item, and what to give instead."""

    message: Text
    remedy: Text


def answer_problem(item: Item, value: Any) -> Problem | None:
    """Return what is wrong with the type of *value* for *item*; nothing where it is right."""
    match item:
        case PassFailItem():
            return _pass_fail_problem(item, value)
        case NumberItem():
            return _readings_problem(item, value)
        case ChoiceItem():
            return _choice_problem(item, value)
        case PhotoItem():
            return _photo_problem(item, value)
        case _:
            return _text_problem(value)


def judge(item: Item, value: Any, facts: Mapping[str, Any]) -> Judgement:
    """
    Return the verdict on a value that `answer_problem` found right.

    Facts are those of the target and of what it stands in; a set point is looked up there, and a
    reading without a known set point is noted, not judged. Of several readings the worst decides.
    """
    match item:
        case PassFailItem():
            return Judgement(value)
        case ChoiceItem():
            fails = any(choice.fails for choice in item.choices if choice.id == value)
            return Judgement("fail" if fails else "pass")
        case NumberItem():
            judged = [_judge_number(item, one, facts) for one in _decimals(value)]
            return min(judged, key=lambda one: _WORST_FIRST.index(one.verdict))
        case _:
            return Judgement("noted")


def _judge_number(item: NumberItem, value: Decimal, facts: Mapping[str, Any]) -> Judgement:
    low, high = _decimal(item.minimum), _decimal(item.maximum)
    if item.set_point is not None and item.tolerance is not None:
        wanted = facts.get(item.set_point)
        if wanted is None:
            return Judgement("noted", _no_set_point(item.set_point))
        return _judge_tolerance(item, value, Decimal(str(wanted)))
    if low is not None and value < low:
        return Judgement("fail", _compared(item, value, Text(zh="低于", en="below"), low))
    if high is not None and value > high:
        return Judgement("fail", _compared(item, value, Text(zh="高于", en="above"), high))
    return Judgement("noted" if low is None and high is None else "pass")


def _judge_tolerance(item: NumberItem, value: Decimal, wanted: Decimal) -> Judgement:
    off, tolerance = abs(value - wanted), Decimal(str(item.tolerance))
    relation = Text(zh="超过", en="over") if off > tolerance else Text(zh="未超过", en="within")
    unit = unit_text(item.unit)
    why = Text(
        zh=f"读数 {value} {unit.zh}，设定 {wanted} {unit.zh}，相差 {off}，"
        f"{relation.zh}允许的 ±{tolerance}。",
        en=f"Reading {value} {unit.en}, set point {wanted} {unit.en}: {off} off, "
        f"{relation.en} the admitted ±{tolerance}.",
    )
    return Judgement("fail" if off > tolerance else "pass", why)


def _decimals(value: Any) -> list[Decimal]:
    readings = value if isinstance(value, list) else [value]
    return [Decimal(str(one)) for one in readings]


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _compared(item: NumberItem, value: Decimal, relation: Text, limit: Decimal) -> Text:
    unit = unit_text(item.unit)
    return Text(
        zh=f"读数 {value} {unit.zh}，{relation.zh}限值 {limit} {unit.zh}。",
        en=f"Reading {value} {unit.en} is {relation.en} the limit of {limit} {unit.en}.",
    )


def _no_set_point(fact: str) -> Text:
    return Text(
        zh=f"尚未填写设定值（{fact}），读数只作记录。请补充该事实。",
        en=f"The set point ({fact}) is not known, so the reading is noted only. "
        "Please fill in this fact.",
    )


def _pass_fail_problem(item: PassFailItem, value: Any) -> Problem | None:
    if value == "na" and not item.not_applicable:
        return _APPLIES
    return None if value in ("pass", "fail", "na") else _PASS_FAIL


def _photo_problem(item: PhotoItem, value: Any) -> Problem | None:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        return _PHOTO
    if item.minimum <= len(value) <= item.maximum:
        return None
    few, most = item.minimum, item.maximum
    return Problem(
        Text(
            zh=f"现有照片 {len(value)} 张，应为 {few} 至 {most} 张。",
            en=f"There are {len(value)} photos; {few} to {most} are asked for.",
        ),
        Text(zh="请补拍或减少照片。", en="Please take more, or fewer."),
    )


def _readings_problem(item: NumberItem, value: Any) -> Problem | None:
    if item.readings == 1:
        return _number_problem(item, value)
    if not isinstance(value, list) or len(value) != item.readings:
        return Problem(
            Text(
                zh=f"应有 {item.readings} 个读数。", en=f"{item.readings} readings are asked for."
            ),
            Text(zh="请逐个填写读数。", en="Please give every reading."),
        )
    return next((found for one in value if (found := _number_problem(item, one))), None)


def _number_problem(item: NumberItem, value: Any) -> Problem | None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not isfinite(value):
        return _NUMBER
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > item.decimals:
        return Problem(
            Text(zh="小数位数过多。", en="It has too many digits after the point."),
            Text(
                zh=f"请保留至多 {item.decimals} 位小数。",
                en=f"Please give at most {item.decimals}.",
            ),
        )
    return None


def _choice_problem(item: ChoiceItem, value: Any) -> Problem | None:
    if any(choice.id == value for choice in item.choices):
        return None
    names = ", ".join(choice.id for choice in item.choices)
    return Problem(
        Text(zh="不是该项的选项。", en="It is not one of the choices."),
        Text(zh=f"请选择：{names}。", en=f"Please choose one of {names}."),
    )


def _text_problem(value: Any) -> Problem | None:
    is_text = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT
    return None if is_text else _TEXT


_PASS_FAIL = Problem(
    Text(zh="不是合格、不合格或不适用。", en="It is not pass, fail or not applicable."),
    Text(zh="请填 pass、fail 或 na。", en="Please give pass, fail or na."),
)
_APPLIES = Problem(
    Text(zh="该项不能答“不适用”。", en='"Not applicable" is no answer to this item.'),
    Text(zh="请填 pass 或 fail。", en="Please give pass or fail."),
)
_NUMBER = Problem(
    Text(zh="不是数字。", en="It is not a number."),
    Text(zh="请填写读数，例如 21.5。", en="Please give the reading, for example 21.5."),
)
_PHOTO = Problem(
    Text(zh="没有照片。", en="There is no photo."),
    Text(zh="请拍摄或选择至少一张照片。", en="Please take or choose at least one photo."),
)
_TEXT = Problem(
    Text(zh="不是文字，或为空，或过长。", en="It is not a text, is empty, or is too long."),
    Text(
        zh=f"请填写 1 至 {LONGEST_TEXT} 个字符。",
        en=f"Please give 1 to {LONGEST_TEXT} characters.",
    ),
)
