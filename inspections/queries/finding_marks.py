"""What the logs of many findings say in short, for lists: extensions, rungs, letters."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from inspections.findings.clock import SETTLES_REQUEST
from inspections.models import FindingEventRow, FindingRow

_TOLD = frozenset({"extension-asked", "escalated", "chased", "known-until"})
_KINDS = _TOLD | SETTLES_REQUEST
# Databases bound how many values one statement takes.
_AT_ONCE = 900


@dataclass(frozen=True)
class Marks:
    """
    What happened to a finding in short.

    Attributes:
        extensions: How many times more time was granted.
        asked_until: Until when more time is asked for; nothing where no request waits.
        escalated: How many times it was escalated.
        chased_at: When it was last chased by letter.
        known_until: Until when it is a known defect.
    """

    extensions: int = 0
    asked_until: datetime | None = None
    escalated: int = 0
    chased_at: datetime | None = None
    known_until: datetime | None = None


def finding_marks(session: Session, ids: Collection[int]) -> dict[int, Marks]:
    """Return the marks of each finding that has any."""
    logs: defaultdict[int, list[FindingEventRow]] = defaultdict(list)
    row = FindingEventRow
    for some in _parts(ids):
        query = select(row).where(row.finding_id.in_(some), row.kind.in_(_KINDS))
        for event in session.scalars(query):
            logs[event.finding_id].append(event)
    return {finding: _marks(log) for finding, log in logs.items()}


def waits_for_answer() -> ColumnElement[bool]:
    """Return the condition that a request for more time has no answer yet."""
    asked, answered = aliased(FindingEventRow), aliased(FindingEventRow)
    later = exists().where(
        answered.finding_id == asked.finding_id,
        answered.kind.in_(SETTLES_REQUEST),
        (answered.at > asked.at) | ((answered.at == asked.at) & (answered.id > asked.id)),
    )
    return exists().where(
        asked.finding_id == FindingRow.id, asked.kind == "extension-asked", ~later
    )


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _marks(log: list[FindingEventRow]) -> Marks:
    last: dict[str, Any] = {}
    log.sort(key=lambda event: (event.at, event.id))
    asked: datetime | None = None
    for event in log:
        data = event.data or {}
        if event.kind == "extension-asked":
            asked = datetime.fromisoformat(data["until"])
        elif event.kind in SETTLES_REQUEST:
            asked = None
        if event.kind == "chased":
            last["chased"] = None if data.get("withdrawn") else event.at
        if event.kind == "known-until":
            last["known"] = datetime.fromisoformat(data["until"])
    kinds = [event.kind for event in log]
    return Marks(
        kinds.count("extended"),
        asked,
        kinds.count("escalated"),
        last.get("chased"),
        last.get("known"),
    )
