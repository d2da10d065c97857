"""One organisation's record, with everything looked up by the names that people use."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from features.steps.moments import told
from inspections.alerts import Alert, alerts
from inspections.database import Session
from inspections.errors import Refused
from inspections.evidence import EvidenceStore
from inspections.models import (
    AssetRow,
    DutyRow,
    FindingRow,
    OccurrenceRow,
    PersonRow,
    PlaceRow,
    PostRow,
    SiteRow,
)
from inspections.planning import PlanResult, plan
from rules.rulebook import RuleBook


@dataclass
class World:
    """
    What the steps of one scenario share.

    Attributes:
        findings: Ids of findings opened by the last inspection.
        finding: The finding last opened or reported.
        refusal: What the last step was refused for; a step that expects none looks here.
        occurrence: The task last spoken of.
        held: Tasks that somebody held before a plan was made again.
        runs: Roster drafts by the key of their site.
    """

    session: Session
    rulebook: RuleBook
    organisation: str
    store: EvidenceStore
    now: datetime
    findings: tuple[int, ...] = ()
    finding: int | None = None
    refusal: Refused | None = None
    occurrence: int | None = None
    verdict: str | None = None
    ticket: int | None = None
    held: set[int] = field(default_factory=set)
    runs: dict[str, int] = field(default_factory=dict)

    def person(self, name: str) -> str:
        """Return the key of the person called *name*."""
        query = select(PersonRow).filter_by(organisation_id=self.organisation)
        return _only(name, [row.key for row in self.session.scalars(query) if row.name.zh == name])

    def site(self, name: str) -> SiteRow:
        """Return the site called *name*."""
        query = select(SiteRow).filter_by(organisation_id=self.organisation)
        return _only(name, [row for row in self.session.scalars(query) if row.name.zh == name])

    def rule(self, title: str) -> str:
        """Return the id of the rule with this title that binds somewhere in the organisation."""
        query = select(DutyRow.rule).filter_by(organisation_id=self.organisation).distinct()
        bound = list(self.session.scalars(query))
        known = [self.rulebook.rules[id_] for id_ in bound if id_ in self.rulebook.rules]
        return _only(title, [rule.id for rule in known if rule.title.zh == title])

    def duties(self, title: str, where: str) -> list[DutyRow]:
        """Return the duties of a rule at a site, a place, an asset or a person."""
        rule = self.rule(title)
        query = select(DutyRow).filter_by(organisation_id=self.organisation, rule=rule)
        wanted = self.targets(where)
        rows = [row for row in self.session.scalars(query) if self._is_at(row, wanted)]
        assert rows, f"{title} binds nothing at {where}"
        return rows

    def targets(self, where: str) -> set[tuple[int | None, str]]:
        """Return site and key of everything called *where*, written as “site的thing” if need be."""
        site_name, _, thing = where.rpartition("的")
        found: set[tuple[int | None, str]] = set()
        for site in self.session.scalars(
            select(SiteRow).filter_by(organisation_id=self.organisation)
        ):
            if site.name.zh == where:
                return {(site.id, site.key)}
            if site_name in ("", site.name.zh):
                for table in (PlaceRow, AssetRow, PostRow):
                    rows = self.session.scalars(select(table).filter_by(site_id=site.id))
                    found |= {(site.id, row.key) for row in rows if row.name.zh == thing}
        people = select(PersonRow).filter_by(organisation_id=self.organisation)
        found |= {(None, p.key) for p in self.session.scalars(people) if p.name.zh == where}
        assert found, f"There is nothing called {where}"
        return found

    def occurrences(self, title: str, where: str | None = None) -> list[OccurrenceRow]:
        """Return the tasks of a rule, cancelled ones left out, in the order of time."""
        if where is None:
            mine = select(DutyRow.id).filter_by(
                organisation_id=self.organisation, rule=self.rule(title)
            )
        else:
            mine = [row.id for row in self.duties(title, where)]
        query = select(OccurrenceRow).where(OccurrenceRow.duty_id.in_(mine))
        query = query.where(OccurrenceRow.state != "cancelled")
        return list(self.session.scalars(query.order_by(OccurrenceRow.due_at, OccurrenceRow.id)))

    def occurrence_at(self, title: str, where: str, at: datetime) -> OccurrenceRow:
        """Return the task whose window holds *at*, else the next one after it."""
        rows = self.occurrences(title, where)
        found = [row for row in rows if at <= row.closes_at and row.state not in ("done", "late")]
        assert found, f"No task of {title} at {where} is open at {told(at)} or later"
        return found[0]

    def missed_before(self, title: str, where: str, at: datetime) -> OccurrenceRow:
        """Return the task that was missed last before *at*."""
        rows = self.occurrences(title, where)
        found = [row for row in rows if row.closes_at < at and row.state == "missed"]
        assert found, f"No task of {title} at {where} was missed before {told(at)}"
        return found[-1]

    def last_finding(self) -> FindingRow:
        """Return the finding last opened."""
        assert self.finding, "No finding was opened"
        return self.session.get_one(FindingRow, self.finding)

    def replan(self, since: date, until: date, *, assign: bool = False) -> PlanResult:
        """Plan some days with what the record says now."""
        return plan(
            self.session,
            self.rulebook,
            organisation_id=self.organisation,
            since=since,
            until=until,
            now=self.now,
            assign=assign,
            seconds=5,
        )

    def alerts(self, title: str, *codes: str) -> list[Alert]:
        """Return the alerts about a rule, of some kinds."""
        rule = self.rule(title)
        found = alerts(self.session, self.rulebook, organisation_id=self.organisation, now=self.now)
        return [one for one in found if one.rule == rule and one.code in codes]

    def _is_at(self, row: DutyRow, wanted: set[tuple[int | None, str]]) -> bool:
        return (row.site_id, row.target) in wanted or (None, row.target) in wanted


def _only(name: str, found: list[Any]) -> Any:
    assert 1 == len(found), f"{len(found)} are called {name}: {found}"
    return found[0]
