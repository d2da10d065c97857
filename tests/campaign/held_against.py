"""The record of the server held against what the inspector was told: lost, doubled, changed."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.evidence import EvidenceStore
from inspections.models import (
    AnswerRow,
    EvidenceLinkRow,
    FindingRow,
    InspectionRow,
    OccurrenceEventRow,
    OccurrenceRow,
    SignatureRow,
)
from tests.campaign.numbered_picture import number_of
from tests.campaign.told import Told, ToldCheck, ToldItem


def differences(session: Session, told: Told, *, by: str, evidence: Path) -> Iterator[str]:
    """Yield a sentence for everything that is lost, doubled or other than it was told to *by*."""
    record = _Record(session, EvidenceStore(evidence))
    for occurrence, check in told.checks.items():
        for what in record.check(occurrence, check, by):
            yield f"occurrence {occurrence}: {what}"
    mine = select(FindingRow).where(FindingRow.inspection_id.is_(None), FindingRow.rule.is_(None))
    alone = list(session.scalars(mine))
    told_words = Counter(one.what for one in told.findings)
    found_words = Counter(row.title.zh for row in alone)
    yield from _counted("finding", told_words, found_words)
    for one in told.findings:
        row = next((row for row in alone if row.title.zh == one.what), None)
        if row is not None:
            yield from record.photos(one.what, one.photos, finding_id=row.id)


def not_recovered(session: Session, told: Told) -> Iterator[str]:
    """Yield a sentence for each check that the sweep found missed and its delivery left so."""
    for occurrence, check in told.checks.items():
        query = select(OccurrenceEventRow.kind).filter_by(occurrence_id=occurrence)
        kinds = list(session.scalars(query))
        if check.finished and "missed" in kinds and "recovered" not in kinds:
            yield f"occurrence {occurrence}: missed, walked in time, and not recovered"


def _counted(what: str, told: Counter[str], found: Counter[str]) -> Iterator[str]:
    for key in told | found:
        if told[key] != found[key]:
            yield f"{what} “{key}”: told {told[key]}, in the record {found[key]}"


class _Record:
    def __init__(self, session: Session, store: EvidenceStore) -> None:
        self._session = session
        self._store = store

    def check(self, occurrence: int, told: ToldCheck, by: str) -> Iterator[str]:
        rows = list(
            self._session.scalars(select(InspectionRow).filter_by(occurrence_id=occurrence))
        )
        if not rows and not told.is_begun:
            return
        if len(rows) != 1:
            yield f"{len(rows)} inspections instead of one"
            return
        (row,) = rows
        if row.by != by:
            yield f"recorded by {row.by} instead of {by}"
        if told.finished != (row.finished_at is not None):
            yield f"told finished: {told.finished}, finished at {row.finished_at}"
        signed = select(func.count(SignatureRow.id)).filter_by(inspection_id=row.id)
        signatures = self._session.scalar(signed)
        if signatures != int(told.finished):
            yield f"finished: {told.finished}, and {signatures} signatures in the record"
        state = self._session.get_one(OccurrenceRow, occurrence).state
        if told.finished and state != "done":
            yield f"finished in its window, and the occurrence is {state}"
        for name, item in told.items.items():
            for what in self._item(row.id, name, item):
                yield f"{name}: {what}"

    def _item(self, inspection: str, name: str, told: ToldItem) -> Iterator[str]:
        query = select(AnswerRow).filter_by(inspection_id=inspection, item=name)
        rows = list(self._session.scalars(query.order_by(AnswerRow.attempt)))
        yield from self.photos(name, told.photos, inspection_id=inspection, item=name)
        if told.value is not None:
            last = rows[-1].value if rows else None
            if last != told.value:
                yield f"told {told.value!r}, in the record {last!r}"
        for reading in told.readings:
            if not any(row.value == reading for row in rows):
                yield f"the reading {reading} is not in the record"
        findings = select(FindingRow).filter_by(inspection_id=inspection, item=name)
        found = list(self._session.scalars(findings))
        # A failure that was changed in time to pass may or may not have been sent before.
        least, most = int(told.fails), int(told.has_failed)
        if not least <= len(found) <= most:
            yield f"{len(found)} findings instead of {least if least == most else '0 or 1'}"
        if told.fails and told.note and rows and rows[-1].note != told.note:
            yield f"told the note {told.note!r}, in the record {rows[-1].note!r}"

    def photos(self, what: str, told: Iterable[int], **of: object) -> Iterator[str]:
        """Yield what differs between the pictures told and those that belong to something."""
        links = self._session.scalars(select(EvidenceLinkRow).filter_by(**of))
        found = Counter(str(number_of(self._content(link.sha256))) for link in links)
        yield from _counted(f"{what}, picture", Counter(map(str, told)), found)

    def _content(self, sha256: str) -> bytes:
        return self._store.path(sha256).read_bytes()
