"""What is looked at, proved and kept: which of two demands asks for more."""

from collections.abc import Iterator

from rules.checklist import Item, NumberItem
from rules.strictness import SEVERITIES
from rules.text import Text
from rules.tightening.demand import Demand
from rules.tightening.point import Point, about, named, worded


def points(upper: Demand, lower: Demand) -> Iterator[Point]:
    """Compare the items of the checklists, evidence, retention, scenarios and announcement."""
    ours, theirs = upper.version, lower.version
    yield from _items(upper, lower)
    yield from _kept("evidence", ours.evidence, theirs.evidence, Text(zh="佐证", en="the evidence"))
    yield from _kept(
        "scenarios", ours.scenarios, theirs.scenarios, Text(zh="演练脚本", en="the scenarios")
    )
    if theirs.retention is not None and about(ours.retention) != about(theirs.retention):
        words = Text(
            zh=f"记录保存 {worded(ours.retention).zh}，下层为 {worded(theirs.retention).zh}",
            en=f"its records are kept {worded(ours.retention).en}, "
            f"below {worded(theirs.retention).en}",
        )
        yield Point(("retention",), words, looser=about(ours.retention) < about(theirs.retention))
    if ours.announced and not theirs.announced:
        words = Text(zh="事先通知，下层不通知", en="it is announced, below it is not")
        yield Point(("announced",), words)


def _kept(
    name: str, ours: tuple[Text, ...], theirs: tuple[Text, ...], what: Text
) -> Iterator[Point]:
    dropped = tuple(each for each in theirs if each not in ours)
    if dropped:
        listed = named(dropped)
        words = Text(zh=f"不再要求{what.zh}“{listed.zh}”", en=f"it drops {what.en}: {listed.en}")
        yield Point((name,), words)


def _items(upper: Demand, lower: Demand) -> Iterator[Point]:
    if lower.checklist is None or upper.checklist == lower.checklist:
        return
    known = {item.id: item for item in upper.checklist.items} if upper.checklist else {}
    wanted = lower.checklist.items
    dropped = tuple(item.title for item in wanted if item.id not in known)
    if dropped:
        listed = named(dropped)
        words = Text(zh=f"检查项少了“{listed.zh}”", en=f"its checklist drops: {listed.en}")
        yield Point(("checklist",), words)
    for item in wanted:
        if item.id in known:
            yield from _item(known[item.id], item)


def _item(ours: Item, theirs: Item) -> Iterator[Point]:
    title = theirs.title
    if ours.type != theirs.type:
        yield _loosened(title, Text(zh="回答方式不同", en="is answered in another way"))
    if theirs.required and not ours.required:
        yield _loosened(title, Text(zh="可以不答", en="may stay unanswered"))
    if ours.shown_when is not None and ours.shown_when != theirs.shown_when:
        yield _loosened(title, Text(zh="不一定询问", en="is not always asked"))
    if SEVERITIES.index(ours.severity) < SEVERITIES.index(theirs.severity):
        yield _loosened(title, Text(zh="不合格时程度更轻", en="fails less severely"))
    if isinstance(ours, NumberItem) and isinstance(theirs, NumberItem) and _is_wider(ours, theirs):
        yield _loosened(title, Text(zh="合格范围更宽", en="passes over a wider range"))


def _is_wider(ours: NumberItem, theirs: NumberItem) -> bool:
    if ours.unit != theirs.unit or ours.set_point != theirs.set_point:
        return True
    lowest = theirs.minimum is not None and (ours.minimum is None or ours.minimum < theirs.minimum)
    highest = theirs.maximum is not None and (ours.maximum is None or ours.maximum > theirs.maximum)
    band = theirs.tolerance is not None and (
        ours.tolerance is None or ours.tolerance > theirs.tolerance
    )
    return lowest or highest or band or ours.readings < theirs.readings


def _loosened(title: Text, how: Text) -> Point:
    words = Text(zh=f"检查项“{title.zh}”{how.zh}", en=f'the item "{title.en}" {how.en}')
    return Point(("checklist",), words)
