"""Checklists answered faster than their items can be looked at."""

from collections.abc import Iterable, Iterator

from inspections.plausibility.flag import Flag, Record, key_of
from inspections.plausibility.material import Walk
from inspections.plausibility.thresholds import Limits
from rules.text import Text


def hasty_checklists(walks: Iterable[Walk], limits: Limits) -> Iterator[Flag]:
    """
    Yield a flag for each inspection whose answers followed each other too fast.

    Answers of one single instant were sent with a form: when they were given is not known, so
    nothing is said of them.
    """
    for walk in walks:
        least = (walk.answers - 1) * limits["haste_seconds"]
        took = walk.span.total_seconds()
        if walk.answers >= limits["haste_items"] and 0 < took < least:
            yield _flag(walk, took, least, limits)


def _flag(walk: Walk, took: float, least: float, limits: Limits) -> Flag:
    figure = Text(
        zh=f"{walk.answers} 项 · {took:.0f} 秒", en=f"{walk.answers} items · {took:.0f} s"
    )
    return Flag(
        kind="haste",
        key=key_of("haste", walk.id),
        site_id=walk.site_id,
        about=walk.target,
        said=Text(
            zh=f"{walk.answers} 项检查从第一项到最后一项用了 {took:.0f} 秒，"
            f"平均每项 {took / (walk.answers - 1):.1f} 秒。",
            en=f"{walk.answers} items were answered within {took:.0f} seconds, "
            f"{took / (walk.answers - 1):.1f} seconds an item.",
        ),
        limit=Text(
            zh=f"少于每项 {limits['haste_seconds']:g} 秒（共 {least:g} 秒）的列出。"
            "先看完一圈再一次填写，也会如此。",
            en=f"Listed below {limits['haste_seconds']:g} seconds an item ({least:g} in all). "
            "Looking first and filling in afterwards does that too.",
        ),
        records=(Record("inspection", walk.id, walk.finished_at, walk.by, figure),),
    )
