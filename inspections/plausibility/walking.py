"""Two places too far apart for the time between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from inspections.plausibility.flag import Flag, Record, key_of
from inspections.plausibility.material import Walk, Ways
from rules.text import Text

_FROM = {
    "sites": Text(zh="换场所的最少用时", en="the least way between sites"),
    "buildings": Text(zh="换楼的最少用时", en="the least way between buildings"),
    "measured": Text(zh="实测的路上用时", en="the measured way"),
}


def impossible_walks(walks: Iterable[Walk], ways: Ways) -> Iterator[Flag]:
    """
    Yield a flag where somebody's answers at two places are closer than the way between them.

    Inspections of one site that were under way at once are left out: somebody walked between
    them, and when is not told by their ends.
    """
    by_person: dict[str, list[Walk]] = defaultdict(list)
    for walk in walks:
        by_person[walk.by].append(walk)
    for mine in by_person.values():
        mine.sort(key=lambda walk: (walk.first_at, walk.last_at, walk.id))
        for before, after in pairwise(mine):
            yield from _flags(before, after, ways)


def _flags(before: Walk, after: Walk, ways: Ways) -> Iterator[Flag]:
    needed, source = ways.needed(before, after)
    gap = (after.first_at - before.last_at).total_seconds() / 60
    if gap < 0 and before.site_id == after.site_id:
        return
    if needed > 0 and gap < needed:
        yield _flag(before, after, (max(gap, 0), needed, source))


def _flag(before: Walk, after: Walk, figures: tuple[float, float, str]) -> Flag:
    gap, needed, source = figures
    why = _FROM[source]
    return Flag(
        kind="walking",
        key=key_of("walking", before.id, after.id),
        site_id=after.site_id,
        about=("person", after.by),
        said=Text(
            zh=f"前一处最后一项与后一处第一项相隔 {gap:.1f} 分钟，路上至少需要 {needed:g} 分钟。",
            en=f"{gap:.1f} minutes lie between the last answer at one place and the first at the "
            f"next; the way takes at least {needed:g}.",
        ),
        limit=Text(
            zh=f"依据：{why.zh} {needed:g} 分钟。两人共用一个账号、设备时间不准，也会如此。",
            en=f"By {why.en}, {needed:g} minutes. Two people on one account, or a wrong clock, do "
            "that too.",
        ),
        records=tuple(
            Record("inspection", walk.id, walk.finished_at, walk.by) for walk in (before, after)
        ),
    )
