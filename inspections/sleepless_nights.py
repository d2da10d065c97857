"""Who rests after a sleepless night, read from the night rounds of the record."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import (
    AnswerRow,
    DutyRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
)
from rules.rulebook import RuleBook
from rules.text import Text

# The names by which a pack says it: an answer, and the limit that follows from it.
SLEEPLESS = "sleepless"
REST_NIGHTS = "rest-nights-after-sleepless"
_WHY = Text(zh="通宵未眠后休息", en="resting after a sleepless night")


def resting_after_sleepless_nights(
    session: Session, rulebook: RuleBook, *, organisation_id: str, since: date
) -> dict[tuple[str, date], Text]:
    """
    Return the days on which no shift of a person may start, with why.

    Who answered a round from *since* on with `sleepless` rests as many nights as the rule that
    binds the site says; where none binds, nobody does.
    """
    zone = ZoneInfo(session.get_one(OrganisationRow, organisation_id).time_zone)
    nights = _nights(session, rulebook, organisation_id, since)
    query = (
        select(InspectionRow.by, OccurrenceRow.opens_at, OccurrenceRow.site_id, AnswerRow.value)
        .join(AnswerRow, AnswerRow.inspection_id == InspectionRow.id)
        .join(OccurrenceRow, OccurrenceRow.id == InspectionRow.occurrence_id)
        .where(OccurrenceRow.site_id.in_(nights))
        .where(OccurrenceRow.opens_at >= datetime.combine(since, datetime.min.time(), zone))
    )
    found = {}
    for row in session.execute(query):
        if row.value == SLEEPLESS:
            night = row.opens_at.astimezone(zone).date()
            for after in range(1, nights[row.site_id] + 1):
                found[row.by, night + timedelta(days=after)] = _WHY
    return found


def _nights(session: Session, rulebook: RuleBook, organisation_id: str, on: date) -> dict[int, int]:
    """Return how many nights people rest, for each site that such a rule binds."""
    query = select(DutyRow.site_id, DutyRow.rule).filter_by(
        organisation_id=organisation_id, status="binds", valid_until=None, target_kind="site"
    )
    nights: dict[int, int] = {}
    for site_id, rule_id in session.execute(query):
        rule = rulebook.rules.get(rule_id)
        version = rulebook.version(rule, on) if rule else None
        for limit in version.limits if version else ():
            if limit.name == REST_NIGHTS:
                value = limit.value
                if isinstance(value, str):
                    value = rulebook.parameter(value.removeprefix("$"), on)
                nights[site_id] = max(nights.get(site_id, 0), int(value))
    return nights
