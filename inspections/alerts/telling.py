"""Which stored occurrences can tell that a period fell short or is about to, to read no others."""

from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_

from inspections.alerts.period_counts import LONGEST_WARNING, SEVERAL, SHORTEST_PERIOD
from inspections.models import DutyRow, OccurrenceRow
from rules.cadence import TimesADay
from rules.pack import Rule
from rules.rulebook import RuleBook

# What is done or excused leaves nothing to say where a period asks for one alone.
_UNDONE = ("proposed", "scheduled", "in_progress", "missed")
_A_YEAR = timedelta(days=366)
# The occurrences of one period lie at most so far apart, with their grace.
_REACH = {"day": timedelta(days=2), "week": timedelta(days=15), "month": timedelta(days=63)}


def telling(rulebook: RuleBook, *, since: datetime, now: datetime) -> ColumnElement[bool]:
    """
    Return the condition that an occurrence matters to periods that end after *since*.

    Where a rule asks for several in a period, all of that period matter, done or not; else only
    what was not done, or is about to end without having been done.
    """
    several: defaultdict[timedelta, list[str]] = defaultdict(list)
    for rule in rulebook.rules.values():
        reach = _reach(rule)
        if reach is not None:
            several[reach].append(rule.id)
    every = [rule for rules in several.values() for rule in rules]
    closes, opens = OccurrenceRow.closes_at, OccurrenceRow.opens_at
    is_ending = and_(
        # The last sixth of a period has begun.
        opens <= now - SHORTEST_PERIOD * 5 / 6,
        closes <= now + LONGEST_WARNING,
    )
    return or_(
        and_(
            DutyRow.rule.not_in(every),
            OccurrenceRow.state.in_(_UNDONE),
            closes >= since,
            or_(closes < now, is_ending),
        ),
        *(
            and_(DutyRow.rule.in_(rules), closes >= since - reach, opens <= now + reach)
            for reach, rules in several.items()
        ),
    )


def _reach(rule: Rule) -> timedelta | None:
    """Return how far the occurrences of one period lie apart; nothing where it has but one."""
    cadences = (version.cadence for version in rule.versions)
    found = [
        timedelta(days=2)
        if isinstance(cadence, TimesADay)
        else _REACH.get(getattr(cadence, "per", ""), _A_YEAR)
        for cadence in cadences
        if isinstance(cadence, SEVERAL)
    ]
    return max(found, default=None)
