"""Who is barred from the roster today: without a check passed on the day, nobody is on it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from inspections.models import OrganisationRow
from inspections.reactions.consequences import choice_of, consequences, reactor_of
from inspections.reactions.health_events import GATE_TEXTS, Checked, GateStatus, HealthEvents
from inspections.reactions.targets import Targets
from rules.react import Reactor
from rules.rulebook import RuleBook
from rules.text import Text

__all__ = ["ClosedGate", "GateStatus", "closed_gates"]


@dataclass(frozen=True)
class ClosedGate:
    """
    A person who may not be rostered on a day.

    Attributes:
        rule: The rule that bars: the one with the gate, or the reaction.
        status: `failed`; `missing` once the sweep found it missed; `waiting` before that.
    """

    person: str
    day: date
    rule: str
    status: GateStatus
    text: Text


def closed_gates(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session,
    rulebook: RuleBook,
    *,
    organisation_id: str,
    now: datetime,
    waiting: bool = False,
    sites: Collection[int] | None = None,
) -> tuple[ClosedGate, ...]:
    """
    Return who may not be rostered on the day of *now*: whom a reaction to their check bars.

    Who still has time for the check counts only with *waiting*: a plan made the evening before
    trusts that checks will be passed, a shift that begins does not. A bar is never stored as a
    state: who passes the check after all is free again. With *sites*, ids of rows, by checks at
    these alone.
    """
    targets = Targets(session, organisation_id)
    events = HealthEvents(session, rulebook, targets, now=now)
    zone = session.get_one(OrganisationRow, organisation_id).time_zone
    reactor = reactor_of(rulebook, choice_of(session, organisation_id), zone)
    found: dict[str, ClosedGate] = {}
    for checked in events.today(waiting=waiting, sites=sites):
        rule = _barring(reactor, checked)
        if rule is not None:
            text = _text(rulebook, checked)
            found[checked.person.key] = ClosedGate(
                checked.person.key, checked.day, rule, checked.status, text
            )
    return tuple(found[person] for person in sorted(found))


def _barring(reactor: Reactor, checked: Checked) -> str | None:
    asked = consequences(reactor, checked.happening)
    return next((each.rule for each in asked if each.do.do == "bar"), None)


def _text(rulebook: RuleBook, checked: Checked) -> Text:
    title, name = rulebook.rule(checked.needs).title, checked.person.name
    why = GATE_TEXTS[checked.status]
    return Text(
        zh=f"：{name.zh}{why.zh}（{title.zh}），今日不得排班",
        en=f"{name.en} {why.en} ({title.en}): no work today",
    )
