"""Plan an organisation: derive duties, generate occurrences, assign people. Safe to run again."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from inspections.assigning import (
    Assigning,
    AssignmentOutcome,
    UncoveredOccurrence,
    assign_people,
)
from inspections.assignment_problem import is_given_out, is_open
from inspections.draw_secret import draw_seed, make_secret
from inspections.drills.applying import apply_drills
from inspections.expanding import DutyExpander
from inspections.importing import load_from_record
from inspections.kept_inputs import finish_run, keep_run, keep_text, run_before, same_inputs
from inspections.models import DutyRow, OccurrenceRow, PlanRunRow, SiteRow
from inspections.plan_changes import PlanChanges
from inspections.plan_outcome import kept_days, outcome
from inspections.planned_duties import planned_duties, write_duties
from inspections.planned_occurrences import OccurrenceWriter
from inspections.record_digest import canonical
from inspections.stored_duty import StoredDuty, stored_duties
from inspections.wanted_occurrences import WantedOccurrences
from inspections.whatif import within as only_at
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
        settled: How many of them this run had nobody to find for: performed, missed, excused, past
            their due instant, or left to an unannounced drill. The rest is assigned or uncovered,
            where people were assigned.
        assigned: How many of them have people.
        uncovered: Those that nobody can do, with the reason.
        changes: What it changed.
        is_least: Whether it is proved that as much cannot be covered with fewer changes.
        gap: What part of its points another assignment could save at most, as is proved.
    """

    run_id: int
    sites: int
    duties: int
    may_apply: int
    occurrences: int
    settled: int
    assigned: int
    uncovered: tuple[UncoveredOccurrence, ...]
    changes: PlanChanges = field(compare=False)
    is_least: bool | None = None
    gap: float | None = None


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
    within: frozenset[date] | None = None,
    sites: Collection[str] = (),
) -> PlanResult:
    """
    Plan the days from *since* to *until*, both included, from what the record says.

    Occurrences are found by duty and period, so planning again adds nothing twice. What is past,
    started or performed never changes. Nothing is committed. The seed is that of random draws and
    of the solver, which may take some `seconds`; without `assign` nobody is assigned. `progress`
    is called with the stage, what is done of it and the whole. Where `within` names days, people
    change on these alone, and on those where somebody can no longer do what they had, and as
    little as possible: that is for a change in the day. Where `sites` names keys, these alone are
    planned, and what their people have at other sites stands as it is.
    """
    around = load_from_record(session, organisation_id, sites=sites)
    organisation = only_at(around, tuple(sites))
    book = rulebook.for_organisation(organisation)
    run = keep_run(session, organisation, book, span=(since, until), seed=seed, now=now)
    told = (since, until), now, seed, progress or _quiet, tuple(sites)
    planning = _Planning(session, organisation, book, *told)
    unchanged = same_inputs(session, run)
    duties = planning.duties(unchanged=unchanged)
    planning.write_occurrences(duties)
    kept = planning.keep_outcome(run, duties, unchanged=unchanged)
    assigned = AssignmentOutcome()
    if assign:
        how = replace(planning.assigning(seconds, run.id), within=within, sites=frozenset(sites))
        assigned = assign_people(session, around, book, how)
    result = planning.result(run.id, assigned)
    finish_run(run, {**figures(result), "gap": result.gap, "outcome": kept})
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
        "settled": result.settled,
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
    sites: tuple[str, ...] = ()
    changes: PlanChanges = field(default_factory=PlanChanges)
    wanted: WantedOccurrences = field(init=False)

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
        """Row ids of the sites that are planned, ended ones too."""
        query = select(SiteRow.key, SiteRow.id).filter_by(organisation_id=self.organisation.id)
        if self.sites:
            query = query.where(SiteRow.key.in_(self.sites))
        return {row.key: row.id for row in self.session.execute(query)}

    @property
    def _only(self) -> Collection[int] | None:
        """Row ids of the sites where only some are planned."""
        return tuple(self.site_ids.values()) if self.sites else None

    def duties(self, *, unchanged: bool) -> list[StoredDuty]:
        """Derive and store the duties where inputs changed; return all, ended ones too, by site."""
        self.progress("derive", 0, 1)
        if not unchanged:
            self._write_duties()
        self.progress("derive", 1, 1)
        return list(stored_duties(self.session, self.organisation.id, sites=self._only))

    def _write_duties(self) -> None:
        since, until = self.days
        planned = planned_duties(
            self.organisation, self.rulebook, self.site_ids, since=since, until=until
        )
        write_duties(
            self.session,
            self.organisation.id,
            planned,
            since=since,
            changes=self.changes,
            sites=self._only,
        )

    def write_occurrences(self, duties: list[StoredDuty]) -> None:
        """Bring the occurrences of every duty that may have changed to its expansion."""
        since, until = self.days
        start, end = self.span
        writer = OccurrenceWriter(self.session, self.now, start, end, self.changes)
        make_secret(self.session, self.organisation.id, now=self.now)
        seed = draw_seed(self.session, self.organisation.id, self.seed, at=self.now)
        expander = DutyExpander(self.organisation, since, until, seed)
        self.wanted = WantedOccurrences(self.session, self.rulebook, expander)
        for done, batch in enumerate(batched(duties, DUTIES_AT_ONCE)):
            self.progress("expand", done * DUTIES_AT_ONCE, len(duties))
            writer.write(self.wanted.of(batch))
        writer.flush()
        self.session.flush()
        apply_drills(self.session, self.organisation.id, now=self.now, sites=self._only)
        self.progress("expand", len(duties), len(duties))

    def keep_outcome(self, run: PlanRunRow, duties: list[StoredDuty], *, unchanged: bool) -> str:
        """Keep what the run came to, and the days it counted from; return the hash of the first."""
        standing = tuple(self.wanted.outcome_duties(duties))
        counted = kept_days(standing, self.days[0])
        run.performed_digest = keep_text(self.session, "performed", canonical(counted))
        before = run_before(self.session, run) if unchanged else None
        if before is not None and before.performed_digest == run.performed_digest:
            return str(before.result["outcome"])
        told = outcome(standing, self.wanted.expander)
        return keep_text(self.session, "outcome", canonical(told))

    def assigning(self, seconds: float, run_id: int) -> Assigning:
        """Return what the assignment needs to know of this run."""
        return Assigning(
            self.span, self.now, self.seed, seconds, run_id, self.changes, self.progress
        )

    def result(self, run_id: int, outcome: AssignmentOutcome) -> PlanResult:
        """Count what stands now."""
        mine = select(func.count()).select_from(DutyRow).filter_by(valid_until=None)
        mine = mine.where(
            DutyRow.organisation_id == self.organisation.id
            if self._only is None
            else DutyRow.site_id.in_(self._only)
        )
        return PlanResult(
            run_id=run_id,
            sites=len(self.organisation.sites),
            duties=self.session.scalar(mine.filter_by(status="binds")) or 0,
            may_apply=self.session.scalar(mine.filter_by(status="may-apply")) or 0,
            occurrences=self._count(),
            settled=self._count() - self._count(is_open(self.now), is_given_out()),
            assigned=outcome.assigned,
            uncovered=outcome.uncovered,
            changes=self.changes,
            is_least=outcome.is_least,
            gap=outcome.gap,
        )

    def _count(self, *which: ColumnElement[bool]) -> int:
        """Count the occurrences of the horizon, without cancelled ones."""
        start, end = self.span
        query = (
            select(func.count(OccurrenceRow.id))
            .where(OccurrenceRow.site_id.in_(self.site_ids.values()))
            .where(OccurrenceRow.due_at >= start, OccurrenceRow.due_at < end)
            .where(OccurrenceRow.state != "cancelled", *which)
        )
        return self.session.scalar(query) or 0


def batched(rows: Iterable[StoredDuty], size: int) -> Iterator[tuple[StoredDuty, ...]]:
    """Yield *rows* in tuples of *size*; the last one may be shorter."""
    rest = iter(rows)
    while batch := tuple(islice(rest, size)):
        yield batch


def _quiet(_stage: str, _done: int, _total: int) -> None:
    """Say nothing."""
