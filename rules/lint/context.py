"""What every lint check sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rules.drafts import Draft
from rules.facts import FactDefinition
from rules.pack import Instrument, Layer, Parameter, Rule

# Facts that a rule may read: those of its target and of what the target stands in.
VISIBLE = {
    "site": ("site",),
    "place": ("place", "site"),
    "asset": ("asset", "place", "site"),
    "person": ("person", "site"),
    "post": ("post", "site"),
}


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
    def instruments(self) -> Mapping[str, Instrument]:
        """Every instrument of the right shape."""
        return {each.id: each for draft in self.drafts for each in draft.pack.instruments}

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """Every parameter of the right shape."""
        return {each.id: each for draft in self.drafts for each in draft.pack.parameters}

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
