"""The hash of a finished record: device and server compare it, and any later change shows."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from inspections.models import AnswerRow, InspectionRow
from inspections.told import told_from


def canonical(data: Any) -> str:
    """Return *data* as JSON with sorted keys and no spaces, the same on every machine."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(data: Any) -> str:
    """Return the SHA-256 of the canonical JSON of *data*, as hex."""
    return sha256(canonical(data).encode()).hexdigest()


def record_digest(inspection: InspectionRow, answers: Mapping[str, AnswerRow]) -> str:
    """Return the hash over who, when, which checklist, and the last answer to each item."""
    finished = inspection.finished_at
    return digest_of(
        {
            "id": inspection.id,
            "occurrence": inspection.occurrence_id,
            "by": inspection.by,
            "checklist": inspection.checklist,
            "started_at": inspection.started_at.isoformat(),
            "finished_at": finished.isoformat() if finished else None,
            "note": inspection.note,
            "answers": {item: _last(row) for item, row in answers.items()},
        }
    )


def answers_digest(answers: Mapping[str, AnswerRow]) -> str:
    """Return the hash over answers as a device computes it, so that both can be compared."""
    return digest_of({item: _as_signed(row) for item, row in answers.items()})


def _as_signed(row: AnswerRow) -> list[Any]:
    told = told_from(row.told)
    return [row.value, row.note or "", told.severity, told.danger, told.same_as]


def _last(row: AnswerRow) -> list[Any]:
    said = [row.value, row.verdict, row.note]
    # Records of before failures could be told more about keep the hash that they have.
    return [*said, row.told] if row.told else said
