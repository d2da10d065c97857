"""When each duty was last done, as far as its next dates hang on that."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.models import DutyRow, OccurrenceEventRow, OccurrenceRow, SiteRow
from rules.cadence import MaxGap
from rules.organisation.happened import Performed
from rules.organisation.model import Organisation
from rules.pack import Rule
from rules.rulebook import RuleBook


def counts_from_completion(rule: Rule) -> bool:
    """Tell whether the next due day of a duty under *rule* may hang on when it was last done."""
    return any(
        version.anchor == "completion" or isinstance(version.cadence, MaxGap)
        for version in rule.versions
    )


def with_last_performed(
    session: Session, organisation: Organisation, rulebook: RuleBook
) -> Organisation:
    """Return *organisation* with what the record knows of the last performances, by full target."""
    return organisation.model_copy(
        update={"performed": last_performed(session, organisation, rulebook)}
    )


def last_performed(
    session: Session, organisation: Organisation, rulebook: RuleBook
) -> tuple[Performed, ...]:
    """Return the last days of performance, those that were stated beforehand included, in order."""
    found: dict[tuple[str, str], date] = {}
    for done in organisation.performed:
        key = (done.rule, done.target)
        found[key] = max(done.on, found.get(key, done.on))
    rules = [id_ for id_, rule in rulebook.rules.items() if counts_from_completion(rule)]
    found |= dict(_recorded(session, organisation, rules))
    return tuple(
        Performed(rule=rule, target=target, on=on) for (rule, target), on in sorted(found.items())
    )


def _recorded(
    session: Session, organisation: Organisation, rules: list[str]
) -> list[tuple[tuple[str, str], date]]:
    zone = ZoneInfo(organisation.time_zone)
    query = (
        select(
            DutyRow.rule,
            SiteRow.key,
            DutyRow.target_kind,
            DutyRow.target,
            func.max(OccurrenceEventRow.at).label("at"),
        )
        .join(OccurrenceRow, OccurrenceRow.duty_id == DutyRow.id)
        .join(OccurrenceEventRow, OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
        .join(SiteRow, SiteRow.id == DutyRow.site_id)
        .where(DutyRow.organisation_id == organisation.id, DutyRow.rule.in_(rules))
        .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
        .group_by(DutyRow.rule, SiteRow.key, DutyRow.target_kind, DutyRow.target)
    )
    return [
        ((row.rule, _full(row.key, row.target_kind, row.target)), row.at.astimezone(zone).date())
        for row in session.execute(query)
    ]


def _full(site: str, kind: str, target: str) -> str:
    return site if kind == "site" else f"{site}/{target}"
