"""Names of roles and certificates, for reasons that people read."""

from collections.abc import Mapping

from rules.facts import FactDefinition
from rules.text import Text


def person_titles(vocabulary: Mapping[str, FactDefinition]) -> dict[str, Text]:
    """Return the name of every value that a fact of people may have."""
    facts = (f for name, f in vocabulary.items() if name.startswith("person."))
    return {choice.value: choice.title for fact in facts for choice in fact.choices}
