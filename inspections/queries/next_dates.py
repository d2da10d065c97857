"""When a duty falls due after the planned days: asked of the scheduler, never stored."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import OrganisationRow, SiteEventRow, SiteRow
from rules.organisation.model import SiteCalendar
from rules.pack import Rule
from rules.rulebook import RuleBook
from scheduler.context import ExpansionContext, RecordedEvent
from scheduler.expansion import Expander
from scheduler.occurrence import Occurrence
from scheduler.version_spans import version_spans
from scheduler.workdays import WorkCalendar

# Long enough for the yearly duties of the next calendar year.
AHEAD = timedelta(days=760)
_STEP = timedelta(days=190)


@lru_cache(maxsize=256)
def _calendar(data: str, time_zone: str, country: str) -> WorkCalendar:
    """A calendar is a value and slow to count; equal ones are shared by all requests."""
    calendar = SiteCalendar.model_validate_json(data)
    return WorkCalendar(calendar, time_zone=time_zone, country=country)


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty whose next dates are asked for; `target` is its key in the site."""

    duty: int
    site: int
    rule: Rule
    target_kind: str
    target: str
    valid_from: date
    performed: date | None = None


class NextDates:
    """Expands duties of one organisation past the planned days; equal cadences are made once."""

    def __init__(self, session: Session, rulebook: RuleBook, organisation_id: str) -> None:
        self._rulebook = rulebook
        self._organisation = session.get_one(OrganisationRow, organisation_id)
        sites = select(SiteRow).filter_by(organisation_id=organisation_id)
        self._sites = {row.id: row for row in session.scalars(sites)}
        self._calendars: dict[int, WorkCalendar] = {}
        self._expander = Expander()
        events = select(SiteEventRow).filter_by(organisation_id=organisation_id, ended_on=None)
        self._events = [
            (row.site, RecordedEvent(row.key, row.kind, row.at)) for row in session.scalars(events)
        ]

    def first_after(self, asked: Iterable[Asked], day: date) -> Mapping[int, datetime]:
        """Return the first due time after *day* of each duty that has one, by duty."""
        found: dict[int, datetime] = {}
        for one in asked:
            following = next(iter(self.after(one, day, count=1)), None)
            if following is not None:
                found[one.duty] = following.due_at
        return found

    def after(self, asked: Asked, day: date, *, count: int) -> list[Occurrence]:
        """Return up to *count* occurrences that fall due after *day*, within `AHEAD`."""
        found: list[Occurrence] = []
        since, end = day + timedelta(days=1), day + AHEAD
        while since <= end and len(found) < count:
            until = min(since + _STEP, end)
            found += self._expand(asked, since, until)
            since = until + timedelta(days=1)
        return found[:count]

    def site_key(self, site: int) -> str:
        """Return the key of the site."""
        return self._sites[site].key

    def calendar(self, site: int) -> WorkCalendar:
        """Return the working calendar of the site."""
        if site not in self._calendars:
            data = json.dumps(self._sites[site].calendar, sort_keys=True)
            zone, country = self._organisation.time_zone, self._organisation.country
            self._calendars[site] = _calendar(data, zone, country)
        return self._calendars[site]

    def _expand(self, asked: Asked, since: date, until: date) -> tuple[Occurrence, ...]:
        calendar, context = self.calendar(asked.site), self._of(asked)
        return tuple(
            occurrence
            for version, first, last in version_spans(asked.rule, since, until)
            if version.cadence is not None
            for occurrence in self._expander.expand(
                version, calendar, since=first, until=last, context=context
            )
        )

    def _of(self, asked: Asked) -> ExpansionContext:
        key = self._sites[asked.site].key
        target = key if asked.target_kind == "site" else f"{key}/{asked.target}"
        return ExpansionContext(
            start=asked.valid_from,
            performed=asked.performed,
            events=tuple(event for site, event in self._events if site == key),
            seed=f"{self._organisation.id}:0",
            rule=asked.rule.id,
            target=target,
        )
