"""What the patterns are looked for in: inspections, readings and photos as they were recorded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any


@dataclass(frozen=True)
class Walk:
    """
    A finished inspection.

    Attributes:
        place: Key of the place; nothing where it is bound to none.
        rule: What asked for it.
        opens_at: When its window opened, `due_at` when it was due.
        first_at: When its first item was answered, `last_at` when the last one was.
        answers: How many items were answered.
        finished_at: When it was submitted.
    """

    id: str
    by: str
    site_id: int
    place: str | None
    target: tuple[str, str]
    rule: str
    opens_at: datetime
    due_at: datetime
    first_at: datetime
    last_at: datetime
    answers: int
    finished_at: datetime

    @property
    def span(self) -> timedelta:
        """How long answering took, from the first answer to the last."""
        return self.last_at - self.first_at


@dataclass(frozen=True)
class Reading:
    """One reading, or several of one item; *series* is what makes readings comparable."""

    inspection: str
    by: str
    site_id: int
    target: tuple[str, str]
    rule: str
    item: str
    value: Any
    at: datetime

    @property
    def series(self) -> tuple[int, tuple[str, str], str, str]:
        """Site, target, rule and item."""
        return self.site_id, self.target, self.rule, self.item


@dataclass(frozen=True)
class Photo:
    """
    A photo where it was used.

    Attributes:
        owner: `inspection` or `finding` with its id; an item's finding counts as its inspection.
        look: What `inspections.plausibility.look` makes of it; nothing where it shows nothing.
    """

    sha256: str
    look: int | None
    owner: tuple[str, str]
    site_id: int
    by: str
    at: datetime


@dataclass(frozen=True)
class Ways:
    """
    How long it takes from place to place.

    Attributes:
        minutes: Measured, by site and both places in the order of their keys.
        buildings: Building of a place, by site and place, where it is known.
        between_buildings: Minutes where nothing was measured.
        between_sites: Likewise.
    """

    minutes: dict[tuple[int, str, str], float]
    buildings: dict[tuple[int, str], str]
    between_buildings: float
    between_sites: float

    def needed(self, before: Walk, after: Walk) -> tuple[float, str]:
        """Return the fewest minutes from one to the other, and where that figure is from."""
        if before.site_id != after.site_id:
            return self.between_sites, "sites"
        here, there = before.place, after.place
        if here is None or there is None or here == there:
            return 0, "none"
        low, high = sorted((here, there))
        measured = self.minutes.get((before.site_id, low, high))
        if measured is not None:
            return measured, "measured"
        one, other = (self.buildings.get((before.site_id, place)) for place in (here, there))
        if one is not None and other is not None and one != other:
            return self.between_buildings, "buildings"
        return 0, "none"
