"""What one planning changed, or would change."""

from dataclasses import dataclass, field
from datetime import datetime

from rules.text import Text


@dataclass(frozen=True)
class DutyChange:
    """A duty that began or ended; `target` is the key of what it is bound to."""

    site: str
    rule: str
    target_kind: str
    target: str
    status: str


@dataclass(frozen=True)
class OccurrenceChange:
    """
    An occurrence that was added, moved or removed.

    Attributes:
        before: Due instant until now; nothing for one that is new, and for one that is hidden.
        after: Due instant from now on; nothing for one that is removed, and for one that is hidden.
    """

    duty: DutyChange
    period: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class Reassignment:
    """An occurrence that changed hands, with the people before and after."""

    occurrence_id: int
    rule: str
    due_at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]
    reason: Text


@dataclass
class PlanChanges:
    """
    All changes of one planning; lists hold at most `limit` entries, the counts are exact.

    Attributes:
        limit: So that the first plan of a large organisation does not fill the memory.
    """

    limit: int = 500
    duties_added: list[DutyChange] = field(default_factory=list)
    duties_ended: list[DutyChange] = field(default_factory=list)
    added: list[OccurrenceChange] = field(default_factory=list)
    moved: list[OccurrenceChange] = field(default_factory=list)
    removed: list[OccurrenceChange] = field(default_factory=list)
    reassigned: list[Reassignment] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, change: object) -> None:
        """Count *change* and keep it while there is room."""
        self.count_only(kind)
        kept = getattr(self, kind)
        if len(kept) < self.limit:
            kept.append(change)

    def count_only(self, kind: str) -> None:
        """Count a change that is not to be told of."""
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def count(self, kind: str) -> int:
        """Return how many changes of *kind* there are."""
        return self.counts.get(kind, 0)
