"""The walks of everybody on one day, as the plan has them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import AssignmentRow, DutyRow, OccurrenceRow, PersonRow, SiteRow
from inspections.rounds.scope import Scope
from inspections.rounds.served import walks
from inspections.rounds.today import ROW_COLUMNS, TodayRow, as_rows
from inspections.rules_in_force import RuleInForce
from inspections.walks.checks import Check, check_of
from inspections.walks.day import DayRoute, day_route
from rules.layers import tightened_by
from rules.rulebook import RuleBook
from rules.text import Text

# On a day on which no site opens, for example a check during the holidays.
_USUAL_START = time(8)


@dataclass(frozen=True)
class Wanted:
    """
    Whose walks of which day.

    Attributes:
        zone: The organisation's clock.
        person: Key of the only person; everybody where nothing is given.
    """

    organisation: str
    zone: ZoneInfo
    on: date
    person: str | None = None


@dataclass(frozen=True)
class PersonsWalks:
    """The route of one person, with the title of each check by its id."""

    person: str
    name: Text
    found: DayRoute
    titles: Mapping[str, Text]


def planned_walks(
    session: Session, rulebook: RuleBook, wanted: Wanted, *, now: datetime
) -> Iterator[PersonsWalks]:
    """
    Yield the route of everybody who has something planned that day, in the order of people.

    What is hidden until it begins stays out of it. A later day begins when its first site opens,
    or with what must be done before.
    """
    found = session.execute(_query(wanted, now)).all()
    by_person: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in found:
        by_person[row.person].append(row)
    for person, rows in by_person.items():
        opening = max(now, _opening(session, wanted, {row.site_id for row in rows}))
        shown = as_rows(session, rows, opening)
        listed, titles = _checks(shown, rulebook, wanted.zone, opening)
        midnight = datetime.combine(wanted.on, time(), wanted.zone)
        checks = [in_hours(check, opening, midnight) for check in listed]
        begins = max(now, min((check.opens_at for check in checks), default=opening))
        scope = Scope(wanted.organisation, person)
        yield PersonsWalks(
            person,
            rows[0].person_name,
            day_route(session, scope, checks, now=begins, since=midnight),
            titles,
        )


def _query(wanted: Wanted, now: datetime) -> Any:
    query = (
        select(*ROW_COLUMNS, PersonRow.key.label("person"), PersonRow.name.label("person_name"))
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
        .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
        .where(PersonRow.organisation_id == wanted.organisation)
        .where(OccurrenceRow.planned_on == wanted.on)
        .where(OccurrenceRow.state.in_(("scheduled", "in_progress")))
        .where(or_(OccurrenceRow.hidden_until.is_(None), OccurrenceRow.hidden_until <= now))
        .order_by(PersonRow.position, OccurrenceRow.due_at, OccurrenceRow.id)
    )
    return query if wanted.person is None else query.where(PersonRow.key == wanted.person)


def in_hours(check: Check, opening: datetime, midnight: datetime) -> Check:
    """
    Return the check from the opening on, unless it must be done before.

    Then it may be done from midnight on; what is due at midnight, on the evening before.
    """
    latest = check.due_at - timedelta(minutes=check.minutes)
    evening = midnight - timedelta(hours=12)
    first = opening if latest >= opening else midnight if latest >= midnight else evening
    return replace(check, opens_at=max(check.opens_at, first))


def _opening(session: Session, wanted: Wanted, sites: set[int]) -> datetime:
    """Return when the first of the sites opens that day."""
    openings = [
        opens
        for site in sites
        for opens, _ in work_calendar(session, session.get_one(SiteRow, site)).openings(wanted.on)
    ]
    return min(openings, default=datetime.combine(wanted.on, _USUAL_START, wanted.zone))


def _checks(
    rows: list[TodayRow], rulebook: RuleBook, zone: ZoneInfo, now: datetime
) -> tuple[list[Check], dict[str, Text]]:
    below = partial(tightened_by, rulebook)
    ruled = [(row, _in_force(rulebook, row, zone)) for row in rows]
    served = walks(ruled, now=now, below=below)
    titles = {
        str(walk.lead.id): found.rule.title if found else Text(zh=row.rule, en=row.rule)
        for walk in served
        for row, found in walk.rows
        if row is walk.lead
    }
    return [check_of(walk) for walk in served], titles


def _in_force(rulebook: RuleBook, row: TodayRow, zone: ZoneInfo) -> RuleInForce | None:
    rule = rulebook.rules.get(row.rule)
    version = rulebook.version(rule, row.due_at.astimezone(zone).date()) if rule else None
    return RuleInForce(rule, version) if rule and version else None
