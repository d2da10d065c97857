"""How many working days a finding is overdue, by its site's calendar, with the sum in words."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rules.text import Text
from scheduler.day_names import day_with_weekday
from scheduler.workdays import WorkCalendar

_DAY = timedelta(days=1)
# Beyond a year nothing changes any more: every rung of a ladder has been taken.
_LONGEST = 366


@dataclass(frozen=True)
class Overdue:
    """
    Working days after the last day, or before it.

    Attributes:
        days: Working days after the due day up to today, included; 0 on the due day, and the
            working days that are left, negative, before it.
        closed: The days after the due day that did not count.
    """

    days: int
    due_on: date
    today: date
    closed: tuple[date, ...]

    @property
    def text(self) -> Text:
        """The sum as a sentence."""
        due, today = day_with_weekday(self.due_on), day_with_weekday(self.today)
        unit = "working day" if self.days == 1 else "working days"
        shut = len(self.closed)
        idle = "1 closed day does" if shut == 1 else f"{shut} closed days do"
        rest = Text(zh=f"，其间 {shut} 天休息不计", en=f"; {idle} not count")
        tail = rest if shut else Text.model_construct(zh="", en="")
        return Text(
            zh=f"期限 {due.zh}，到 {today.zh}逾期 {self.days} 个工作日{tail.zh}",
            en=f"due {due.en}, {self.days} {unit} overdue on {today.en}{tail.en}",
        )


def overdue_at(due_at: datetime, *, now: datetime, calendar: WorkCalendar) -> Overdue:
    """Return how far past its last day something is; the days are those of the site."""
    due, today = due_at.astimezone(calendar.zone).date(), now.astimezone(calendar.zone).date()
    sign, first, last = (1, due, today) if today > due else (-1, today, due)
    between = [first + _DAY * n for n in range(1, min((last - first).days, _LONGEST) + 1)]
    working = [day for day in between if calendar.is_working_day(day)]
    closed = tuple(day for day in between if day not in working) if sign > 0 else ()
    return Overdue(sign * len(working), due, today, closed)
