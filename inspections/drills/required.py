"""The drills that duties ask for in a year, each with its window."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from inspections.draw_secret import draw_seed
from inspections.drills.kinds import drill_rules, kind_of, may_be_hidden
from inspections.expanding import DutyExpander
from inspections.models import DutyRow, SiteRow
from inspections.stored_duty import StoredDuty
from inspections.wanted_occurrences import WantedOccurrences, priority_of
from rules.cadence import Count
from rules.organisation.model import Organisation
from rules.pack import Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.occurrence import Occurrence


@dataclass(frozen=True)
class Required:
    """
    A drill that a duty asks for in a period.

    Attributes:
        duty: Row id of the duty; with `period` it is the identity of the occurrence.
        site: Key of the site.
        since: First day of the window on the site's clock, included.
        until: Last day, included.
        gap: Days between two drills of the duty, at least.
        priority: 0 demanded by law, 1 recommended by law, 2 of the house.
        must_be_hidden: Whether its rule says that nobody is told before.
        may_be_hidden: Whether its rule leaves that to the house.
        roles: Who may lead it; empty means anybody.
    """

    duty: int
    period: str
    site: str
    rule: str
    kind: str
    opens_at: datetime
    due_at: datetime
    closes_at: datetime
    since: date
    until: date
    gap: int
    priority: int
    minutes: int
    must_be_hidden: bool
    may_be_hidden: bool
    title: Text
    clause: Text
    scenarios: tuple[Text, ...]
    roles: tuple[str, ...]

    @property
    def key(self) -> tuple[int, str]:
        """What it is found by."""
        return self.duty, self.period


def required_drills(
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    year: int,
    *,
    now: datetime,
) -> tuple[Required, ...]:
    """
    Return the drills that the duties in force ask for in *year*, by site and due time.

    *rulebook* is the one that binds the organisation; where that is a part of one, its sites alone
    count. Duties stand from the latest planning; one that began inside the year asks for nothing
    before.
    """
    rules = drill_rules(rulebook)
    since, until = date(year, 1, 1), date(year, 12, 31)
    seed = draw_seed(session, organisation.id, 0, at=now)
    expander = DutyExpander(organisation, since, until, seed)
    wanted = WantedOccurrences(session, rulebook, expander)
    making = _Making(rulebook, ZoneInfo(organisation.time_zone))
    sites = {site.id: site for site in organisation.sites}
    found: list[Required] = []
    for key, duties in groupby(_duties(session, organisation, rules), key=itemgetter(1)):
        expansion = expander.site(sites[key])
        for duty, _ in duties:
            rule = rules[duty.rule]
            performed = wanted.last_performed(duty, rule)
            made = expander.occurrences(duty, rule, expansion, performed=performed)
            found += making.of(rule, duty, key, made)
    order = {site.id: number for number, site in enumerate(organisation.sites)}
    return tuple(sorted(found, key=lambda one: (order[one.site], one.due_at, one.duty)))


@dataclass
class _Making:
    """Turns occurrences of drill rules into drills wanted."""

    rulebook: RuleBook
    zone: ZoneInfo

    def of(
        self, rule: Rule, duty: StoredDuty, site: str, made: Iterable[Occurrence]
    ) -> Iterator[Required]:
        priority, clause = priority_of(rule, self.rulebook), self.rulebook.clause_text(rule)
        for one in made:
            until = one.due_at.astimezone(self.zone).date()
            version = self.rulebook.version(rule, until)
            if version is None:
                continue
            yield Required(
                duty=duty.id,
                period=one.period,
                site=site,
                rule=rule.id,
                kind=kind_of(rule, version),
                opens_at=one.opens_at,
                due_at=one.due_at,
                closes_at=one.closes_at,
                since=one.opens_at.astimezone(self.zone).date(),
                until=until,
                gap=_gap(version),
                priority=priority,
                minutes=version.minutes,
                must_be_hidden=not version.announced,
                may_be_hidden=may_be_hidden([version]),
                title=rule.title,
                clause=clause,
                scenarios=version.scenarios,
                roles=version.people.roles,
            )


def _gap(version: RuleVersion) -> int:
    return version.cadence.min_gap_days if isinstance(version.cadence, Count) else 0


def asks_for_drills(session: Session, rulebook: RuleBook, organisation_id: str) -> bool:
    """Tell whether any duty of the organisation asks for drills."""
    query = _of_rules(select(DutyRow.id), organisation_id, drill_rules(rulebook))
    return session.scalars(query.limit(1)).first() is not None


def _duties(
    session: Session, organisation: Organisation, rules: Iterable[str]
) -> Iterator[tuple[StoredDuty, str]]:
    columns = [getattr(DutyRow, name) for name in StoredDuty.__slots__]
    query = _of_rules(select(*columns, SiteRow.key), organisation.id, rules)
    query = query.join(SiteRow, SiteRow.id == DutyRow.site_id)
    query = query.where(SiteRow.key.in_([site.id for site in organisation.sites]))
    for *values, key in session.execute(query.order_by(DutyRow.site_id, DutyRow.id)):
        yield StoredDuty(*values), key


def _of_rules(query: Select[Any], organisation_id: str, rules: Iterable[str]) -> Select[Any]:
    return query.where(
        DutyRow.organisation_id == organisation_id,
        DutyRow.rule.in_(list(rules)),
        DutyRow.status == "binds",
        DutyRow.valid_until.is_(None),
        DutyRow.target_kind == "site",
    )
