"""The days on which what rules say may change."""

from collections.abc import Iterable
from datetime import date, timedelta

from rules.pack import Rule
from rules.rulebook import RuleBook


def change_days(rulebook: RuleBook, rules: Iterable[Rule]) -> frozenset[date]:
    """Return when one of *rules* begins or ends or has another version, or a figure changes."""
    days = {
        dated.since for pack in rulebook.packs for each in pack.parameters for dated in each.values
    }
    for rule in rules:
        if rule.effective.on is not None:
            days.add(rule.effective.on)
        for version in rule.versions:
            days.add(version.since)
            if version.until is not None:
                days.add(version.until + timedelta(days=1))
    return frozenset(days)
