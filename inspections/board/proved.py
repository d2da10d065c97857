"""How good the plan is, as was proved when all of it was last made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PlanRunRow

# Plans made in the day prove another thing: that little changed.
_LOOKED_AT = 50


@dataclass(frozen=True)
class Proved:
    """
    What was proved of a plan.

    Attributes:
        at: When it was made.
        gap: By what part of its points another plan could be better at most.
    """

    at: datetime
    gap: float


def proved(session: Session, organisation_id: str) -> Proved | None:
    """Return what was proved of the last plan that was made as a whole, if anything was."""
    query = select(PlanRunRow.at, PlanRunRow.result).filter_by(organisation_id=organisation_id)
    for at, result in session.execute(query.order_by(PlanRunRow.id.desc()).limit(_LOOKED_AT)):
        gap = result.get("gap")
        if gap is not None:
            return Proved(at, float(gap))
    return None
