"""A draft tried on the calendar: its next dates, and what it would change."""

from dataclasses import dataclass
from datetime import timedelta

from inspections.whatif import WhatIf, what_if
from rules.authoring.draft_text import DraftText
from rules.explanation import explanations
from rules.faults import Fault, InputInvalid
from rules.pack import Rule
from rules.text import Text
from rules.whatif.changes import PutPack
from scheduler.duties import calendars
from scheduler.duty_contexts import Contexts
from scheduler.next_due import binding_at, next_due
from scheduler.occurrence import Occurrence
from scheduler.whatif.effect import Effect
from web.authentication import viewer
from web.authoring.draft import organisation
from web.database import now, session
from web.formatting import today
from web.rulebook import rulebook

DATES = 10
WEEKS = 13


@dataclass(frozen=True)
class RuleEffect:
    """What changes for one rule."""

    title: Text
    added: int
    removed: int
    moved: int


@dataclass(frozen=True)
class Tried:
    """
    What a trial came to.

    Attributes:
        faults: What must be mended first; then there is nothing else.
        binds: Targets that the rule shown binds; the dates are those of the first.
    """

    faults: tuple[Fault, ...] = ()
    rule: Rule | None = None
    binds: tuple[str, ...] = ()
    may_apply: int = 0
    dates: tuple[Occurrence, ...] = ()
    effect: Effect | None = None
    by_rule: tuple[RuleEffect, ...] = ()

    @property
    def minutes_a_week(self) -> tuple[int, int]:
        """Minutes of staff in an average week, before and after."""
        if self.effect is None:
            return 0, 0
        return self.effect.before.minutes // WEEKS, self.effect.after.minutes // WEEKS


def tried(read: DraftText, index: int) -> Tried:
    """Try the draft on the next thirteen weeks, with the rule at *index* in full."""
    if read.faults or read.book is None:
        return Tried(read.faults)
    here = viewer()
    question = WhatIf(
        (PutPack(change="put-pack", text=read.text),),
        until=today() + timedelta(weeks=WEEKS) - timedelta(days=1),
    )
    try:
        effect = what_if(session(), rulebook(), here.organisation, question, now=now())
    except InputInvalid as invalid:
        return Tried(invalid.faults)
    rule = read.sound_rule(index)
    found = _standing(read, rule) if rule is not None else ((), 0, ())
    return Tried((), rule, *found, effect, tuple(_by_rule(read, effect)))


def _standing(read: DraftText, rule: Rule) -> tuple[tuple[str, ...], int, tuple[Occurrence, ...]]:
    book, here = read.book, organisation()
    if book is None:
        return (), 0, ()
    told = [each for each in explanations(book, here, rule.id, today()) if viewer().sees(each.site)]
    binds = [each for each in told if each.standing == "binds"]
    may = sum(each.standing == "may-apply" for each in told)
    if not binds:
        return (), may, ()
    first = binds[0]
    context = Contexts(here, here.id).of(binding_at(rule, first.site, first.target))
    calendar = calendars(here)[first.site]
    dates = next_due(rule, calendar, context, since=today(), count=DATES)
    return tuple(each.target for each in binds), may, dates


def _by_rule(read: DraftText, effect: Effect) -> list[RuleEffect]:
    rules = {**rulebook().rules, **(read.book.rules if read.book else {})}
    return [
        RuleEffect(
            rules[name].title if name in rules else Text(zh=name, en=name),
            counts.get("added", 0),
            counts.get("removed", 0),
            counts.get("moved", 0),
        )
        for name, counts in effect.by_rule.items()
        if counts
    ]
