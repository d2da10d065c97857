"""Gather the alerts of an organisation."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.alerts.alert import Alert, AlertCode
from inspections.alerts.period_counts import PeriodCount, PlannedSpan, period_counts
from inspections.alerts.period_words import period_text
from inspections.alerts.telling import telling
from inspections.gates import closed_gates
from inspections.models import (
    AssignmentRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    PlanRunRow,
    SiteRow,
)
from inspections.reactions.escalations import Escalation, escalations
from inspections.reactions.stops import active_stops
from inspections.rounds.names import people_names, person_text, target_names
from rules.rulebook import RuleBook
from rules.text import Text

_NOBODY = Text(zh="无人任此岗", en="nobody holds that role")
A_MONTH = timedelta(days=31)


def alerts(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    now: datetime,
    since: datetime | None = None,
    sites: Collection[str] = (),
) -> tuple[Alert, ...]:
    """
    Return what needs somebody's eye, in the order of time.

    Periods that ended before *since* (a month before *now* if not given) are not told again.
    What closed with nothing performed counts as not done, swept or not. With *sites*, given by
    key, only what is about them.
    """
    organisation = session.get_one(OrganisationRow, organisation_id)
    zone = ZoneInfo(organisation.time_zone)
    search = _Search(
        session, rulebook, organisation_id, now, since or now - A_MONTH, zone, frozenset(sites)
    )
    drafts = [*search.counts(), *search.without_report(), *search.gates()]
    found = [*search.named(drafts), *search.defaults(), *search.stops(), *search.escalated()]
    return tuple(sorted(found, key=lambda one: (one.at, one.site, one.rule, one.period)))


@dataclass(frozen=True)
class _Draft:
    """An alert about a duty whose target is not named yet."""

    code: AlertCode
    row: Any
    period: str
    what: Text
    at: datetime


@dataclass
class _Search:
    """One look at one organisation."""

    session: Session
    rulebook: RuleBook
    organisation: str
    now: datetime
    since: datetime
    zone: ZoneInfo
    only: frozenset[str] = frozenset()

    def counts(self) -> Iterator[_Draft]:
        """Yield periods with too little done, and those about to end so."""
        planned = self._planned
        if planned is None:
            return
        rows = self.session.execute(self._occurrences)
        for count in period_counts(rows, self.rulebook, planned, now=self.now):
            if count.closes_at < self.since:
                continue
            if count.is_short:
                yield self._counted("short", count)
            elif count.is_ending(self.now):
                yield self._counted("period-ending", count)

    def without_report(self) -> Iterator[_Draft]:
        """Yield what somebody began on an earlier day and never reported."""
        columns = (*self._columns, InspectionRow.started_at, InspectionRow.by)
        query = self._joined(select(*columns))
        query = query.join(InspectionRow, InspectionRow.occurrence_id == OccurrenceRow.id).where(
            InspectionRow.finished_at.is_(None),
            InspectionRow.started_at >= self.since,
            OccurrenceRow.state.not_in(("done", "late")),
        )
        today = self.now.astimezone(self.zone).date()
        for row in self.session.execute(query):
            day = row.started_at.astimezone(self.zone).date()
            if day < today:
                yield _Draft("no-report", row, row.period, self._begun(row, day), row.due_at)

    def defaults(self) -> Iterator[Alert]:
        """Yield overdue findings whose rule says what happens when the deadline is missed."""
        query = select(FindingRow).where(
            FindingRow.organisation_id == self.organisation,
            FindingRow.state != "closed",
            FindingRow.due_at < self.now,
            FindingRow.site_id.in_(self._sites),
        )
        for finding in self.session.scalars(query):
            rule = self.rulebook.rules.get(finding.rule or "")
            on = finding.found_at.astimezone(self.zone).date()
            version = self.rulebook.version(rule, on) if rule else None
            if rule and version and version.on_fail and version.on_fail.default:
                site = self._sites[finding.site_id]
                text = version.on_fail.default
                yield Alert(
                    "default-due", text, rule.id, site.key, finding.title, finding.number,
                    finding.due_at,
                )  # fmt: skip

    def stops(self) -> Iterator[Alert]:
        """Yield what may not be used now."""
        for stop in active_stops(self.session, self.organisation, sites=self.only):
            text = Text(
                zh=f"{stop.what.zh}停用：{stop.reason.zh}（{stop.number}）。",
                en=f"{stop.what.en} stopped: {stop.reason.en} ({stop.number}).",
            )
            yield Alert("stopped", text, stop.rule, stop.site, stop.what, stop.number, stop.since)

    def escalated(self) -> Iterator[Alert]:
        """Yield the highest rung that each finding still open has reached."""
        highest: dict[int, Escalation] = {}
        for one in escalations(self.session, self.organisation, self.since):
            known = highest.get(one.finding_id)
            is_here = not self.only or one.site in self.only
            if (
                is_here
                and one.state != "closed"
                and one.rung
                and (known is None or one.rung >= known.rung)
            ):
                highest[one.finding_id] = one
        for one in highest.values():
            to = person_text(self._people, one.to) if one.to else _NOBODY
            sum_ = one.text or Text(zh=one.number, en=one.number)
            text = Text(
                zh=f"{one.number} {one.title.zh}：升级到第 {one.rung} 级（{to.zh}）；{sum_.zh}。",
                en=f"{one.number} {one.title.en}: rung {one.rung}, {to.en}; {sum_.en}.",
            )
            yield Alert("escalated", text, one.rule or "", one.site, one.title, one.number, one.at)

    def gates(self) -> Iterator[_Draft]:
        """Yield who holds a task of today without having passed the check that it needs."""
        closed = closed_gates(
            self.session,
            self.rulebook,
            organisation_id=self.organisation,
            now=self.now,
            sites=tuple(self._sites),
        )
        for gate in closed:
            day = gate.day.isoformat()
            start = datetime.combine(gate.day, datetime.min.time(), self.zone)
            query = (
                self._joined(select(*self._columns))
                .join(AssignmentRow, AssignmentRow.occurrence_id == OccurrenceRow.id)
                .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
                .where(PersonRow.key == gate.person, OccurrenceRow.planned_on == gate.day)
                .where(OccurrenceRow.due_at >= max(start, self.now))
            )
            for row in self.session.execute(query):
                yield _Draft("gate-closed", row, day, gate.text, row.due_at)

    def _counted(self, code: AlertCode, count: PeriodCount) -> _Draft:
        period = period_text(count.period)
        asked = Text(
            zh=f"{period.zh}：应完成 {count.required} 次，已完成 {count.done} 次",
            en=f"{period.en}: {count.required} asked for, {count.done} done",
        )
        end = count.closes_at.astimezone(self.zone)
        left = Text(
            zh=f"{asked.zh}，{end:%Y-%m-%d %H:%M} 截止",
            en=f"{asked.en}, to be done by {end:%Y-%m-%d %H:%M}",
        )
        text = asked if code == "short" else left
        return _Draft(code, count.row, count.period, text, count.closes_at)

    def _begun(self, row: Any, day: date) -> Text:
        who = person_text(self._people, row.by)
        return Text(
            zh=f"{who.zh}于 {day} 开始，尚未提交报告",
            en=f"{who.en} began it on {day}; no report has been submitted",
        )

    def named(self, drafts: list[_Draft]) -> Iterator[Alert]:
        """Yield the alerts of *drafts*, with all their targets named at once."""
        keys = [(one.row.site_id, one.row.target_kind, one.row.target) for one in drafts]
        names = target_names(self.session, keys)
        for one, key in zip(drafts, keys, strict=True):
            rule = self.rulebook.rules.get(one.row.rule)
            title = rule.title if rule else Text(zh=one.row.rule, en=one.row.rule)
            site, where = self._sites[key[0]], names[key]
            text = Text(
                zh=f"{where.zh}“{title.zh}”{one.what.zh}。",
                en=f"{where.en}, {title.en}: {one.what.en}.",
            )
            yield Alert(one.code, text, one.row.rule, site.key, where, one.period, one.at)

    @property
    def _columns(self) -> tuple[Any, ...]:
        duty = (DutyRow.rule, DutyRow.target_kind, DutyRow.target, DutyRow.valid_from)
        windows = (OccurrenceRow.opens_at, OccurrenceRow.due_at, OccurrenceRow.closes_at)
        own = (OccurrenceRow.duty_id, OccurrenceRow.site_id, OccurrenceRow.period)
        return (*own, *windows, OccurrenceRow.state, *duty)

    def _joined(self, query: Any) -> Any:
        found = (
            query.select_from(OccurrenceRow)
            .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
            .where(DutyRow.organisation_id == self.organisation)
        )
        return found.where(OccurrenceRow.site_id.in_(self._sites)) if self.only else found

    @property
    def _occurrences(self) -> Any:
        return self._joined(select(*self._columns)).where(
            OccurrenceRow.state != "cancelled",
            telling(self.rulebook, since=self.since, now=self.now),
            # Nobody is reminded of what comes as a surprise.
            OccurrenceRow.hidden_until.is_(None) | (OccurrenceRow.hidden_until <= self.now),
        )

    @cached_property
    def _planned(self) -> PlannedSpan | None:
        first, last = func.min(PlanRunRow.since), func.max(PlanRunRow.until)
        query = select(first, last).filter_by(organisation_id=self.organisation)
        span: Any = self.session.execute(query).one()
        return PlannedSpan(span[0], span[1], self.zone) if span[0] is not None else None

    @cached_property
    def _sites(self) -> dict[int, SiteRow]:
        query = select(SiteRow).filter_by(organisation_id=self.organisation)
        if self.only:
            query = query.where(SiteRow.key.in_(self.only))
        return {row.id: row for row in self.session.scalars(query)}

    @cached_property
    def _people(self) -> dict[str, Text]:
        return people_names(self.session, self.organisation)
