"""The same reading again and again, for days."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from itertools import groupby

from inspections.plausibility.flag import Flag, Record, key_of
from inspections.plausibility.material import Reading
from inspections.plausibility.thresholds import Limits
from rules.text import Text

Naming = Callable[[Reading], tuple[Text, Text]]


def identical_readings(
    readings: Iterable[Reading], limits: Limits, naming: Naming
) -> Iterator[Flag]:
    """
    Yield a flag for each run of equal readings of one item that is long enough in both ways.

    *naming* gives the item's title and the reading with its unit.
    """
    ordered = sorted(readings, key=lambda one: (one.series, one.at, one.inspection))
    for _series, same in groupby(ordered, key=lambda one: one.series):
        for _value, run in groupby(same, key=lambda one: one.value):
            found = list(run)
            if _is_long(found, limits):
                yield _flag(found, limits, naming)


def _is_long(run: list[Reading], limits: Limits) -> bool:
    spanned = run[-1].at - run[0].at
    return len(run) >= limits["identical_records"] and spanned >= timedelta(
        days=limits["identical_days"]
    )


def _flag(run: list[Reading], limits: Limits, naming: Naming) -> Flag:
    title, value = naming(run[-1])
    days = (run[-1].at - run[0].at).days
    return Flag(
        kind="identical",
        key=key_of("identical", *run[0].series, run[0].inspection),
        site_id=run[0].site_id,
        about=run[0].target,
        said=Text(
            zh=f"“{title.zh}”连续 {len(run)} 次读数都是 {value.zh}，前后 {days} 天。",
            en=f"“{title.en}” read {value.en} {len(run)} times in a row, over {days} days.",
        ),
        limit=Text(
            zh=f"从 {limits['identical_records']:g} 次、{limits['identical_days']:g} 天起列出。"
            "仪表停走、读数本来稳定，都可能如此。",
            en=f"Listed from {limits['identical_records']:g} readings and "
            f"{limits['identical_days']:g} days on. A stuck gauge or a steady value does that too.",
        ),
        records=tuple(Record("inspection", one.inspection, one.at, one.by, value) for one in run),
    )
