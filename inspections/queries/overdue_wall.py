"""What is overdue, inspections and rectifications together, the longest first, and who is next."""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from inspections.models import (
    AssignmentRow,
    DutyRow,
    FindingRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
    OrganisationRow,
    PersonRow,
    SiteRow,
)
from inspections.queries.finding_marks import finding_marks
from inspections.queries.late import Late, NextDue, Wall
from inspections.reactions.next_rung import Ladder, NextRung
from inspections.rounds.names import people_names, person_text, target_names
from inspections.rounds.state import state_at
from rules.rulebook import RuleBook
from rules.text import Text

ROWS = 8


def overdue_wall(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation: str,
    scope: tuple[str, ...],
    page: int,
    now: datetime,
) -> Wall:
    """
    Return one page of what is overdue at the sites of *scope*, or everywhere where it is empty.

    An inspection is overdue from its due instant until it is performed or, where it was missed,
    made up or explained; a finding until it is closed.
    """
    return _Look(session, rulebook, organisation, scope, now).wall(page)


@dataclass
class _Look:
    session: Session
    rulebook: RuleBook
    organisation: str
    scope: tuple[str, ...]
    now: datetime
    zone: ZoneInfo = field(init=False)

    def __post_init__(self) -> None:
        row = self.session.get_one(OrganisationRow, self.organisation)
        self.zone = ZoneInfo(row.time_zone)

    def wall(self, page: int) -> Wall:
        inspections = self._count(OccurrenceRow.id, self._late_occurrences())
        findings = self._count(FindingRow.id, self._late_findings())
        pages = max(1, -(-(inspections + findings) // ROWS))
        page = min(max(1, page), pages)
        calm = inspections + findings == 0
        return Wall(
            self._rows(page),
            inspections,
            findings,
            self._today(),
            self._count(FindingRow.id, [FindingRow.state == "awaiting_verification"]),
            self.session.scalar(self._sites(select(func.count(SiteRow.id)))) or 0,
            page,
            pages,
            self._next_due() if calm else None,
        )

    def _rows(self, page: int) -> tuple[Late, ...]:
        most = page * ROWS
        both = [*self._occurrences(most), *self._findings(most)]
        both.sort(key=lambda one: (one.due_at, one.kind, one.id))
        shown = both[most - ROWS : most]
        return tuple(self._with_next(shown))

    def _with_next(self, shown: list[Late]) -> list[Late]:
        ids = [one.id for one in shown if one.kind == "finding"]
        rows = self.session.scalars(select(FindingRow).where(FindingRow.id.in_(ids)))
        ladder = Ladder(self.session, self.rulebook, self.organisation, now=self.now)
        rungs = ladder.next_rungs(rows)
        names = people_names(self.session, self.organisation)
        return [self._next(one, rungs, names) for one in shown]

    def _next(self, one: Late, rungs: dict[int, NextRung], names: dict[str, Text]) -> Late:
        rung = rungs.get(one.id) if one.kind == "finding" else None
        if rung is None:
            return one
        name = person_text(names, rung.to) if rung.to else None
        return replace(one, next=rung, next_name=name)

    def _occurrences(self, most: int) -> list[Late]:
        query = self._joined(select(OccurrenceRow, DutyRow, SiteRow), OccurrenceRow)
        query = query.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        query = query.where(*self._late_occurrences())
        rows = self.session.execute(
            query.order_by(OccurrenceRow.due_at, OccurrenceRow.id).limit(most)
        ).all()
        owners = self._assigned([row.id for row, _duty, _site in rows])
        targets = {row.id: (site.id, duty.target_kind, duty.target) for row, duty, site in rows}
        names = target_names(self.session, targets.values())
        return [
            self._occurrence(row, duty, site, names[targets[row.id]], owners.get(row.id, ()))
            for row, duty, site in rows
        ]

    def _occurrence(
        self,
        row: OccurrenceRow,
        duty: DutyRow,
        site: SiteRow,
        target: Text,
        owners: tuple[Text, ...],
    ) -> Late:
        rule = self.rulebook.rules.get(duty.rule)
        title = rule.title if rule else Text(zh=duty.rule, en=duty.rule)
        about = title
        if target != site.name:
            about = Text(zh=f"{title.zh}：{target.zh}", en=f"{title.en}: {target.en}")
        return Late(
            "inspection",
            row.id,
            about,
            self.rulebook.clause_text(rule) if rule else None,
            site.name,
            owners,
            row.due_at,
            self._days(row.due_at),
            state_at(row.state, row.closes_at, self.now),
            closes_at=row.closes_at,
        )

    def _findings(self, most: int) -> list[Late]:
        query = self._joined(select(FindingRow, SiteRow.name), FindingRow)
        query = query.where(*self._late_findings())
        rows = self.session.execute(
            query.order_by(FindingRow.due_at, FindingRow.id).limit(most)
        ).all()
        names = people_names(self.session, self.organisation)
        marks = finding_marks(self.session, [row.id for row, _name in rows])
        return [
            Late(
                "finding",
                row.id,
                row.title,
                None,
                site_name,
                (person_text(names, row.owner),) if row.owner else (),
                row.due_at,
                self._days(row.due_at),
                row.state,
                severity=row.severity,
                extensions=marks[row.id].extensions if row.id in marks else 0,
                past_law=row.first_due_at < self.now,
            )
            for row, site_name in rows
        ]

    def _late_findings(self) -> list[Any]:
        return [FindingRow.state != "closed", FindingRow.due_at < self.now]

    def _late_occurrences(self) -> list[Any]:
        explained = exists().where(
            OccurrenceEventRow.occurrence_id == OccurrenceRow.id,
            OccurrenceEventRow.kind == "explained",
        )
        made_up = exists().where(
            InspectionRow.occurrence_id == OccurrenceRow.id, InspectionRow.finished_at.is_not(None)
        )
        return [
            OccurrenceRow.state.in_(("scheduled", "in_progress", "missed")),
            OccurrenceRow.due_at < self.now,
            *self._not_hidden(),
            ~explained,
            ~made_up,
        ]

    def _not_hidden(self) -> list[Any]:
        hidden = OccurrenceRow.hidden_until
        return [hidden.is_(None) | (hidden <= self.now)]

    def _count(self, column: Any, conditions: list[Any]) -> int:
        query = self._joined(select(func.count(column)), column.class_)
        return self.session.scalar(query.where(*conditions)) or 0

    def _joined(self, query: Any, kind: Any) -> Any:
        query = query.select_from(kind).join(SiteRow, SiteRow.id == kind.site_id)
        return self._sites(query)

    def _sites(self, query: Any) -> Any:
        query = query.where(SiteRow.organisation_id == self.organisation)
        return query.where(SiteRow.key.in_(self.scope)) if self.scope else query

    def _today(self) -> int:
        day = self.now.astimezone(self.zone).date() + timedelta(days=1)
        end = datetime.combine(day, time(), self.zone)
        due = (OccurrenceRow.due_at >= self.now, OccurrenceRow.due_at < end)
        to_do = OccurrenceRow.state.in_(("scheduled", "in_progress"))
        open_ones = FindingRow.state.in_(("open", "in_progress"))
        until = (FindingRow.due_at >= self.now, FindingRow.due_at < end)
        occurrences = self._count(OccurrenceRow.id, [to_do, *due, *self._not_hidden()])
        return occurrences + self._count(FindingRow.id, [open_ones, *until])

    def _next_due(self) -> NextDue | None:
        query = self._joined(select(FindingRow, SiteRow.name), FindingRow)
        query = query.where(FindingRow.state.in_(("open", "in_progress")))
        finding = self.session.execute(query.order_by(FindingRow.due_at).limit(1)).first()
        tasks = self._joined(select(OccurrenceRow, DutyRow.rule, SiteRow.name), OccurrenceRow)
        tasks = tasks.join(DutyRow, DutyRow.id == OccurrenceRow.duty_id).where(
            OccurrenceRow.state.in_(("scheduled", "in_progress")),
            OccurrenceRow.due_at >= self.now,
            *self._not_hidden(),
        )
        task = self.session.execute(tasks.order_by(OccurrenceRow.due_at).limit(1)).first()
        found = []
        if finding is not None:
            found.append(NextDue(finding[0].title, finding[1], finding[0].due_at))
        if task is not None:
            rule = self.rulebook.rules.get(task[1])
            title = rule.title if rule else Text(zh=task[1], en=task[1])
            found.append(NextDue(title, task[2], task[0].due_at))
        return min(found, key=lambda one: one.due_at, default=None)

    def _assigned(self, ids: list[int]) -> dict[int, tuple[Text, ...]]:
        query = (
            select(AssignmentRow.occurrence_id, PersonRow.name)
            .join(PersonRow, PersonRow.id == AssignmentRow.person_id)
            .where(AssignmentRow.occurrence_id.in_(ids))
            .order_by(PersonRow.position)
        )
        found: dict[int, tuple[Text, ...]] = {}
        for occurrence, name in self.session.execute(query):
            found[occurrence] = (*found.get(occurrence, ()), name)
        return found

    def _days(self, due_at: datetime) -> int:
        due, today = (at.astimezone(self.zone).date() for at in (due_at, self.now))
        return (today - due).days
