"""The rule and version behind an occurrence, and the checklist that goes with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from inspections.lookup import duty_of, work_calendar
from inspections.models import OccurrenceRow, SiteRow
from rules.checklist import Checklist, PassFailItem
from rules.pack import Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class RuleInForce:
    """A rule with the version that covers the local day of an instant."""

    rule: Rule
    version: RuleVersion


def rule_behind(
    session: Session, rulebook: RuleBook, occurrence: OccurrenceRow
) -> RuleInForce | None:
    """Return the rule of *occurrence* on its due day; nothing if the rule left the rule book."""
    site = session.get_one(SiteRow, occurrence.site_id)
    rule = rulebook.rules.get(duty_of(session, occurrence).rule)
    return None if rule is None else in_force(session, rulebook, rule, (site, occurrence.due_at))


def in_force(
    session: Session, rulebook: RuleBook, rule: Rule, where_and_when: tuple[SiteRow, datetime]
) -> RuleInForce | None:
    """Return *rule* with its version at a site and instant."""
    site, at = where_and_when
    day = at.astimezone(work_calendar(session, site).zone).date()
    version = rulebook.version(rule, day)
    return None if version is None else RuleInForce(rule, version)


def checklist_for(rulebook: RuleBook, found: RuleInForce | None) -> Checklist:
    """Return the checklist that the version names, else one item: the rule itself."""
    if found is not None and found.version.checklist is not None:
        return rulebook.checklist(found.version.checklist)
    rule = found.rule if found else None
    title = rule.title if rule else Text(zh="检查", en="Check")
    item = PassFailItem(
        type="pass-fail",
        id="requirement",
        title=Text(zh=f"符合要求：{title.zh}", en=f"Meets the requirement: {title.en}"),
        clause=rule.source.clause if rule else None,
    )
    return Checklist(id=f"generic-{rule.id}" if rule else "generic", title=title, items=(item,))
