"""Deadlines on a site's calendar, with their arithmetic in words and day by day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from rules.durations import Duration, Unit
from rules.text import Text
from scheduler.day_names import day_with_weekday, run_of_days
from scheduler.local_clock import DAY, END_OF_DAY
from scheduler.workdays import WorkCalendar

_DAYS_SHOWN = 31
_DAYS_WITHOUT_OPENING = 400


@dataclass(frozen=True, slots=True)
class CountedDay:
    """A day between finding and deadline: whether it counted, and why not."""

    day: date
    counted: bool
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """
    A deadline and how it came about.

    Attributes:
        due_at: Last instant in time, in UTC.
        days: Every day after the day of finding up to the deadline; empty where days do not
            count, and for spans of more than a month.
        text: The arithmetic as a sentence.
    """

    due_at: datetime
    days: tuple[CountedDay, ...]
    text: Text


def deadline(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    """
    Return the deadline *duration* after *found_at*, an aware instant.

    The day of finding is not counted. Working days are those of the public calendar and end with
    the site's hours; working hours run only while the site is open; calendar days, weeks, months
    and years end with the day; `same-day` ends with the site's hours, or with the day where they
    are over.
    """
    if duration.unit == "working-day":
        return _working_days(found_at, duration, calendar)
    if duration.unit == "working-hour":
        return _working_hours(found_at, duration, calendar)
    if duration.unit in {"minute", "hour", "immediately"}:
        return _exact(found_at, duration, calendar)
    if duration.unit == "same-day":
        return _same_day(found_at, duration, calendar)
    return _calendar_days(found_at, duration, calendar)


def end_of_working(day: date, calendar: WorkCalendar) -> datetime:
    """Return when *day* ends at the site: with its hours, or at midnight where it is closed."""
    return calendar.last_closing(day) or _end_of(day, calendar)


def _exact(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    minutes = duration.amount * {"minute": 1, "hour": 60}.get(duration.unit, 0)
    due_at = found_at.astimezone(UTC) + timedelta(minutes=minutes)
    return Deadline(due_at, (), _sentence(found_at, due_at, duration, calendar, clock=True))


def _same_day(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    day = calendar.clock.date(found_at)
    closing = calendar.last_closing(day)
    over = closing is None or closing <= found_at
    due_at = _end_of(day, calendar) if over or closing is None else closing
    return Deadline(due_at, (), _sentence(found_at, due_at, duration, calendar, clock=True))


def _calendar_days(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    found, amount = calendar.clock.date(found_at), duration.amount
    due = found + calendar_step(duration.unit, amount)
    length = (due - found).days
    days = tuple(CountedDay(found + timedelta(n), counted=True) for n in range(1, length + 1))
    due_at = _end_of(due, calendar)
    text = _sentence(found_at, due_at, duration, calendar, clock=False)
    return Deadline(due_at, days if length <= _DAYS_SHOWN else (), text)


def calendar_step(unit: Unit, count: int) -> relativedelta:
    """Return *count* days, weeks, months or years of the calendar; negative counts go back."""
    if unit == "day":
        return relativedelta(days=count)
    if unit == "week":
        return relativedelta(weeks=count)
    return relativedelta(years=count) if unit == "year" else relativedelta(months=count)


def _working_days(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    day, left = calendar.clock.date(found_at), duration.amount
    days: list[CountedDay] = []
    while left:
        day += timedelta(1)
        why = calendar.why_not(day, "working")
        days.append(CountedDay(day, counted=why is None, why=why))
        left -= why is None
    closing = calendar.last_closing(day)
    due_at = closing if closing is not None and closing > found_at else _end_of(day, calendar)
    text = _sentence(found_at, due_at, duration, calendar, clock=False, on=day)
    return Deadline(due_at, tuple(days), _with_closed_days(text, days))


def _working_hours(found_at: datetime, duration: Duration, calendar: WorkCalendar) -> Deadline:
    found = calendar.clock.date(found_at)
    now, left = found_at.astimezone(UTC), timedelta(hours=duration.amount)
    days: list[CountedDay] = []
    for ahead in range(-1, _DAYS_WITHOUT_OPENING):
        day = found + timedelta(ahead)
        for opens, closes in calendar.spans(day.toordinal()):
            start, end = max(calendar.clock.instant(opens), now), calendar.clock.instant(closes)
            open_for = max(end - start, timedelta(0))
            if left <= open_for:
                if ahead > 0:
                    days.append(CountedDay(day, counted=True))
                text = _sentence(found_at, start + left, duration, calendar, clock=True)
                return Deadline(start + left, tuple(days), _with_closed_days(text, days))
            left -= open_for
        if ahead > 0:
            why = calendar.why_closed(day)
            days.append(CountedDay(day, counted=why is None, why=why))
    # A site that does not open again within the year: plain hours, so that there is a deadline.
    return _exact(found_at, Duration(amount=duration.amount, unit="hour"), calendar)


def _end_of(day: date, calendar: WorkCalendar) -> datetime:
    return calendar.clock.instant(day.toordinal() * DAY + END_OF_DAY)


def _sentence(  # noqa: PLR0913 (the parts of one sentence)
    found_at: datetime,
    due_at: datetime,
    duration: Duration,
    calendar: WorkCalendar,
    *,
    clock: bool,
    on: date | None = None,
) -> Text:
    """Return "3 working days after Thu 30 Apr = Fri 8 May", with clock times for short spans."""
    start, end = (moment.astimezone(calendar.zone) for moment in (found_at, due_at))
    first = day_with_weekday(start.date())
    last = day_with_weekday(on or end.date(), beside=start.date())
    since, until = (f" {start:%H:%M}", f" {end:%H:%M}") if clock else ("", "")
    length = duration.text
    if duration.unit in {"same-day", "immediately"}:
        return Text(
            zh=f"{first.zh}{since} 发现，{length.zh}整改：{last.zh}{until} 前".replace("） ", "）"),
            en=f"found {first.en}{since}, due {length.en}: by {last.en}{until}",
        )
    return Text(
        zh=f"{first.zh}{since} 后 {length.zh} = {last.zh}{until}".replace("） ", "）"),
        en=f"{length.en} after {first.en}{since} = {last.en}{until}",
    )


def _with_closed_days(text: Text, days: list[CountedDay]) -> Text:
    """Add the days that did not count, joined to runs: "1 to 5 May are closed"."""
    runs: list[tuple[date, date]] = []
    for each in days:
        if each.counted:
            continue
        if runs and runs[-1][1] + timedelta(1) == each.day:
            runs[-1] = (runs[-1][0], each.day)
        else:
            runs.append((each.day, each.day))
    if not runs:
        return text
    names = [run_of_days(first, last) for first, last in runs]
    verb = "is" if len(runs) == 1 and runs[0][0] == runs[0][1] else "are"
    zh, en = "、".join(name.zh for name in names), _listed([name.en for name in names])
    return Text(zh=f"{text.zh}：{zh}休息", en=f"{text.en}: {en} {verb} closed")


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
