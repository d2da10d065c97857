"""Most of a month's checks done in its last days, though their windows were open for long."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from inspections.plausibility.flag import Flag, Record, key_of
from inspections.plausibility.material import Walk
from inspections.plausibility.thresholds import Limits
from rules.text import Text


def month_end_bursts(walks: Iterable[Walk], limits: Limits, zone: ZoneInfo) -> Iterator[Flag]:
    """
    Yield a flag for each person, site and month whose long windows were used at its very end.

    Only checks count whose window was open for long before the last days began: who could not
    have done them earlier gathered nothing.
    """
    months: dict[tuple[str, int, int, int], list[Walk]] = defaultdict(list)
    for walk in walks:
        on = walk.finished_at.astimezone(zone).date()
        if _could_be_earlier(walk, on, limits, zone):
            months[walk.by, walk.site_id, on.year, on.month].append(walk)
    for (_by, _site, year, month), found in months.items():
        first = _first_of_the_last(year, month, limits)
        last = [one for one in found if one.finished_at.astimezone(zone).date() >= first]
        share = 100 * len(last) / len(found)
        if len(found) >= limits["burst_records"] and share >= limits["burst_share"]:
            yield _flag(found, last, (first, share), limits)


def _could_be_earlier(walk: Walk, on: date, limits: Limits, zone: ZoneInfo) -> bool:
    before = timedelta(days=limits["burst_window"])
    opened = walk.opens_at.astimezone(zone).date()
    first = _first_of_the_last(on.year, on.month, limits)
    return walk.due_at - walk.opens_at >= before and first - opened >= before - timedelta(days=1)


def _first_of_the_last(year: int, month: int, limits: Limits) -> date:
    return date(year, month, monthrange(year, month)[1] - int(limits["burst_days"]) + 1)


def _flag(found: list[Walk], last: list[Walk], figures: tuple[date, float], limits: Limits) -> Flag:
    first, share = figures
    ordered = sorted(last, key=lambda walk: (walk.finished_at, walk.id))
    return Flag(
        kind="burst",
        key=key_of("burst", last[0].by, last[0].site_id, f"{first:%Y-%m}"),
        site_id=last[0].site_id,
        about=("person", last[0].by),
        said=Text(
            zh=f"{first:%Y-%m} 的 {len(found)} 次检查中，{len(last)} 次（{share:.0f}%）"
            f"在 {first.month}月{first.day}日 及以后完成。",
            en=f"Of {len(found)} checks in {first:%Y-%m}, {len(last)} ({share:.0f}%) were done on "
            f"or after {first.day} {first:%b}.",
        ),
        limit=Text(
            zh=f"窗口不短于 {limits['burst_window']:g} 天的检查，每月 {limits['burst_records']:g} "
            f"次以上，最后 {limits['burst_days']:g} 天占 {limits['burst_share']:g}% 以上的列出。"
            "排班如此、请假补做，也会如此。",
            en=f"Listed where of at least {limits['burst_records']:g} checks with a window of "
            f"{limits['burst_window']:g} days or more, {limits['burst_share']:g}% fall into the "
            f"last {limits['burst_days']:g} days. A roster or an absence does that too.",
        ),
        records=tuple(Record("inspection", one.id, one.finished_at, one.by) for one in ordered),
    )
