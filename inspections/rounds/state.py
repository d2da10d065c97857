"""The state of an occurrence as of an instant, also where the sweep has not run since."""

from datetime import datetime


def state_at(stored: str, closes_at: datetime, now: datetime) -> str:
    """Return *stored*, or missed where the window closed with nothing performed."""
    return "missed" if stored in {"scheduled", "in_progress"} and now > closes_at else stored
