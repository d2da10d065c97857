"""Whether people settled by hand have more work than minutes, asked of the audit."""

from collections.abc import Collection, Iterable
from datetime import date

from inspections.board.applying import Planner
from inspections.board.standing import Days, standing
from rules.text import Text
from scheduler.assignment.audit import violations

# What one person's work breaks; the rest of the audit speaks of the whole plan of an organisation.
_OF_A_PERSON = frozenset(
    {
        *("no-role", "no-qualification", "excluded", "absent", "not-working"),
        *("capacity", "overlap", "wrong-site"),
    }
)


def overfull(planner: Planner, people: Collection[str], days: Iterable[date]) -> tuple[Text, ...]:
    """Return what the plan of these people breaks on any of the days, once each."""
    span = [day for day in days if day >= planner.today]
    if not people or not span:
        return ()
    theirs = (one.sites for one in planner.organisation.people if one.id in people)
    sites = tuple(sorted({key for keys in theirs for key in keys}))
    asked = Days(min(span), max(span), sites, hidden=True)
    found = standing(
        planner.session, planner.organisation, planner.rulebook, asked, now=planner.now
    )
    texts = (
        one.text
        for one in violations(found.problem, found.plan)
        if one.person in people and one.code in _OF_A_PERSON
    )
    return tuple(dict.fromkeys(texts))
