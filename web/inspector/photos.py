"""Photos as evidence: taken with the form, stored by content, shown to the same organisation."""

from pathlib import Path

from flask import abort, current_app, request, send_file
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.wrappers import Response

from inspections.answers import AnswerGiven
from inspections.database import Session
from inspections.evidence import EvidenceStore, Owner, evidence_of, link_evidence
from inspections.rounds.evidence import evidence_media_type
from rules.checklist import Checklist, PhotoItem
from rules.text import Text
from web.authentication import viewer
from web.database import now, session
from web.inspector.answers_form import FormRead, field_of
from web.inspector.blueprint import blueprint

# What a file must begin with; the name and type that a browser sends prove nothing.
_SIGNATURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
_NOT_A_PHOTO = Text(
    zh="不是 JPEG、PNG 或 WebP 照片，请重新拍摄或选择。",
    en="This is no JPEG, PNG or WebP photo. Please take or choose another.",
)


@blueprint.get("/evidence/<digest>", endpoint="photo")
def show(digest: str) -> Response:
    """Send a photo that a record of the viewer's organisation links to."""
    media_type = evidence_media_type(session(), digest, organisation=viewer().organisation)
    if media_type is None:
        abort(404)
    return send_file(store().path(digest).absolute(), mimetype=media_type, max_age=0)


def store() -> EvidenceStore:
    """Return the store of this application."""
    return EvidenceStore(Path(current_app.config["EVIDENCE_FOLDER"]))


def read_photos(opened: Session, checklist: Checklist, inspection: str) -> FormRead:
    """Keep the photos of the form beside earlier ones and return them as answers."""
    answers: dict[str, AnswerGiven] = {}
    faults: dict[str, Text] = {}
    files: MultiDict[str, FileStorage] = request.files
    for item in checklist.items:
        sent = [one for one in files.getlist(field_of(item.id)) if one.filename]
        if not isinstance(item, PhotoItem) or not sent:
            continue
        contents = [one.read() for one in sent]
        if not all(_media_type(content) for content in contents):
            faults[field_of(item.id)] = _NOT_A_PHOTO
            continue
        owner = Owner(inspection_id=inspection, item=item.id)
        for content in contents:
            _keep(opened, content, owner)
        answers[item.id] = AnswerGiven(list(evidence_of(opened, owner)))
    return FormRead(answers, faults)


def _keep(opened: Session, content: bytes, owner: Owner) -> None:
    media_type = str(_media_type(content))
    digest = store().keep(opened, content, media_type=media_type, now=now())
    link_evidence(opened, digest, owner, by=viewer().person, now=now())


def _media_type(content: bytes) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _SIGNATURES if content.startswith(start)), None)
