"""What applying consequences needs: the record, the rules, the instant, and what was opened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.lookup import work_calendar
from inspections.models import FindingEventRow, FindingRow, SiteRow
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Concerned, Targets
from inspections.reactions.who import Standing
from rules.consequence import Consequence
from rules.rulebook import RuleBook
from scheduler.deadlines import Deadline, deadline
from scheduler.workdays import WorkCalendar

Outcome = Mapping[str, Any]
# Who is written down where no person did it: the same name as for missed occurrences.
MACHINE = "sweep"


@dataclass
class Desk:
    """
    One run of reactions.

    Attributes:
        by: Who is written down for what the machine does.
        findings: Finding of each event that has one, by the event's key.
        opened: Findings that this run opened and that have not been looked at as events yet, with
            what they take over from the events that opened them.
    """

    session: Session
    rulebook: RuleBook
    targets: Targets
    now: datetime
    by: str = MACHINE
    findings: dict[str, int] = field(default_factory=dict)
    opened: dict[int, tuple[Happening, Consequence]] = field(default_factory=dict)
    _calendars: dict[int, WorkCalendar] = field(default_factory=dict)

    @property
    def organisation_id(self) -> str:
        """Id of the organisation."""
        return self.targets.organisation_id

    def concerned(self, happening: Happening) -> Concerned:
        """Return what the event concerns."""
        event = happening.event
        return self.targets.named(event.target, event.target_kind, event.site)

    def calendar(self, site: SiteRow) -> WorkCalendar:
        """Return the calendar of *site*."""
        if site.id not in self._calendars:
            self._calendars[site.id] = work_calendar(self.session, site)
        return self._calendars[site.id]

    def standing(self, happening: Happening) -> Standing:
        """Return how people stand to the event."""
        concerned = self.concerned(happening)
        on = self.now.astimezone(self.calendar(concerned.site).zone).date()
        return Standing(concerned, happening.doer, on)

    def limit(self, happening: Happening, duration: Any) -> Deadline:
        """Return when *duration* after the event ends, on the site's calendar."""
        site = self.concerned(happening).site
        return deadline(happening.event.at, duration, self.calendar(site))

    def note(
        self, finding: FindingRow, data: Mapping[str, Any], *, note: str | None = None
    ) -> None:
        """Write a note into the log of a finding."""
        self.session.add(
            FindingEventRow(
                finding_id=finding.id,
                kind="noted",
                at=self.now,
                by=self.by,
                note=note,
                data=dict(data),
            )
        )
        self.session.flush()
