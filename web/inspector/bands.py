"""The three bands of Today: overdue, due today, may be done early."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from inspections.rounds.served import Walk, walks
from inspections.rounds.today import TodayRow
from inspections.rules_in_force import RuleInForce, checklist_for
from inspections.walks.checks import Check, check_of
from rules.cadence_words import cadence_text
from rules.layers import tightened_by
from rules.rulebook import RuleBook
from rules.text import Text
from web.formatting import local


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
        also: What else the same inspection serves.
        reported: Whether it is said to be done, with the evidence missing.
        stopped: Whether its target may not be used until a finding is verified.
        check: The inspection, for the route of the day.
        planned_on: Earliest day for which the plan has it.
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
    also: tuple[Text, ...] = ()
    reported: bool = False
    stopped: bool = False
    check: Check | None = None
    planned_on: date | None = None


@dataclass(frozen=True)
class Band:
    """One band with its heading."""

    code: str
    title: str
    icon: str
    jobs: tuple[Job, ...]


def jobs(rows: Iterable[TodayRow], rulebook: RuleBook, *, now: datetime) -> tuple[Job, ...]:
    """Return *rows* as jobs, one for each walk, with what the rule book says of each."""
    below = partial(tightened_by, rulebook)
    ruled = [(row, rule_in_force(rulebook, row.rule, row.due_at)) for row in rows]
    return tuple(_job(walk, rulebook, now) for walk in walks(ruled, now=now, below=below))


def done_jobs(rows: Iterable[TodayRow], rulebook: RuleBook) -> tuple[Job, ...]:
    """Return what was done as jobs, one for each inspection."""
    by_record: dict[str, Walk] = {}
    for row in rows:
        found = rule_in_force(rulebook, row.rule, row.due_at)
        key = row.record or str(row.id)
        if key in by_record:
            by_record[key].join(row, found)
        else:
            by_record[key] = Walk([(row, found)], row.opens_at, row.closes_at)
    return tuple(_job(walk, rulebook, walk.opens_at) for walk in by_record.values())


def rule_in_force(rulebook: RuleBook, rule_id: str, due_at: datetime) -> RuleInForce | None:
    """Return the rule with its version on the local due day; nothing if it left the rule book."""
    rule = rulebook.rules.get(rule_id)
    version = rulebook.version(rule, local(due_at).date()) if rule else None
    return RuleInForce(rule, version) if rule and version else None


def _job(walk: Walk, rulebook: RuleBook, now: datetime) -> Job:
    row = walk.lead
    found = next(found for one, found in walk.rows if one is row)
    first = walk.rows[0][0]
    check = check_of(walk)
    return Job(
        id=row.id,
        place=row.target,
        what=_title(row, found),
        why=reason(rulebook, found) if found else None,
        state=row.state,
        opens_at=walk.opens_at,
        due_at=first.due_at,
        minutes=check.minutes,
        overdue=first.due_at < now and row.state in {"scheduled", "in_progress", "missed"},
        answered=row.answered,
        items=len(checklist_for(rulebook, found).items),
        also=tuple(_title(one, rule) for one, rule in walk.rows if one is not row),
        reported=any(one.reported for one, _ in walk.rows),
        check=check,
        planned_on=min((one.planned_on for one, _ in walk.rows if one.planned_on), default=None),
    )


def _title(row: TodayRow, found: RuleInForce | None) -> Text:
    return found.rule.title if found else Text(zh=row.rule, en=row.rule)


def reason(rulebook: RuleBook, found: RuleInForce) -> Text:
    """Return rhythm and clause, for example "every month, Fire Law Art. 16"."""
    clause = rulebook.clause_text(found.rule)
    if found.version.cadence is None:
        return clause
    often = cadence_text(found.version.cadence)
    return Text(zh=f"{often.zh}，{clause.zh}", en=f"{often.en}, {clause.en}")
