"""The three bands of Today: overdue, due today, may be done early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspections.rounds.today import TodayRow
from inspections.rules_in_force import RuleInForce, checklist_for
from rules.rulebook import RuleBook
from rules.text import Text
from web.formatting import local
from web.rhythm import rhythm


@dataclass(frozen=True)
class Job:
    """
    One row of Today.

    Attributes:
        place: Where: the target's name.
        why: The reason in one phrase: rhythm and clause.
        minutes: Usual effort of one person.
        answered: Items answered so far; 0 before the start.
        items: Items of the checklist.
    """

    id: int
    place: Text
    what: Text
    why: Text | None
    state: str
    opens_at: datetime
    due_at: datetime
    minutes: int
    overdue: bool = False
    answered: int = 0
    items: int = 0


@dataclass(frozen=True)
class Band:
    """One band with its heading."""

    code: str
    title: str
    icon: str
    jobs: tuple[Job, ...]


def jobs(rows: Iterable[TodayRow], rulebook: RuleBook, *, now: datetime) -> tuple[Job, ...]:
    """Return *rows* as jobs, with what the rule book says of each."""
    return tuple(_job(row, rulebook, now) for row in rows)


def rule_in_force(rulebook: RuleBook, rule_id: str, due_at: datetime) -> RuleInForce | None:
    """Return the rule with its version on the local due day; nothing if it left the rule book."""
    rule = rulebook.rules.get(rule_id)
    version = rulebook.version(rule, local(due_at).date()) if rule else None
    return RuleInForce(rule, version) if rule and version else None


def _job(row: TodayRow, rulebook: RuleBook, now: datetime) -> Job:
    found = rule_in_force(rulebook, row.rule, row.due_at)
    return Job(
        id=row.id,
        place=row.target,
        what=found.rule.title if found else Text(zh=row.rule, en=row.rule),
        why=reason(rulebook, found) if found else None,
        state=row.state,
        opens_at=row.opens_at,
        due_at=row.due_at,
        minutes=found.version.minutes if found else 15,
        overdue=row.due_at < now and row.state in {"scheduled", "in_progress", "missed"},
        answered=row.answered,
        items=len(checklist_for(rulebook, found).items),
    )


def reason(rulebook: RuleBook, found: RuleInForce) -> Text:
    """Return rhythm and clause, for example "every month, Fire Law Art. 16"."""
    clause = rulebook.clause_text(found.rule)
    if found.version.cadence is None:
        return clause
    often = rhythm(found.version.cadence)
    return Text(zh=f"{often.zh}，{clause.zh}", en=f"{often.en}, {clause.en}")
