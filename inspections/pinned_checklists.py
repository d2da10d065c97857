"""Texts of checklists as pages showed them: a record begun offline is pinned to its own."""

from sqlalchemy.orm import Session

from inspections.kept_inputs import keep_text
from inspections.models import KeptTextRow
from inspections.record_digest import canonical, digest_of
from rules.checklist import Checklist

KIND = "checklist"


def checklist_digest(checklist: Checklist) -> str:
    """Return the hash that pages give a checklist and answers name."""
    return digest_of(checklist.model_dump(mode="json"))


def keep_checklist(session: Session, checklist: Checklist) -> str:
    """Keep the text of a checklist that a page is about to show; return its hash."""
    return keep_text(session, KIND, canonical(checklist.model_dump(mode="json")))


def is_kept(session: Session, digest: str) -> bool:
    """Tell whether a checklist is kept under *digest*; asking writes nothing."""
    row = session.get(KeptTextRow, digest)
    return row is not None and row.kind == KIND


def pinned_checklist(
    session: Session, digest: str | None, *, instead_of: Checklist
) -> Checklist | None:
    """
    Return the version of a checklist that was answered; nothing where it is not known.

    *instead_of* is the one that counts today: only a version of that same checklist is taken, so
    that nobody answers an easier one.
    """
    if digest is None:
        return None
    if digest == checklist_digest(instead_of):
        return instead_of
    row = session.get(KeptTextRow, digest)
    if row is None or row.kind != KIND:
        return None
    found = Checklist.model_validate_json(row.text)
    return found if found.id == instead_of.id else None
