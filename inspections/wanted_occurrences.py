"""Which duties need their occurrences written again, and what they should have."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.expanding import DutyExpander, SiteExpansion, target_name
from inspections.last_performed import counts_from_completion
from inspections.models import (
    DutyRow,
    OccurrenceEventRow,
    OccurrenceRow,
    PerformedRow,
    SiteRow,
)
from inspections.plan_changes import DutyChange
from inspections.plan_outcome import OutcomeDuty
from inspections.planned_occurrences import Wanted
from inspections.stored_duty import StoredDuty
from rules.pack import Rule
from rules.rulebook import RuleBook
from scheduler.occurrence import Occurrence


@dataclass
class WantedOccurrences:
    """Finds, duty by duty, what changed since the last planning by the hash of its inputs."""

    session: Session
    rulebook: RuleBook
    expander: DutyExpander

    def of(self, duties: Iterable[StoredDuty]) -> list[Wanted]:
        """Return the duties whose occurrences may differ from the stored ones."""
        return [wanted for duty in duties if (wanted := self._wanted(duty)) is not None]

    def _wanted(self, duty: StoredDuty) -> Wanted | None:
        rule, site = self._rules.get(duty.rule), self._sites.get(duty.site_id)
        if not duty.binds or rule is None or site is None:
            return None if duty.digest is None else self._entry(duty, None)
        performed = self.last_performed(duty, rule)
        digest = self.expander.digest(duty, rule, site, performed=performed)
        if digest == duty.digest:
            return None
        found = self.expander.occurrences(duty, rule, site, performed=performed)
        return self._entry(duty, digest, priority=self._priorities[rule.id], found=found)

    def _entry(
        self,
        duty: StoredDuty,
        digest: str | None,
        *,
        priority: int = 0,
        found: Iterable[Occurrence] = (),
    ) -> Wanted:
        key = self._site_keys[duty.site_id]
        change = DutyChange(key, duty.rule, duty.target_kind, duty.target, duty.status)
        return Wanted(duty, change, digest, priority, self._zone, found)

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.expander.organisation.time_zone)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        """Rules that make occurrences, by id."""
        return {
            rule.id: rule
            for rule in self.rulebook.rules.values()
            if any(version.cadence is not None for version in rule.versions)
        }

    @cached_property
    def _priorities(self) -> dict[str, int]:
        return {id_: priority_of(rule, self.rulebook) for id_, rule in self._rules.items()}

    @cached_property
    def _site_keys(self) -> dict[int, str]:
        mine = {"organisation_id": self.expander.organisation.id}
        rows = self.session.execute(select(SiteRow.id, SiteRow.key).filter_by(**mine))
        return {row.id: row.key for row in rows}

    @cached_property
    def _sites(self) -> dict[int, SiteExpansion]:
        ids = {key: id_ for id_, key in self._site_keys.items()}
        sites = self.expander.organisation.sites
        return {ids[site.id]: self.expander.site(site) for site in sites}

    def outcome_duties(self, duties: Iterable[StoredDuty]) -> Iterator[OutcomeDuty]:
        """Yield the duties that stand, ready to be told apart from those of a replay."""
        for duty in duties:
            site = self._sites.get(duty.site_id)
            if duty.valid_until is None and site is not None:
                rule = self._rules.get(duty.rule)
                done = self.last_performed(duty, rule) if rule else None
                yield OutcomeDuty(duty, rule, site, done)

    def last_performed(self, duty: StoredDuty, rule: Rule) -> date | None:
        """Return the last day on which *duty* was done, where its next due day hangs on that."""
        if not counts_from_completion(rule):
            return None
        full = target_name(self._site_keys[duty.site_id], duty)
        return self._performed.get(duty.id) or self._before.get((duty.rule, full))

    @cached_property
    def _performed(self) -> dict[int, date]:
        query = (
            select(OccurrenceRow.duty_id, func.max(OccurrenceEventRow.at))
            .join(OccurrenceEventRow, OccurrenceEventRow.occurrence_id == OccurrenceRow.id)
            .join(DutyRow, OccurrenceRow.duty_id == DutyRow.id)
            .where(DutyRow.organisation_id == self.expander.organisation.id)
            .where(OccurrenceRow.site_id.in_(self._sites.keys()))
            .where(OccurrenceEventRow.kind.in_(("performed", "made-up")))
            .group_by(OccurrenceRow.duty_id)
        )
        rows = self.session.execute(query)
        return {duty_id: at.astimezone(self._zone).date() for duty_id, at in rows}

    @cached_property
    def _before(self) -> dict[tuple[str, str], date]:
        mine = {"organisation_id": self.expander.organisation.id, "ended_on": None}
        rows = self.session.scalars(select(PerformedRow).filter_by(**mine))
        return {(row.rule, row.target): row.on for row in rows}


def priority_of(rule: Rule, rulebook: RuleBook) -> int:
    """Return 0 for what law demands, 1 for what it recommends, 2 for rules of the house."""
    if rulebook.pack_of(rule.id).is_house:
        return 2
    return 0 if rulebook.strength(rule) == "mandatory" else 1
