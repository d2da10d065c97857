"""What a feed shows of the small school, and the moments that its tests speak of."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from inspections.feeds.choices import Choices
from inspections.feeds.gathering import gather, items_of
from inspections.feeds.rule_kinds import RuleKinds
from inspections.feeds.scope import scope_of
from inspections.feeds.stamping import stamped
from inspections.models import (
    DutyRow,
    OccurrenceRow,
)
from rules.pack import Rule
from rules.rulebook import RuleBook

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # midnight of 2 March in Shanghai
LATER = NOW + timedelta(days=1, hours=3)
DAYS = {"since": date(2026, 3, 2), "until": date(2026, 3, 29)}
COOK = Choices(person="cook")


def shown_by(session, rulebook, choices, now=NOW):
    scope = scope_of(session, "campus", choices, now=now)
    items, _ = items_of(session, gather(session, scope, RuleKinds(rulebook)))
    return {item.key: item for item in stamped(session, "campus", items, now=now)}


def changed_rule(rulebook, rule_id, **changes):
    """Return the rule book with one rule written otherwise."""
    pack = rulebook.packs[0]
    version = {name: changes.pop(name) for name in ("announced",) if name in changes}

    def written(rule: Rule) -> Rule:
        versions = tuple(one.model_copy(update=version) for one in rule.versions)
        return rule.model_copy(update={**changes, "versions": versions})

    rules = tuple(written(rule) if rule.id == rule_id else rule for rule in pack.rules)
    return RuleBook((pack.model_copy(update={"rules": rules}),), rulebook.texts)


def first_task(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.due_at)).first()
