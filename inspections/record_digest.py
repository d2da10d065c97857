"""The hash of a finished record: device and server compare it, and any later change shows."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from inspections.models import AnswerRow, InspectionRow


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
            "answers": {item: [row.value, row.verdict, row.note] for item, row in answers.items()},
        }
    )
