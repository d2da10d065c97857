"""An event with what the record knows beside its facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspections.answers import Judged
from inspections.models import InspectionRow
from inspections.reactions.known_defects import KnownDefect
from inspections.target import TargetOfDuty
from rules.consequence import Consequence
from rules.event import Event
from rules.facts import FactValue
from rules.pack import RuleVersion
from rules.text import Text


@dataclass(frozen=True)
class AnswerBehind:
    """
    The answer that an event tells of.

    Attributes:
        rule: Id of the rule whose duty was inspected, and its version where it is in force.
        known: The known defect that the same item has, if it has one that still holds.
    """

    inspection: InspectionRow
    judged: Judged
    on: TargetOfDuty
    rule: str
    version: RuleVersion | None
    known: KnownDefect | None


@dataclass(frozen=True)
class Happening:
    """
    An event and the rows behind it.

    Attributes:
        doer: Key of who did it, or was to do it; nothing for what befell a site.
        declared: What the rule behind the event itself declares, as a consequence: a failed item's
            `on_fail` is a reaction that stands on the duty. It leads where packs ask for the same.
        otherwise: What follows where nobody asks for the same: no failed item is without a finding.
        chain: Reactions that led to the event.
        about: What it is in words, for the title of a finding; the target's name if nothing.
        answer: For events of that kind.
        finding: Id of the finding that it is about.
        gathers: What it shares with others of its kind, for example the missed rule.
        subject: What tasks of it belong to, where that is more than the event itself.
        ticket: Id of the ticket that it is about.
        roles: Roles of the doer, for tasks that fall to whoever of them is on duty.
        passes_on: Facts that a finding opened for it takes over.
    """

    event: Event
    doer: str | None = None
    declared: tuple[Consequence, ...] = ()
    otherwise: tuple[Consequence, ...] = ()
    chain: tuple[str, ...] = ()
    about: Text | None = None
    answer: AnswerBehind | None = None
    finding: int | None = None
    gathers: str = ""
    subject: str | None = None
    ticket: int | None = None
    roles: tuple[str, ...] = ()
    passes_on: Mapping[str, FactValue] | None = None
