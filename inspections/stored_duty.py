"""A stored duty as plain values: planning reads hundreds of thousands of them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import DutyRow


@dataclass(frozen=True, slots=True)
class StoredDuty:
    """
    The columns of a duty that its occurrences depend on.

    Attributes:
        days: First and last days of the spans in which it binds; nothing where it does throughout.
        digest: Hash of what its stored occurrences were computed from; nothing if it has none.
    """

    id: int
    site_id: int
    rule: str
    target_kind: str
    target: str
    status: str
    valid_from: date
    valid_until: date | None
    days: list[list[str]] | None
    digest: str | None

    @property
    def binds(self) -> bool:
        """Whether it has occurrences from now on."""
        return self.valid_until is None and self.status == "binds"

    def spans(self, since: date, until: date) -> Iterator[tuple[date, date]]:
        """Yield the parts of the days from *since* to *until*, both included, in which it binds."""
        whole = [[self.valid_from.isoformat(), date.max.isoformat()]]
        for first, last in self.days or whole:
            start = max(since, self.valid_from, date.fromisoformat(first))
            end = min(until, date.fromisoformat(last))
            if start <= end:
                yield start, end


def stored_duties(
    session: Session, organisation_id: str, *, sites: Collection[int] | None = None
) -> Iterator[StoredDuty]:
    """
    Yield every duty of the organisation, ended ones too, site by site.

    With *sites*, ids of rows, those of these alone.
    """
    columns = [getattr(DutyRow, name) for name in StoredDuty.__slots__]
    # Of few sites, asking by organisation as well lets databases read all of it.
    mine = (
        DutyRow.organisation_id == organisation_id if sites is None else DutyRow.site_id.in_(sites)
    )
    query = select(*columns).where(mine)
    for row in session.execute(query.order_by(DutyRow.site_id, DutyRow.id)):
        yield StoredDuty(*row)
