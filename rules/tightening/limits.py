"""The figures that two demands set: which of them is stricter, as their operators are meant."""

from collections.abc import Iterator

from rules.pack import Limit
from rules.text import Text
from rules.tightening.demand import Demand, Value
from rules.tightening.point import Point
from rules.units import unit_text

_LEAST = ("gte", "gt")
_MOST = ("lte", "lt")
_SIGNS = {"eq": "=", "lt": "<", "lte": "≤", "gt": ">", "gte": "≥"}


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare the limits of the same name, with the values that parameters have on the day."""
    known = {limit.name: (index, limit) for index, limit in enumerate(upper.version.limits)}
    for limit in lower.version.limits:
        if limit.name not in known:
            words = Text(
                zh=f"没有限值“{limit.title.zh}”（{limit.name}）",
                en=f'it lacks the limit "{limit.title.en}" ({limit.name})',
            )
            yield Point(("limits",), words)
            continue
        index, mine = known[limit.name]
        if limit.name in upper.values and limit.name in lower.values:
            values = upper.values[limit.name], lower.values[limit.name]
            yield from _limit(("limits", index, "value"), (mine, limit), values)


def _limit(
    at: tuple[str, int, str], sides: tuple[Limit, Limit], values: tuple[Value, Value]
) -> Iterator[Point]:
    ours, theirs = sides
    if (ours.operator, ours.unit, values[0]) == (theirs.operator, theirs.unit, values[1]):
        return
    words = Text(
        zh=f"“{theirs.title.zh}”为 {_written(ours, values[0]).zh}，"
        f"下层为 {_written(theirs, values[1]).zh}",
        en=f'"{theirs.title.en}" is {_written(ours, values[0]).en}, '
        f"below {_written(theirs, values[1]).en}",
    )
    yield Point(at, words, looser=not _is_as_strict(sides, values))


def _is_as_strict(sides: tuple[Limit, Limit], values: tuple[Value, Value]) -> bool:
    """Tell whether whatever the upper limit admits, the lower one admits too."""
    ours, theirs = sides
    mine, below = values
    if ours.unit != theirs.unit or isinstance(mine, str) or isinstance(below, str):
        return False
    if theirs.operator == "eq":
        return ours.operator == "eq" and mine == below
    same_way = next((way for way in (_LEAST, _MOST) if theirs.operator in way), ())
    if ours.operator != "eq" and ours.operator not in same_way:
        return False
    if mine == below:
        return ours.operator == theirs.operator or theirs.operator in {"gte", "lte"}
    return (mine > below) == (theirs.operator in _LEAST)


def _written(limit: Limit, value: Value) -> Text:
    unit, sign = unit_text(limit.unit), _SIGNS[limit.operator]
    return Text(zh=f"{sign} {value} {unit.zh}", en=f"{sign} {value} {unit.en}")
