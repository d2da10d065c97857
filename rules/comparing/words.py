"""The parts of rules, parameters and checklists in words, by the name of their field."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from rules.cadence_words import version_text
from rules.checklist import Item, NumberItem
from rules.comparing.named import naming
from rules.durations import Duration
from rules.pack import Limit, RuleVersion
from rules.reactions import Do
from rules.rule_names import ITEM_TYPE_NAMES, SEVERITY_NAMES
from rules.text import Text
from rules.units import unit_text

NONE = Text(zh="无", en="none")
LABELS: dict[str, Text] = {
    "title": Text(zh="名称", en="title"),
    "kind": Text(zh="种类", en="kind"),
    "domain": Text(zh="领域", en="domain"),
    "source": Text(zh="依据", en="source"),
    "effective": Text(zh="施行日期", en="date of effect"),
    "strength": Text(zh="强制或建议", en="strength"),
    "target": Text(zh="对象", en="target"),
    "applies": Text(zh="适用条件", en="condition"),
    "concludes": Text(zh="得出的事实", en="fact concluded"),
    "tightens": Text(zh="收紧", en="tightens"),
    "reading": Text(zh="条文理解", en="open reading"),
    "note": Text(zh="说明", en="note"),
    "until": Text(zh="最后一天", en="last day"),
    "cadence": Text(zh="周期", en="cadence"),
    "window": Text(zh="当日时段", en="window of the day"),
    "grace": Text(zh="宽限", en="grace"),
    "people": Text(zh="人员", en="people"),
    "count": Text(zh="人数", en="people at once"),
    "roles": Text(zh="岗位", en="roles"),
    "qualifications": Text(zh="资质", en="qualifications"),
    "excludes": Text(zh="回避", en="excluded"),
    "minutes": Text(zh="用时（分钟）", en="minutes"),
    "checklist": Text(zh="检查表", en="checklist"),
    "evidence": Text(zh="佐证", en="evidence"),
    "retention": Text(zh="保存期", en="retention"),
    "retention_note": Text(zh="保存说明", en="note on retention"),
    "limits": Text(zh="限值", en="limit"),
    "on_fail": Text(zh="不合格时", en="on failure"),
    "deadline": Text(zh="整改期限", en="deadline"),
    "severity": Text(zh="严重程度", en="severity"),
    "separate_verifier": Text(zh="另一人复查", en="another person verifies"),
    "follow_ups": Text(zh="后续任务", en="follow-up"),
    "clocks": Text(zh="工单时限", en="ticket limit"),
    "gate": Text(zh="上岗条件", en="gate"),
    "coverage": Text(zh="值守", en="staffing"),
    "scenarios": Text(zh="演练脚本", en="scenarios"),
    "rehearses": Text(zh="同时算作的演练", en="counts as a drill of"),
    "announced": Text(zh="事先通知", en="announced"),
    "examples": Text(zh="例子", en="examples"),
    "on": Text(zh="触发的事件", en="event"),
    "covers": Text(zh="对应条目", en="carries"),
    "then": Text(zh="联动", en="consequences"),
    "value": Text(zh="数值", en="value"),
    "unit": Text(zh="单位", en="unit"),
    "items": Text(zh="检查项", en="item"),
    "status": Text(zh="效力", en="status"),
    "number": Text(zh="文号", en="number"),
    "issuer": Text(zh="发布机关", en="issuer"),
    "force": Text(zh="文件种类", en="force"),
    "jurisdiction": Text(zh="适用地区", en="jurisdiction"),
    "layer": Text(zh="层级", en="layer"),
    "countries": Text(zh="国家", en="countries"),
    "opt_in": Text(zh="默认不启用", en="off by default"),
}
_SIGNS = {"eq": "=", "lt": "<", "lte": "≤", "gt": ">", "gte": "≥"}
_YES_NO = {True: Text(zh="是", en="yes"), False: Text(zh="否", en="no")}
# Told together with the cadence.
_WITH_CADENCE = frozenset({"days", "day_off", "anchor"})


def label(field: str) -> Text:
    """Return the name of a field such as `people.count` or `limits.weight` in words."""
    known = [LABELS[part] for part in field.split(".") if part in LABELS]
    if not known:
        return Text(zh=field, en=field)
    last = field.rsplit(".", 1)[-1]
    named = "" if last in LABELS else f" {last}"
    chosen = known[-1]
    return Text(zh=f"{chosen.zh}{named}", en=f"{chosen.en}{named}")


def version_words(
    version: RuleVersion, values: dict[str, Any], told: Callable[[Do], Text]
) -> Iterator[tuple[str, Text]]:
    """
    Yield every field of *version* that is set, with its value.

    *values* are those of limits; *told* says what a consequence does.
    """
    cadence = version_text(version)
    if cadence is not None:
        yield "cadence", cadence
    for name in type(version).model_fields:
        value = getattr(version, name)
        if name in {"since", "cadence"} | _WITH_CADENCE or value is None or value == ():
            continue
        if name == "limits":
            for limit in version.limits:
                yield f"limits.{limit.name}", _limit(limit, values.get(limit.name, limit.value))
        elif name in {"people", "on_fail"}:
            yield from _parts(name, value)
        elif name == "then":
            yield from ((f"then.{each.id}", told(each)) for each in version.then)
        elif name == "clocks":
            yield from ((f"clocks.{each.id}", each.limit.text) for each in version.clocks)
        else:
            yield name, worded(value, name)


def _parts(name: str, value: BaseModel) -> Iterator[tuple[str, Text]]:
    for inner in type(value).model_fields:
        part = getattr(value, inner)
        if inner == "follow_ups":
            yield from ((f"{name}.{inner}.{each.id}", each.within.text) for each in part)
        elif part is not None and part != ():
            yield f"{name}.{inner}", worded(part, inner)


def _limit(limit: Limit, value: Any) -> Text:
    unit, sign = unit_text(limit.unit), _SIGNS[limit.operator]
    return Text(
        zh=f"{limit.title.zh} {sign} {value} {unit.zh}",
        en=f"{limit.title.en} {sign} {value} {unit.en}",
    )


def item_words(item: Item) -> Text:
    """Return an item with how it is answered and judged."""
    parts = [ITEM_TYPE_NAMES[item.type], SEVERITY_NAMES[item.severity]]
    if isinstance(item, NumberItem):
        band = f"{_bound(item.minimum)} … {_bound(item.maximum)} "
        unit = unit_text(item.unit)
        parts.append(Text(zh=band + unit.zh, en=band + unit.en))
    if not item.required:
        parts.append(Text(zh="可不答", en="optional"))
    rest = item.model_dump(
        mode="json",
        exclude_defaults=True,
        exclude={"id", "title", "type", "severity", "minimum", "maximum", "unit", "required"},
    )
    told = json.dumps(rest, ensure_ascii=False) if rest else ""
    zh = "，".join([item.title.zh, *(part.zh for part in parts), *([told] if told else [])])
    en = ", ".join([item.title.en, *(part.en for part in parts), *([told] if told else [])])
    return Text(zh=zh, en=en)


def _bound(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def worded(value: Any, field: str = "") -> Text:  # noqa: PLR0911 (one for each kind of value)
    """Return any value of *field* in words of both languages."""
    named = naming(field)
    match value:
        case None | "" | ():
            return NONE
        case Text():
            return value
        case bool():
            return _YES_NO[value]
        case Duration():
            return value.text
        case tuple() | list():
            return _row([worded(each, field) for each in value])
        case str() if named is not None:
            return named(value)
        case BaseModel():
            data = value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            return _same(json.dumps(data, ensure_ascii=False, sort_keys=True))
    return _same(str(value))


def _same(text: str) -> Text:
    return Text(zh=text, en=text)


def _row(found: Iterable[Text]) -> Text:
    listed = list(found)
    return Text(zh="、".join(each.zh for each in listed), en=", ".join(each.en for each in listed))
