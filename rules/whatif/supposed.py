"""A rule book and an organisation as they would be after changes, with what the changes touch."""

from dataclasses import dataclass, field
from typing import Any

from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from rules.yaml_document import Location


@dataclass(frozen=True)
class Supposed:
    """
    How things would stand.

    Attributes:
        sites: Ids of the sites whose own facts, hours or people differ.
    """

    rulebook: RuleBook
    organisation: Organisation
    sites: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class ChangeData:
    """
    Plain data that a change holds, with where it stands in the change.

    Attributes:
        at: Location of the data in the file of changes.
    """

    data: Any
    at: Location

    def holds(self, location: Location) -> bool:
        """Return whether *location*, from the top of the file, is present."""
        if location[: len(self.at)] != self.at:
            return location == self.at[: len(location)]
        data = self.data
        for part in location[len(self.at) :]:
            try:
                data = data[part]
            except (LookupError, TypeError):
                return False
        return True

    def fault(self, location: Location, message: Text, remedy: Text) -> Fault:
        """Return a fault at *location*."""
        return Fault("changes", 0, ".".join(map(str, location)), message, remedy)


def refused(number: int, field_name: str, message: Text, remedy: Text) -> InputInvalid:
    """Return the refusal of the change with this *number*, from 0."""
    return InputInvalid([Fault("changes", 0, f"changes.{number}.{field_name}", message, remedy)])


def unknown(number: int, field_name: str, kind: Text, name: object) -> InputInvalid:
    """Return the refusal of a change that names what is not there."""
    message = Text(zh=f"没有{kind.zh} {name}。", en=f"There is no {kind.en} {name}.")
    remedy = Text(zh="请检查编号。", en="Check the id.")
    return refused(number, field_name, message, remedy)
