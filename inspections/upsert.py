"""Match wanted rows with stored ones by identity: add, change, or end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

Values = dict[str, Any]
Identity = tuple[Any, ...]


@dataclass
class Tally:
    """Counts of rows by table."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Upsert:
    """
    Writes rows of one table.

    Attributes:
        identity: Columns by which a wanted row finds its stored one; each wanted row names them.
        today: Day on which rows that are no longer wanted end.
    """

    row_type: Any
    identity: tuple[str, ...]
    today: date
    tally: Tally

    def write(
        self, session: Session, wanted: Iterable[Values], *, within: Any
    ) -> dict[Identity, Any]:
        """Bring the rows *within* a scope to *wanted*, in its order; return them by identity."""
        stored = {self._key(vars(row)): row for row in session.scalars(self._stored(within))}
        kept: dict[Identity, Any] = {}
        for position, values in enumerate(wanted):
            key = self._key(values)
            kept[key] = self._place(session, stored.get(key), {**values, "position": position})
        for key, row in stored.items():
            if key not in kept and row.ended_on is None:
                row.ended_on = self.today
                self.tally.ended[self.row_type.__tablename__] += 1
        session.flush()
        return kept

    def _stored(self, within: Any) -> Any:
        return select(self.row_type).where(within).execution_options(populate_existing=True)

    def _key(self, values: Any) -> Identity:
        return tuple(values[name] for name in self.identity)

    def _place(self, session: Session, row: Any, values: Values) -> Any:
        table = self.row_type.__tablename__
        if row is None:
            row = self.row_type(ended_on=None, **values)
            session.add(row)
            self.tally.added[table] += 1
        elif assign(row, {**values, "ended_on": None}):
            self.tally.changed[table] += 1
        return row


def assign(row: Any, values: Values) -> bool:
    """Set the columns that differ; return whether any but the order in the file did."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing.keys() - {"position"})
