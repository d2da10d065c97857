"""How one duty with dated tasks stands, from what the record says of it."""

from dataclasses import dataclass, field
from datetime import date, datetime

from inspections.models import DutyRow
from inspections.queries.coverage_cell import NEVER_PLANNED, NO_DATES, NOBODY, DutyStanding
from inspections.queries.coverage_log import OPEN, DutyLog, NextOne, StateSpan
from inspections.queries.next_dates import Asked, NextDates
from rules.cadence import OnEvent, RandomDraw
from rules.pack import Rule
from rules.rulebook import RuleBook

_NONE = StateSpan(0, None, None, None, None)
# Events that come from the site's calendar; all others must first happen.
_CALENDAR_EVENTS = frozenset(
    {"opening", "closing", "term-start", "term-end", "holiday-start", "holiday-end"}
)


@dataclass
class Standings:
    """Judges duties by one log, worst first; what lies after the plan is asked of the scheduler."""

    log: DutyLog
    dates: NextDates
    rulebook: RuleBook
    now: datetime
    planned_until: date | None
    _today: date = field(init=False)

    def __post_init__(self) -> None:
        """Note the day that rules are asked for."""
        self._today = self.planned_until or self.now.date()

    def of(self, duty: DutyRow, rule: Rule) -> DutyStanding:
        """Return how *duty* stands."""
        if duty.status != "binds":
            return DutyStanding(duty.id, "may-apply")
        seen = _Seen(
            spans=dict(self.log.spans.get(duty.id, {})),
            following=self.log.following.get(duty.id),
            last_on=self._last(duty),
        )
        return self._bad(duty, seen) or self._planned(duty, seen) or self._ahead(duty, rule, seen)

    def _bad(self, duty: DutyRow, seen: "_Seen") -> DutyStanding | None:
        """A task that nobody can do, is past its due time, or was missed."""
        uncovered = seen.first(OPEN, "first_uncovered")
        if uncovered is not None:
            return seen.standing(duty, "gap", gap=NOBODY, at=uncovered)
        overdue = seen.first(OPEN, "first_past")
        if overdue is not None:
            return seen.standing(duty, "overdue", at=overdue)
        missed = seen.span("missed")
        if missed.past:
            return seen.standing(duty, "missed", at=missed.last_past)
        return None

    def _planned(self, duty: DutyRow, seen: "_Seen") -> DutyStanding | None:
        """What stands in the plan, or lies behind."""
        latest, at = seen.latest()
        if seen.following and seen.following.opens_at <= self.now and latest != "late":
            return seen.standing(duty, "in_progress")
        if latest == "late":
            return seen.standing(duty, "late", at=at)
        if latest == "excused":
            return seen.standing(duty, "excused", at=at)
        if seen.following is None:
            return None
        return seen.standing(duty, "done" if seen.last_on else "scheduled")

    def _ahead(self, duty: DutyRow, rule: Rule, seen: "_Seen") -> DutyStanding:
        """Nothing is planned: is it due after the plan, does it wait, or is it forgotten?"""
        version = self.rulebook.version(rule, self._today)
        cadence = version.cadence if version else None
        if isinstance(cadence, OnEvent) and cadence.event not in _CALENDAR_EVENTS:
            return seen.standing(duty, "done" if seen.last_on else "waiting")
        if self.planned_until is None:
            return seen.standing(duty, "gap", gap=NEVER_PLANNED)
        asked = self._asked(duty, rule, seen.last_on)
        following = self.dates.first_after([asked], self.planned_until).get(duty.id)
        if following is None:
            if seen.last_on:
                return seen.standing(duty, "done")
            return seen.standing(duty, "gap", gap=NO_DATES)
        hidden = isinstance(cadence, RandomDraw)
        return DutyStanding(
            duty.id,
            "done" if seen.last_on else "scheduled",
            last_on=seen.last_on,
            next_at=None if hidden else following,
            hidden=hidden,
            beyond_plan=True,
        )

    def _asked(self, duty: DutyRow, rule: Rule, last_on: date | None) -> Asked:
        return Asked(
            duty.id, duty.site_id, rule, duty.target_kind, duty.target, duty.valid_from, last_on
        )

    def _last(self, duty: DutyRow) -> date | None:
        known = [self.log.last.get(duty.id), self.log.before.get((duty.rule, self._target(duty)))]
        return max((one for one in known if one), default=None)

    def _target(self, duty: DutyRow) -> str:
        key = self.dates.site_key(duty.site_id)
        return key if duty.target_kind == "site" else f"{key}/{duty.target}"


@dataclass(frozen=True)
class _Seen:
    """What the log says of one duty."""

    spans: dict[str, StateSpan]
    following: NextOne | None
    last_on: date | None

    def span(self, state: str) -> StateSpan:
        return self.spans.get(state, _NONE)

    def first(self, states: tuple[str, ...], name: str) -> datetime | None:
        found = [getattr(self.span(state), name) for state in states]
        return min((one for one in found if one is not None), default=None)

    def latest(self) -> tuple[str | None, datetime | None]:
        """Return how the last closed one ended, and its due time."""
        ends = [
            (max(filter(None, (span.last_past, span.next_due)), default=None), state)
            for state, span in self.spans.items()
            if state in {"done", "late", "excused"}
        ]
        known = [(at, state) for at, state in ends if at is not None]
        at, state = max(known, default=(None, None))
        return state, at

    def standing(
        self,
        duty: DutyRow,
        state: str,
        *,
        gap: str | None = None,
        at: datetime | None = None,
    ) -> DutyStanding:
        following = self.following
        hidden = following is not None and following.hidden
        return DutyStanding(
            duty.id,
            state,  # type: ignore[arg-type]  # the callers write the admitted words
            gap=gap,
            last_on=self.last_on,
            at=at,
            next_at=following.due_at if following and not hidden else None,
            who=following.who if following and not hidden else (),
            missed=self.span("missed").past,
            hidden=hidden,
            occurrence=following.id if following and not hidden else None,
        )
