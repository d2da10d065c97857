"""Print what icalendar with recurring-ical-events reads of a feed."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import icalendar
import recurring_ical_events


def told(at):
    """Return an instant or a day as text."""
    if not isinstance(at, datetime):
        return at.isoformat()
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


calendar = icalendar.Calendar.from_ical(Path(sys.argv[1]).read_bytes())
faults = [fault for part in calendar.walk() for fault in part.errors]
query = recurring_ical_events.of(calendar, components=["VEVENT", "VTODO"])
for part in query.between(datetime(2020, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)):
    end = part["DTEND"] if part.name == "VEVENT" else part["DUE"]
    print(part["UID"], told(part["DTSTART"].dt), told(end.dt), sep="\t")
if faults:
    sys.exit(str(faults))
