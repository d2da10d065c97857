"""Photos as evidence: taken with the form, stored by content, shown to the same organisation."""

from pathlib import Path

from flask import abort, current_app, request, send_file
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.wrappers import Response

from inspections.answers import AnswerGiven
from inspections.database import Session
from inspections.errors import Refused
from inspections.evidence import EvidenceStore, Owner, evidence_of, link_evidence
from inspections.judging import answer_problem
from inspections.photo_check import CheckedPhoto, checked_photo, suffix_of
from inspections.rounds.evidence import evidence_media_type
from rules.checklist import Checklist, PhotoItem
from rules.text import Text
from web.access import for_contractors
from web.authentication import CONTRACTOR, viewer
from web.database import now, session
from web.inspector.answers_form import FormRead, field_of, joined
from web.inspector.blueprint import blueprint

Photo = tuple[bytes, CheckedPhoto]
# What a browser may do with a stored photo, also when somebody opens it by itself: draw it.
ALONE = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@blueprint.get("/evidence/<digest>", endpoint="photo")
@for_contractors
def show(digest: str) -> Response:
    """Send a photo that a record of the viewer's organisation and sites links to."""
    here = viewer()
    media_type = evidence_media_type(
        session(),
        digest,
        organisation=here.organisation,
        sites=here.sites,
        owner=here.person if here.role == CONTRACTOR else None,
    )
    if media_type is None:
        abort(404)
    path = store().path(digest).absolute()
    name = f"{digest[:12]}{suffix_of(media_type)}"
    answer = send_file(path, mimetype=media_type, max_age=0, download_name=name)
    answer.headers.update(ALONE)
    return answer


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
        try:
            photos = [checked_upload(one) for one in sent]
        except Refused as refusal:
            faults[field_of(item.id)] = refusal.text
            continue
        owner = Owner(inspection_id=inspection, item=item.id)
        stored = len(evidence_of(opened, owner))
        if stored + len(photos) > item.maximum:
            faults[field_of(item.id)] = _too_many(item, stored)
            continue
        for photo in photos:
            keep_photo(opened, photo, owner)
        digests = list(evidence_of(opened, owner))
        # Photos that are too few stay stored; the next ones are added to them.
        problem = answer_problem(item, digests)
        if problem is None:
            answers[item.id] = AnswerGiven(digests)
        else:
            faults[field_of(item.id)] = joined(item, problem)
    return FormRead(answers, faults)


def _too_many(item: PhotoItem, stored: int) -> Text:
    return Text(
        zh=f"{item.title.zh}：最多 {item.maximum} 张照片，已存 {stored} 张。请少选几张。",
        en=f"{item.title.en}: at most {item.maximum} photos, {stored} stored. Please choose fewer.",
    )


def checked_upload(sent: FileStorage) -> Photo:
    """
    Return the bytes of an upload and what they are.

    Raises:
        Refused: If they are no photo.
    """
    content = sent.read()
    return content, checked_photo(content)


def stored(opened: Session, photo: Photo) -> str:
    """Store a checked photo and return its hash."""
    content, checked = photo
    return store().keep(
        opened, content, media_type=checked.media_type, now=now(), look=checked.look
    )


def keep_photo(opened: Session, photo: Photo, owner: Owner) -> None:
    """Store a checked photo and link it to what it proves."""
    link_evidence(opened, stored(opened, photo), owner, by=viewer().person, now=now())
