"""What people do with accounts and tablets, as the audit log tells it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.audit import note_change


def note(  # noqa: PLR0913 (the parts of one entry)
    session: Session,
    subject: str,
    action: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Append to the audit log what *by* did in their organisation; see `note_change`."""
    note_change(
        session,
        organisation=by.organisation,
        by=by.by,
        action=action,
        subject=subject,
        before=before,
        after=after,
        now=now,
    )
