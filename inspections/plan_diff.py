"""Show what an edit of facts or rules would do to the plan, then do it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.importing import import_organisation
from inspections.plan_changes import (
    DutyChange,
    OccurrenceChange,
    PlanChanges,
    Reassignment,
)
from inspections.planning import PlanResult, figures, plan
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook


@dataclass(frozen=True)
class PlanDiff:
    """
    What would change; lists are cut at some hundred entries, `counts` are exact.

    Attributes:
        counts: By the names of the lists, only those above 0.
        uncovered: How many occurrences nobody could do afterwards.
    """

    duties_added: tuple[DutyChange, ...]
    duties_ended: tuple[DutyChange, ...]
    added: tuple[OccurrenceChange, ...]
    moved: tuple[OccurrenceChange, ...]
    removed: tuple[OccurrenceChange, ...]
    reassigned: tuple[Reassignment, ...]
    counts: dict[str, int]
    uncovered: int

    @property
    def is_empty(self) -> bool:
        """Whether the plan would stay as it is."""
        return not self.counts


@dataclass(frozen=True)
class Horizon:
    """
    The days to plan, both included, and how.

    Attributes:
        seconds: The solver's limit; nobody is assigned with `assign` off.
    """

    since: date
    until: date
    seed: int = 0
    assign: bool = True
    seconds: float = 5.0


def preview(
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    horizon: Horizon,
    now: datetime,
) -> PlanDiff:
    """
    Return what planning *organisation* would change against the record; nothing is saved.

    It runs the planning itself inside a savepoint and undoes it, so the diff is what will happen.
    """
    session.flush()
    attempt = session.begin_nested()
    try:
        result = _plan(session, rulebook, organisation, horizon, now, by="preview")
    finally:
        attempt.rollback()
        session.expire_all()
    return _diff(result.changes, uncovered=len(result.uncovered))


def apply_change(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    horizon: Horizon,
    now: datetime,
    by: str,
) -> PlanResult:
    """Save *organisation*, plan it anew, and write down who did so."""
    result = _plan(session, rulebook, organisation, horizon, now, by=by)
    note_change(
        session,
        organisation=organisation.id,
        by=by,
        action="plan.applied",
        subject=f"plan-run/{result.run_id}",
        before=None,
        after=figures(result),
        now=now,
    )
    return result


def _plan(  # noqa: PLR0913 (the parts of one planning)
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    horizon: Horizon,
    now: datetime,
    *,
    by: str,
) -> PlanResult:
    import_organisation(session, organisation, now=now, by=by)
    return plan(
        session,
        rulebook,
        organisation_id=organisation.id,
        since=horizon.since,
        until=horizon.until,
        now=now,
        seed=horizon.seed,
        assign=horizon.assign,
        seconds=horizon.seconds,
    )


def _diff(changes: PlanChanges, *, uncovered: int) -> PlanDiff:
    return PlanDiff(
        duties_added=tuple(changes.duties_added),
        duties_ended=tuple(changes.duties_ended),
        added=tuple(changes.added),
        moved=tuple(changes.moved),
        removed=tuple(changes.removed),
        reassigned=tuple(changes.reassigned),
        counts=dict(changes.counts),
        uncovered=uncovered,
    )
