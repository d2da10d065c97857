"""Photos that prove a step of a finding: checked first, stored when the step is taken."""

from flask import request
from flask_babel import gettext as _

from inspections.database import Session
from inspections.errors import Refused
from web.inspector.photos import Photo, checked_upload, stored
from web.preferences import words

FIELD = "proof"
MOST = 6


def sent_proof() -> tuple[list[Photo], str]:
    """Return the photos of the form, and what is wrong with them; nothing where nothing is."""
    sent = [one for one in request.files.getlist(FIELD) if one.filename]
    if len(sent) > MOST:
        return [], _("At most %(most)s photos at a time. Please choose fewer.", most=MOST)
    try:
        return [checked_upload(one) for one in sent], ""
    except Refused as refusal:
        return [], words(refusal.text)


def keep_proof(opened: Session, photos: list[Photo]) -> tuple[str, ...]:
    """Store photos and return their hashes; the step links them to the finding."""
    return tuple(stored(opened, photo) for photo in photos)
