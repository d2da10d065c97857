"""How a rule stands to a target: it binds, it may apply, or it does not apply."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from rules.organisation.happened import Decision
from rules.pack import Rule

Status = Literal["binds", "may-apply"]


def status(rule: Rule, holds: bool | None, decision: Decision | None) -> Status | None:  # noqa: FBT001
    """
    Return how *rule* stands where its condition is true, false or undecided (None).

    Facts come first: a false condition never applies, and a true one binds unless the article's
    own reading is open. What stays open, the site's decision settles.
    """
    if holds is False:
        return None
    if holds and rule.reading is None:
        return "binds"
    if decision is None:
        return "may-apply"
    return "binds" if decision.applies else None


def decision_fact(rule_id: str) -> str:
    """Return the name under which a rule waits for a decision, or rests on one."""
    return f"decision:{rule_id}"


def decisions_on(decisions: Iterable[Decision], on: date) -> Mapping[str, Mapping[str, Decision]]:
    """Return the decisions in force on the day *on*, by site and rule: the latest until then."""
    found: dict[str, dict[str, Decision]] = {}
    for each in sorted(decisions, key=lambda decision: decision.on):
        if each.on <= on:
            found.setdefault(each.site, {})[each.rule] = each
    return found
