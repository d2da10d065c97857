"""The figures that hold for a house on a day, as the record has them."""

from collections import defaultdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import ThresholdRow
from inspections.plausibility.thresholds import Limits, limits_on


def house_limits(session: Session, organisation: str, on: date) -> Limits:
    """Return the figures that hold on a day."""
    own: dict[str, list[tuple[date, float]]] = defaultdict(list)
    query = select(ThresholdRow).filter_by(organisation_id=organisation).order_by(ThresholdRow.id)
    latest = {(row.name, row.since): row.value for row in session.scalars(query)}
    for (name, since), value in latest.items():
        own[name].append((since, value))
    return limits_on(on, {name: tuple(values) for name, values in own.items()})
