"""Photos of a failure, sent with the plain form: kept beside the item, whatever else is wrong."""

from collections.abc import Iterable

from flask import request
from werkzeug.datastructures import FileStorage, MultiDict

from inspections.database import Session
from inspections.errors import Refused
from inspections.evidence import Owner
from rules.checklist import Checklist
from rules.text import Text
from web.inspector.answers_form import proof_of
from web.inspector.photos import checked_upload, keep_photo


def read_proof(opened: Session, checklist: Checklist, inspection: str) -> dict[str, Text]:
    """Keep the photos of failures that the form brings; return what is wrong by field."""
    faults: dict[str, Text] = {}
    files: MultiDict[str, FileStorage] = request.files
    for item in checklist.items:
        field = proof_of(item.id)
        fault = keep_all(
            opened, files.getlist(field), Owner(inspection_id=inspection, item=item.id)
        )
        if fault is not None:
            faults[field] = fault
    return faults


def keep_all(opened: Session, sent: Iterable[FileStorage], owner: Owner) -> Text | None:
    """Keep the photos among *sent* and return why one was refused; the others are kept."""
    fault = None
    for one in sent:
        if not one.filename:
            continue
        try:
            keep_photo(opened, checked_upload(one), owner)
        except Refused as refusal:
            fault = refusal.text
    return fault
