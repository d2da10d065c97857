"""What somebody on the spot says of a failure, beside what the rules make of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rules.checklist import Severity
from rules.strictness import SEVERITIES


@dataclass(frozen=True)
class Told:
    """
    Words of the person who looked.

    Attributes:
        severity: Graver than the rules say; a lighter one changes nothing.
        danger: Whether there is danger here and now.
        same_as: Id of an open finding at the same target that this is.
    """

    severity: Severity | None = None
    danger: bool = False
    same_as: int | None = None

    def as_data(self) -> dict[str, Any] | None:
        """Return what was said as plain data; nothing where nothing was."""
        return {name: value for name, value in vars(self).items() if value} or None


def told_from(data: Mapping[str, Any] | None) -> Told:
    """Return what stored data says."""
    return Told(**(data or {}))


def graver(one: Severity, other: Severity | None) -> Severity:
    """Return the graver of two."""
    return one if other is None else max(one, other, key=SEVERITIES.index)
