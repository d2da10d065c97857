"""What the rules mean for calendars: which are drills, which stay hidden, which are rare."""

from dataclasses import dataclass
from functools import cached_property

from rules.cadence import Count, MaxGap, Periodic, PerTerm
from rules.pack import Rule
from rules.rulebook import RuleBook
from rules.text import Text

_MONTH = 28
_RARE = frozenset({"month", "quarter", "half-year", "year", "term"})


@dataclass(frozen=True)
class RuleKinds:
    """A rule book with what feeds ask of it again and again."""

    rulebook: RuleBook

    @cached_property
    def drills(self) -> frozenset[str]:
        """Ids of rules that ask for drills."""
        return frozenset(id_ for id_, rule in self.rulebook.rules.items() if rule.domain == "drill")

    @cached_property
    def unannounced(self) -> frozenset[str]:
        """Ids of rules whose checks and drills nobody may see before they start."""
        return frozenset(
            id_
            for id_, rule in self.rulebook.rules.items()
            if any(not version.announced for version in rule.versions)
        )

    @cached_property
    def rare(self) -> frozenset[str]:
        """Ids of rules that are not of the house and fall due once a month or less often."""
        return frozenset(
            id_
            for id_, rule in self.rulebook.rules.items()
            if not self.rulebook.pack_of(id_).is_house and _is_rare(rule)
        )

    def title(self, rule_id: str) -> Text:
        """Return the title of a rule; one that is no longer in the book keeps its id."""
        rule = self.rulebook.rules.get(rule_id)
        return rule.title if rule else Text(zh=rule_id, en=rule_id)

    def clause(self, rule_id: str | None) -> Text | None:
        """Return the clause behind a rule, as screens show it."""
        rule = self.rulebook.rules.get(rule_id or "")
        return self.rulebook.clause_text(rule) if rule else None


def _is_rare(rule: Rule) -> bool:
    cadences = [version.cadence for version in rule.versions if version.cadence is not None]
    return bool(cadences) and all(
        isinstance(one, PerTerm)
        or (isinstance(one, MaxGap) and one.days >= _MONTH)
        or (isinstance(one, Periodic) and one.unit in _RARE)
        or (isinstance(one, Count) and one.per in _RARE)
        for one in cadences
    )
