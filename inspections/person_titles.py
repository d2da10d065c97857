"""Names of roles and certificates, for reasons that people read."""

from rules.text import Text
from rules.vocabulary import load_vocabulary
from scheduler.assignment.problem import Titles


def person_titles() -> Titles:
    """Return the names that the vocabulary gives to roles and to certificates."""
    return Titles(roles=_choices("person.roles"), certificates=_choices("person.qualifications"))


def _choices(fact: str) -> dict[str, Text]:
    return {choice.value: choice.title for choice in load_vocabulary()[fact].choices}
