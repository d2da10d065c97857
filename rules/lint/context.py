"""What every lint check sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.conditions import tests
from rules.drafts import Draft
from rules.facts import FactDefinition
from rules.lint.cycles import Step, circling
from rules.pack import Instrument, Layer, Parameter, Rule
from rules.reactions import Conclude
from rules.rulebook import RuleBook

# Facts that a rule may read: those of its target and of what the target stands in.
VISIBLE = {
    "site": ("site",),
    "place": ("place", "site"),
    "asset": ("asset", "place", "site"),
    "person": ("person", "site"),
    "post": ("post", "site"),
}


def visible(rule: Rule) -> tuple[str, ...]:
    """
    Return the kinds of thing whose facts *rule* may read.

    A reaction reads its event and whatever that concerns; which of those facts are known differs
    from event to event.
    """
    if rule.kind == "reaction":
        return (str(rule.on), "asset", "place", "site", "person") if rule.on else ()
    return VISIBLE[rule.target]


@dataclass(frozen=True)
class Context:
    """All packs that are read together."""

    drafts: tuple[Draft, ...]
    vocabulary: Mapping[str, FactDefinition]

    @cached_property
    def rules(self) -> Mapping[str, tuple[Rule, Layer]]:
        """Every rule of the right shape, with the layer of its pack."""
        return {
            rule.id: (rule, draft.pack.layer) for draft in self.drafts for rule in draft.pack.rules
        }

    @cached_property
    def rulebook(self) -> RuleBook:
        """The parts of the right shape as one book; what they refer to may be missing."""
        texts = {draft.pack.id: draft.document.text for draft in self.drafts}
        return RuleBook(tuple(draft.pack for draft in self.drafts), texts)

    @cached_property
    def instruments(self) -> Mapping[str, Instrument]:
        """Every instrument of the right shape."""
        return {each.id: each for draft in self.drafts for each in draft.pack.instruments}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter of the right shape."""
        return {each.id: each for draft in self.drafts for each in draft.pack.parameters}

    @cached_property
    def circling(self) -> frozenset[str]:
        """Rules that wait for facts which they conclude themselves, over any number of others."""
        steps = {}
        for rule, _ in self.rules.values():
            facts = {
                do.fact
                for version in rule.versions
                for do in version.then
                if isinstance(do, Conclude)
            }
            if rule.concludes is not None:
                facts.add(rule.concludes.fact)
            if facts:
                reads = frozenset(test.fact for test in tests(rule.applies))
                steps[rule.id] = Step(reads, frozenset(facts))
        return circling(steps)

    @cached_property
    def _names(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for draft in self.drafts:
            for section, names in draft.names.items():
                found.setdefault(section, set()).update(name for _, name in names)
        return {section: frozenset(names) for section, names in found.items()}

    def knows(self, section: str, name: str) -> bool:
        """Return whether any pack names *name* in *section*, sound or not."""
        return name in self._names.get(section, frozenset())

    def choices(self, fact: str) -> frozenset[str]:
        """Return the admitted values of an enum or tags fact."""
        definition = self.vocabulary.get(fact)
        return frozenset(each.value for each in definition.choices) if definition else frozenset()
