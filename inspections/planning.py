"""Plan an organisation: derive duties, generate occurrences, assign people. Safe to run again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.assigning import (
    Assigning,
    AssignmentOutcome,
    UncoveredOccurrence,
    assign_people,
)
from inspections.expanding import DutyExpander
from inspections.importing import load_from_record
from inspections.kept_inputs import finish_run, keep_run, same_inputs
from inspections.models import DutyRow, OccurrenceRow, SiteRow
from inspections.plan_changes import PlanChanges
from inspections.planned_duties import planned_duties, write_duties
from inspections.planned_occurrences import OccurrenceWriter
from inspections.stored_duty import StoredDuty, stored_duties
from inspections.wanted_occurrences import WantedOccurrences
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

DUTIES_AT_ONCE = 400
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class PlanResult:
    """
    What a planning came to.

    Attributes:
        duties: Duties that bind; `may_apply` wait for a fact or a decision.
        occurrences: Occurrences of the horizon that stand after it, without cancelled ones.
        assigned: How many of them have people.
        uncovered: Those that nobody can do, with the reason.
        changes: What it changed.
    """

    run_id: int
    sites: int
    duties: int
    may_apply: int
    occurrences: int
    assigned: int
    uncovered: tuple[UncoveredOccurrence, ...]
    changes: PlanChanges = field(compare=False)


def plan(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    since: date,
    until: date,
    now: datetime,
    seed: int = 0,
    assign: bool = True,
    seconds: float = 10.0,
    progress: Progress | None = None,
) -> PlanResult:
    """
    Plan the days from *since* to *until*, both included, from what the record says.

    Occurrences are found by duty and period, so planning again adds nothing twice. What is past,
    started or performed never changes. Nothing is committed. The seed is that of random draws and
    of the solver, which may take some `seconds`; without `assign` nobody is assigned. `progress`
    is called with the stage, what is done of it and the whole.
    """
    organisation = load_from_record(session, organisation_id)
    book = rulebook.for_organisation(organisation)
    run = keep_run(session, organisation, book, span=(since, until), seed=seed, now=now)
    planning = _Planning(session, organisation, book, (since, until), now, seed, progress or _quiet)
    duties = planning.duties(unchanged=same_inputs(session, run))
    planning.write_occurrences(duties)
    outcome = AssignmentOutcome()
    if assign:
        how = planning.assigning(seconds, run.id)
        outcome = assign_people(session, organisation, book, how)
    result = planning.result(run.id, outcome)
    finish_run(run, figures(result))
    session.flush()
    session.expire_all()  # The bulk writes went past the objects that the session holds.
    return result


def figures(result: PlanResult) -> dict[str, int]:
    """Return the counts of *result* as plain data."""
    kinds = ("duties_added", "duties_ended", "added", "moved", "removed", "reassigned")
    return {
        "sites": result.sites,
        "duties": result.duties,
        "may_apply": result.may_apply,
        "occurrences": result.occurrences,
        "assigned": result.assigned,
        "uncovered": len(result.uncovered),
        **{kind: result.changes.count(kind) for kind in kinds},
    }


@dataclass
class _Planning:
    """One planning run over one horizon."""

    session: Session
    organisation: Organisation
    rulebook: RuleBook
    days: tuple[date, date]
    now: datetime
    seed: int
    progress: Progress
    changes: PlanChanges = field(default_factory=PlanChanges)

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """First instant of the horizon, and the first after it."""
        zone = ZoneInfo(self.organisation.time_zone)
        since, until = self.days
        start = datetime.combine(since, time(), zone)
        end = datetime.combine(until + timedelta(days=1), time(), zone)
        return start.astimezone(UTC), end.astimezone(UTC)

    @cached_property
    def site_ids(self) -> dict[str, int]:
        query = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=self.organisation.id)
        return {row.key: row.id for row in self.session.execute(query)}

    def duties(self, *, unchanged: bool) -> list[StoredDuty]:
        """Derive and store the duties where inputs changed; return all, ended ones too, by site."""
        self.progress("derive", 0, 1)
        if not unchanged:
            self._write_duties()
        self.progress("derive", 1, 1)
        return list(stored_duties(self.session, self.organisation.id))

    def _write_duties(self) -> None:
        since, until = self.days
        planned = planned_duties(
            self.organisation, self.rulebook, self.site_ids, since=since, until=until
        )
        write_duties(self.session, self.organisation.id, planned, since=since, changes=self.changes)

    def write_occurrences(self, duties: list[StoredDuty]) -> None:
        """Bring the occurrences of every duty that may have changed to its expansion."""
        since, until = self.days
        start, end = self.span
        writer = OccurrenceWriter(self.session, self.now, start, end, self.changes)
        seed = f"{self.organisation.id}:{self.seed}"
        wanted = WantedOccurrences(
            self.session, self.rulebook, DutyExpander(self.organisation, since, until, seed)
        )
        for done, batch in enumerate(batched(duties, DUTIES_AT_ONCE)):
            self.progress("expand", done * DUTIES_AT_ONCE, len(duties))
            writer.write(wanted.of(batch))
        writer.flush()
        self.session.flush()
        self.progress("expand", len(duties), len(duties))

    def assigning(self, seconds: float, run_id: int) -> Assigning:
        """Return what the assignment needs to know of this run."""
        return Assigning(
            self.span, self.now, self.seed, seconds, run_id, self.changes, self.progress
        )

    def result(self, run_id: int, outcome: AssignmentOutcome) -> PlanResult:
        """Count what stands now."""
        mine = select(func.count()).select_from(DutyRow)
        mine = mine.filter_by(organisation_id=self.organisation.id, valid_until=None)
        return PlanResult(
            run_id=run_id,
            sites=len(self.organisation.sites),
            duties=self.session.scalar(mine.filter_by(status="binds")) or 0,
            may_apply=self.session.scalar(mine.filter_by(status="may-apply")) or 0,
            occurrences=self._occurrences(),
            assigned=outcome.assigned,
            uncovered=outcome.uncovered,
            changes=self.changes,
        )

    def _occurrences(self) -> int:
        start, end = self.span
        query = (
            select(func.count(OccurrenceRow.id))
            .where(OccurrenceRow.site_id.in_(self.site_ids.values()))
            .where(OccurrenceRow.due_at >= start, OccurrenceRow.due_at < end)
            .where(OccurrenceRow.state != "cancelled")
        )
        return self.session.scalar(query) or 0


def batched(rows: Iterable[StoredDuty], size: int) -> Iterator[tuple[StoredDuty, ...]]:
    """Yield *rows* in tuples of *size*; the last one may be shorter."""
    rest = iter(rows)
    while batch := tuple(islice(rest, size)):
        yield batch


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""
