"""Shift patterns from an iCalendar file: an event is a shift, and its place names the post."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from inspections.calendars.entries import Where
from inspections.shift_patterns.entries import MOST_SHIFTS, PostKey, ShiftEntry, ShiftPatterns
from inspections.shift_patterns.posts import KnownPosts
from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.imports.ics_events import IcsEvent, read_ics

_CODE = re.compile(r"([A-Za-z0-9]{1,4})(?:[\s:\uff1a·-]+(.+))?")
_PEOPLE = re.compile(r"(.*?)\s*[x\u00d7*]\s*(\d{1,3})")


def read_shift_ics(
    data: bytes, *, file: str, posts: KnownPosts, zone: ZoneInfo, today: date
) -> ShiftPatterns:
    """
    Return the shifts in the iCalendar text *data*.

    The location, or else a category, of an event is its post; its title is code and name, such as
    `D 白班`, with the least number of people behind `×` where that is said. A series is one shift,
    whatever its exceptions; the same shift in several events must have the same hours in all.

    Args:
        data: The bytes of the file.
        file: Its name, for faults.
        posts: Those that events may name.
        zone: Of the organisation.
        today: Day on the organisation's clock.

    Raises:
        InputInvalid: If it is no calendar or an event is no shift; holds every fault.
    """
    read = read_ics(data, file=file, zone=zone, today=today, most=MOST_SHIFTS, follow=False)
    reading = _Reading(file, posts)
    for event in read.events:
        reading.take(event)
    if reading.faults:
        raise InputInvalid(reading.faults)
    return ShiftPatterns(tuple(reading.found.values()))


class _Reading:
    """Shifts by post and code, and what is wrong with events."""

    def __init__(self, file: str, posts: KnownPosts) -> None:
        self.found: dict[tuple[str, str, str], ShiftEntry] = {}
        self.faults: list[Fault] = []
        self._file = file
        self._posts = posts

    def take(self, event: IcsEvent) -> None:
        before = len(self.faults)
        post = self._post(event)
        title, minimum = _people(event.summary)
        parts = _CODE.fullmatch(title)
        if event.whole_days or event.since >= event.until:
            self._complain(event, _NO_HOURS, _GIVE_HOURS)
        if parts is None and len(title) > 4:
            self._complain(event, _NO_CODE, _WRITE_CODE)
        if post is None or len(self.faults) > before:
            return
        code, name = (parts[1], parts[2]) if parts else (title, None)
        self._add(
            ShiftEntry(
                *post,
                code,
                event.since.time(),
                event.until.time(),
                Where(self._file, event.line, event.summary),
                name=Text(zh=name, en=name) if name else None,
                minimum=minimum,
                cancelled=event.cancelled,
            ),
            event,
        )

    def _add(self, entry: ShiftEntry, event: IcsEvent) -> None:
        key = (entry.site, entry.post, entry.code)
        known = self.found.get(key)
        if known is None or known.cancelled:
            self.found[key] = entry
        elif not entry.cancelled and (known.since, known.until) != (entry.since, entry.until):
            self._complain(event, _other_hours(known), _OTHER_CODE)

    def _post(self, event: IcsEvent) -> PostKey | None:
        for word in (event.location, *event.categories):
            found = self._posts.find(word) if word else []
            if len(found) == 1:
                return found[0]
            if found:
                self._complain(event, _SEVERAL, _CHOOSE_SITE)
                return None
        self._complain(event, _NO_POST, self._posts.listed())
        return None

    def _complain(self, event: IcsEvent, message: Text, remedy: Text) -> None:
        self.faults.append(Fault(self._file, event.line, event.summary, message, remedy))


def _people(summary: str) -> tuple[str, int | None]:
    parts = _PEOPLE.fullmatch(summary.strip())
    return (parts[1], int(parts[2])) if parts else (summary.strip(), None)


def _other_hours(known: ShiftEntry) -> Text:
    hours = f"{known.since:%H:%M}–{known.until:%H:%M}"
    return Text(
        zh=f"同一班次在别的日子是 {hours}（第 {known.where.line} 行）。",
        en=f"The same shift has the hours {hours} on other days (line {known.where.line}).",
    )


_NO_HOURS = Text(zh="这个日程没有钟点。", en="This event has no hours.")
_GIVE_HOURS = Text(zh="请填写上班和下班的时刻。", en="Give it a start and an end on the clock.")
_NO_CODE = Text(zh="标题没有班次代码。", en="The title has no code of a shift.")
_WRITE_CODE = Text(zh="请照“D 白班”的样子写。", en="Write it like “D Day shift”.")
_OTHER_CODE = Text(zh="钟点不同的班次请用不同的代码。", en="Use another code for other hours.")
_SEVERAL = Text(zh="几个场所都有这个岗位。", en="Several sites have a post of this name.")
_CHOOSE_SITE = Text(zh="导入时请选择一个场所。", en="Choose one site for the import.")
_NO_POST = Text(
    zh="地点和类别都不是已有的岗位。", en="Neither location nor category is a post that is there."
)
