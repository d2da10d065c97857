"""An answer in words, in both languages."""

from typing import Any

from rules.checklist import ChoiceItem, Item, NumberItem, PhotoItem
from rules.text import Text
from rules.units import unit_text
from web.formatting import figure

_VERDICTS = {
    "pass": Text(zh="合格", en="passed"),
    "fail": Text(zh="不合格", en="failed"),
    "na": Text(zh="不适用", en="not applicable"),
}


def figures(value: float | list[float]) -> str:
    """Return one reading, or several one after the other."""
    readings = value if isinstance(value, list) else [value]
    return " / ".join(figure(one) for one in readings)


def answer_words(item: Item, value: Any, verdict: str) -> Text:
    """Return what was answered: a reading with its unit, the name of a choice, or the verdict."""
    if isinstance(item, NumberItem) and isinstance(value, (int, float, list)):
        unit, said = unit_text(item.unit), figures(value)
        return Text(zh=f"{said} {unit.zh}", en=f"{said} {unit.en}")
    if isinstance(item, ChoiceItem):
        titles = {choice.id: choice.title for choice in item.choices}
        return titles.get(value) or _VERDICTS.get(value) or Text(zh=str(value), en=str(value))
    if isinstance(item, PhotoItem):
        count = len(value)
        return Text(zh=f"照片 {count} 张", en=f"{count} photo{'' if count == 1 else 's'}")
    return _VERDICTS.get(verdict) or Text(zh=str(value), en=str(value))
