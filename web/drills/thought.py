"""A move that is thought of, with what it would break."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from inspections.drills.programme import Breach
from inspections.drills.year import DrillView
from web.formatting import local

Near = Mapping[date, Sequence[Breach]]


@dataclass(frozen=True)
class Move:
    """
    A drill on another day or at another time.

    Attributes:
        at: On the organisation's clock.
    """

    drill: DrillView
    on: date
    at: time
    breaches: Sequence[Breach]

    @property
    def forbidden(self) -> bool:
        """Whether it cannot be made at all."""
        return any(one.forbids for one in self.breaches)

    @property
    def broken(self) -> int:
        """How many rules it would break; it may be made knowingly."""
        return sum(one.breaks for one in self.breaches)

    @property
    def is_none(self) -> bool:
        """Whether the drill would stay where it is."""
        return self.on == self.drill.on and self.at == time_of(self.drill)


def time_of(drill: DrillView) -> time:
    """Return when the drill starts, on the organisation's clock."""
    return local(drill.starts_at).time().replace(second=0, microsecond=0)
