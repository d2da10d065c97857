"""React to events: apply every consequence once, until nothing new follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from inspections.models import FindingRow, OrganisationRow, ReactionAppliedRow
from inspections.reactions.consequences import choice_of, consequences, reactor_of
from inspections.reactions.desk import MACHINE, Desk, Outcome
from inspections.reactions.effects import EFFECTS
from inspections.reactions.finding_events import FindingEvents
from inspections.reactions.findings import find, find_for_answer, note_change
from inspections.reactions.happening import Happening
from inspections.reactions.targets import Targets
from rules.consequence import Consequence
from rules.react import Reactor
from rules.rulebook import RuleBook

# How often findings may be looked at again within one run; the linter refuses endless chains.
_ROUNDS = 8


@dataclass(frozen=True)
class Applied:
    """
    A consequence that was applied now.

    Attributes:
        do: What kind it is, for example `task`.
        outcome: What it came to, for example `{"finding": 12}`.
    """

    key: str
    rule: str
    do: str
    event_key: str
    outcome: Outcome


def react_to(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    happenings: Iterable[Happening],
    *,
    organisation_id: str,
    now: datetime,
    by: str = MACHINE,
) -> tuple[Applied, ...]:
    """
    Apply what follows from *happenings*, each consequence once, and return what was applied.

    Findings that open are events in turn, to a fixed point. Nothing is committed: what follows
    from a record stands or falls with it. The same call again changes nothing.
    """
    targets = Targets(session, organisation_id)
    run = _Run(Desk(session, rulebook, targets, now, by))
    waiting: Sequence[Happening] = list(happenings)
    for _ in range(_ROUNDS):
        if not waiting:
            break
        for happening in waiting:
            run.answer(happening)
        waiting = run.newly_opened()
    if run.applied:
        session.flush()
    return tuple(run.applied)


class _Run:
    """One run: claims each consequence by its key, applies it, and writes down what it came to."""

    def __init__(self, desk: Desk) -> None:
        self.applied: list[Applied] = []
        self._desk = desk
        self._session = desk.session
        organisation = desk.session.get_one(OrganisationRow, desk.organisation_id)
        choice = choice_of(desk.session, desk.organisation_id)
        self._reactor: Reactor = reactor_of(desk.rulebook, choice, organisation.time_zone)

    def answer(self, happening: Happening) -> None:
        """Apply what follows from one event."""
        if happening.answer is not None:
            note_change(self._desk, happening)
        found = self._found(happening)
        known = self._known([each.key for each in found])
        new = [each for each in found if each.key not in known and self._claim(each)]
        findings = [each for each in new if each.do.do == "finding"]
        if happening.answer is not None and findings:
            outcome = find_for_answer(self._desk, happening, findings)
            for each in findings:
                self._done(each, outcome)
        else:
            for each in findings:
                self._done(each, find(self._desk, happening, each))
        for each in new:
            if each.do.do != "finding":
                effect = EFFECTS[each.do.do]
                self._done(each, effect(self._desk, happening, each, each.do))

    def _found(self, happening: Happening) -> list[Consequence]:
        """Return what follows; a known defect raises no alarm again each round."""
        found = consequences(self._reactor, happening)
        is_known = happening.answer is not None and happening.answer.known is not None
        return [each for each in found if not (is_known and each.do.do == "notice")]

    def newly_opened(self) -> list[Happening]:
        """Return the findings opened since the last call, as events that know their origin."""
        opened, self._desk.opened = self._desk.opened, {}
        if not opened:
            return []
        desk = self._desk
        query = select(FindingRow).where(FindingRow.id.in_(list(opened))).order_by(FindingRow.id)
        events = FindingEvents(self._session, desk.rulebook, desk.targets, now=desk.now)
        return [
            from_opening(each, *opened[each.finding])
            for each in events.of(self._session.scalars(query).all())
            if each.finding is not None
        ]

    def _known(self, keys: list[str]) -> frozenset[str]:
        if not keys:
            return frozenset()
        query = select(ReactionAppliedRow.key).where(
            ReactionAppliedRow.organisation_id == self._desk.organisation_id,
            ReactionAppliedRow.key.in_(keys),
        )
        return frozenset(self._session.scalars(query))

    def _claim(self, each: Consequence) -> bool:
        """Write the consequence down before it is applied; false where another did so meanwhile."""
        event = each.event
        values = {
            "organisation_id": self._desk.organisation_id,
            "key": each.key,
            "rule": each.rule,
            "since": each.since,
            "event_kind": event.kind,
            "event_key": event.key,
            "site": event.site,
            "target_kind": event.target_kind,
            "target": event.target,
            "happened_at": event.at,
            "applied_at": self._desk.now,
            "because": _plain(each.because),
            "chain": list(each.chain),
            "consequence": {**each.do.model_dump(mode="json"), "also": list(each.also)},
            "outcome": {},
        }
        insert: Any = postgresql.insert if self._is_postgresql else sqlite.insert
        statement = insert(ReactionAppliedRow).values(**values).on_conflict_do_nothing()
        result: Any = self._session.execute(statement.returning(ReactionAppliedRow.id))
        return result.first() is not None

    @property
    def _is_postgresql(self) -> bool:
        return self._session.get_bind().dialect.name == "postgresql"

    def _done(self, each: Consequence, outcome: Outcome) -> None:
        self._session.execute(
            update(ReactionAppliedRow)
            .where(ReactionAppliedRow.organisation_id == self._desk.organisation_id)
            .where(ReactionAppliedRow.key == each.key)
            .values(outcome=dict(outcome))
        )
        self.applied.append(Applied(each.key, each.rule, each.do.do, each.event.key, outcome))


def from_opening(finding: Happening, opening: Happening, consequence: Consequence) -> Happening:
    """Return a finding as an event that knows what opened it."""
    facts = {**finding.event.facts, **(opening.passes_on or {})}
    event = finding.event
    of = type(event)(
        event.kind, event.key, event.site, event.target_kind, event.target, event.at, facts
    )
    chain = tuple(dict.fromkeys((*consequence.chain, consequence.rule, *consequence.also)))
    return Happening(
        of,
        doer=opening.doer,
        chain=chain,
        finding=finding.finding,
        subject=finding.subject,
    )


def _plain(because: Any) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in because.items()
    }
