"""A stored duty as plain values: planning reads hundreds of thousands of them."""

from collections.abc import Iterator
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
    digest: str | None

    @property
    def binds(self) -> bool:
        """Whether it has occurrences from now on."""
        return self.valid_until is None and self.status == "binds"


def stored_duties(session: Session, organisation_id: str) -> Iterator[StoredDuty]:
    """Yield every duty of the organisation, ended ones too, site by site."""
    columns = [getattr(DutyRow, name) for name in StoredDuty.__slots__]
    query = select(*columns).where(DutyRow.organisation_id == organisation_id)
    for row in session.execute(query.order_by(DutyRow.site_id, DutyRow.id)):
        yield StoredDuty(*row)
