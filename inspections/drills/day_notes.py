"""Why a day is no good for a drill at a site, or less good than others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspections.drills.settings import Season
from rules.event_names import EVENT_NAMES
from rules.organisation.happened import Event
from rules.organisation.model import Organisation, Site
from rules.text import Text
from scheduler.drills.problem import DayNote
from scheduler.workdays import WorkCalendar, holiday_text

# What drilling costs on days when the house is full; an event costs 10000.
_CROWDED = 400
_FULL_HOUSE = frozenset({"festival-peak", "company-event", "group-meal", "guest-visit"})
_PEAK = Text(zh="客流高峰", en="peak trade")


@dataclass(frozen=True)
class DayNotes:
    """What is known of the days of an organisation's sites."""

    organisation: Organisation
    seasons: tuple[Season, ...]

    def calendar(self, site: Site) -> WorkCalendar:
        """Return the working calendar of *site*."""
        zone, country = self.organisation.time_zone, self.organisation.country
        return WorkCalendar(site.calendar, time_zone=zone, country=country)

    def of(self, site: Site, since: date, until: date) -> Mapping[date, tuple[DayNote, ...]]:
        """Return the notes of the days from *since* to *until*, both included."""
        calendar = self.calendar(site)
        events = [
            event
            for event in self.organisation.events
            if event.site == site.id and event.kind in _FULL_HOUSE
        ]
        found = {}
        for number in range((until - since).days + 1):
            day = since + timedelta(days=number)
            notes = tuple(self._notes(site, calendar, events, day))
            if notes:
                found[day] = notes
        return found

    def _notes(
        self, site: Site, calendar: WorkCalendar, events: Sequence[Event], day: date
    ) -> Iterator[DayNote]:
        closed = calendar.why_closed(day)
        if closed is not None:
            yield DayNote(closed)
            return
        if site.calendar.terms and not calendar.in_term(day):
            yield DayNote(calendar.reason(day.toordinal(), "school"))
        for exam in site.calendar.exams:
            if exam.since <= day <= exam.until:
                yield DayNote(exam.reason)
        for event in events:
            if _lasts(event, day):
                yield DayNote(event.note or EVENT_NAMES[event.kind], _CROWDED)
        holiday = calendar.public.holiday(day.toordinal())
        if holiday is not None:
            name = holiday_text(holiday)
            yield DayNote(Text(zh=f"{name.zh}，{_PEAK.zh}", en=f"{name.en}, {_PEAK.en}"), _CROWDED)
        for season in self.seasons:
            if season.holds(day):
                yield DayNote(season.text, season.weight)


def _lasts(event: Event, day: date) -> bool:
    return event.at.date() <= day <= (event.until or event.at).date()
