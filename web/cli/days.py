"""Days given on the command line."""

from datetime import date

from rules.days import EARLIEST, LATEST
from rules.faults import Fault
from rules.text import Text
from web.cli.usage import option_fault


def day_of(value: str | None, option: str, faults: list[Fault]) -> date | None:
    """Return the day that *value* names; what is wrong with it is added to *faults*."""
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        day = None
    if day is not None and EARLIEST <= day <= LATEST:
        return day
    message = Text(
        zh=f"“{value}”不是 {EARLIEST.year} 至 {LATEST.year} 年间的日期。",
        en=f'"{value}" is no date from {EARLIEST.year} to {LATEST.year}.',
    )
    remedy = Text(zh="请写成 2026-09-01 的样子。", en="Write it like 2026-09-01.")
    faults.append(option_fault(option, message, remedy))
    return None
