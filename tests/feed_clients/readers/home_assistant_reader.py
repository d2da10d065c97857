"""Print what Home Assistant's library reads of a feed; it refuses a feed with any fault."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from ical.calendar_stream import IcsCalendarStream


def told(at):
    """Return an instant or a day as text."""
    if not isinstance(at, datetime):
        return at.isoformat()
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


calendar = IcsCalendarStream.calendar_from_ics(Path(sys.argv[1]).read_text("utf-8"))
for event in calendar.events:
    print(event.uid, told(event.dtstart), told(event.dtend), sep="\t")
for task in calendar.todos:
    print(task.uid, told(task.dtstart), told(task.due), sep="\t")
