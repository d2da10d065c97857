"""What the inspector was told is saved: the model that the record is held against."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class ToldItem:
    """
    One item as the tablet said it keeps it.

    Attributes:
        value: The last answer; nothing where it was undone or never given.
        fails: Whether that answer opens a finding.
        has_failed: Whether any answer did; one that was sent stays, whatever came after it.
        note: What was written of the failure.
        photos: Numbers of its pictures.
        readings: What was read before it was measured again.
    """

    value: Any = None
    fails: bool = False
    has_failed: bool = False
    note: str = ""
    photos: list[int] = field(default_factory=list)
    readings: list[float] = field(default_factory=list)

    def answer(self, value: Any, *, fails: bool) -> None:
        """Note the answer that stands now."""
        self.value, self.fails = value, fails
        self.has_failed = self.has_failed or fails


@dataclass
class ToldCheck:
    """One check of one occurrence, which its inspector signs once, at its end."""

    items: dict[str, ToldItem] = field(default_factory=dict)
    finished: bool = False

    @property
    def is_begun(self) -> bool:
        """Whether anything was said to be saved."""
        return self.finished or any(
            one.value is not None or one.photos or one.readings for one in self.items.values()
        )

    def item(self, name: str) -> ToldItem:
        """Return what was told of an item, to be changed."""
        return self.items.setdefault(name, ToldItem())


@dataclass
class ToldFinding:
    """A finding without a checklist, known by its words."""

    what: str
    photos: list[int] = field(default_factory=list)


@dataclass
class Told:
    """
    Everything that one person was told is saved.

    Attributes:
        checks: By id of the occurrence.
    """

    checks: dict[int, ToldCheck] = field(default_factory=dict)
    findings: list[ToldFinding] = field(default_factory=list)

    def check(self, occurrence: int) -> ToldCheck:
        """Return what was told of a check, to be changed."""
        return self.checks.setdefault(occurrence, ToldCheck())
