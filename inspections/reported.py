"""
Said to be done, with nothing to show for it.

A tick in a phone's task app has no answers, no photo and no signature. For a rule that asks for
evidence it is written down as `reported` and changes no state: the task stays open, and is missed
if nobody brings the evidence before it closes.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import OccurrenceEventRow
from rules.text import Text

REPORTED = Text(zh="已报完成，缺佐证", en="reported done, evidence missing")
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Reported:
    """Who said so, when, and from which device."""

    at: datetime
    by: str
    device: str


def reported_done(session: Session, occurrences: Collection[int]) -> dict[int, Reported]:
    """
    Return which of these occurrences are said to be done without evidence.

    What was performed or taken back since is not among them.
    """
    ids = sorted(occurrences)
    found: dict[int, Reported] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found |= _some(session, ids[start : start + _AT_ONCE])
    return found


def _some(session: Session, ids: list[int]) -> dict[int, Reported]:
    row = OccurrenceEventRow
    kinds = ("reported", "report-withdrawn", "performed", "made-up")
    query = select(row).where(row.occurrence_id.in_(ids), row.kind.in_(kinds)).order_by(row.id)
    found: dict[int, Reported] = {}
    for event in session.scalars(query):
        if event.kind == "reported":
            device = str((event.data or {}).get("device", ""))
            found[event.occurrence_id] = Reported(event.at, event.by, device)
        else:
            found.pop(event.occurrence_id, None)
    return found
