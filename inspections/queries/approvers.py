"""Who may approve that a check is left out at a site."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PersonRow
from rules.text import Text

APPROVING_ROLES = frozenset(
    {"responsible-person", "principal", "leader", "manager", "safety-officer"}
)


def approvers(session: Session, organisation_id: str, *, site: str) -> dict[str, Text]:
    """Return the names, by key, of those in charge at *site*; own staff only."""
    query = select(PersonRow).filter_by(organisation_id=organisation_id, ended_on=None)
    return {
        row.key: row.name
        for row in session.scalars(query.order_by(PersonRow.position))
        if row.employer is None and site in row.sites and APPROVING_ROLES & set(row.roles)
    }
