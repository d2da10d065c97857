"""
What random draws hang on: a secret of the organisation that nothing ever shows.

A plan run keeps its seed where everybody who reads the record sees it. Whoever knows seed and rules
could draw again and see tomorrow's spot check, so that the draw also hangs on this.
"""

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from inspections.models import DrawSecretRow


def make_secret(session: Session, organisation_id: str, *, now: datetime) -> None:
    """Make the secret of an organisation that has none."""
    if session.get(DrawSecretRow, organisation_id) is None:
        secret = secrets.token_urlsafe(32)
        session.add(DrawSecretRow(organisation_id=organisation_id, secret=secret, since=now))
        session.flush()


def draw_seed(session: Session, organisation_id: str, seed: int, *, at: datetime) -> str:
    """
    Return what the draws of a plan run at an instant hang on.

    A run of before the secret was made drew by its seed alone, and its replay does so again.
    """
    row = session.get(DrawSecretRow, organisation_id)
    if row is None or at < row.since:
        return f"{organisation_id}:{seed}"
    return f"{organisation_id}:{row.secret}:{seed}"


def drill_secret(session: Session, organisation_id: str, year: int, *, now: datetime) -> str:
    """Return what the unannounced drills of *year* are drawn from."""
    make_secret(session, organisation_id, now=now)
    return f"drills|{year}|{draw_seed(session, organisation_id, 0, at=now)}"
