"""How a person wants to be told: not at all, once a day, or each thing by itself."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.errors import Refused
from inspections.models import MessageChoiceRow
from rules.text import Language, Text

Mode = Literal["off", "digest", "each"]
MODES: tuple[Mode, ...] = get_args(Mode)
MOST_DAYS_BEFORE = 14


@dataclass(frozen=True)
class Choice:
    """
    A person's choice.

    Attributes:
        at: Local clock time of the digest and of reminders.
        quiet: Local hours from and until which nothing is sent; may run over midnight.
        days_before: How many days before a due day the first reminder goes, 0 to 14.
    """

    mode: Mode = "digest"
    at: time = time(7, 30)
    quiet: tuple[time, time] | None = None
    days_before: int = 1
    language: Language = "zh"

    def is_time(self, now: datetime, day: date, zone: ZoneInfo) -> bool:
        """Tell whether the chosen clock time of *day* has come."""
        return now >= datetime.combine(day, self.at, zone)

    def after_quiet(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return *at*, or the end of the quiet hours that it falls into."""
        if self.quiet is None or self.quiet[0] == self.quiet[1]:
            return at
        since, until = self.quiet
        local = at.astimezone(zone)
        over_midnight = since > until
        clock = local.time()
        inside = clock >= since or clock < until if over_midnight else since <= clock < until
        if not inside:
            return at
        day = local.date() + timedelta(days=1 if over_midnight and clock >= since else 0)
        return datetime.combine(day, until, zone)


class ChoiceInvalid(Refused):
    """A choice that cannot be kept."""

    code = "message-choice"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"提前天数须在 0 到 {MOST_DAYS_BEFORE} 之间。请改正后再保存。",
                en=f"Days before the due day go from 0 to {MOST_DAYS_BEFORE}. Please correct it.",
            )
        )


def choice_of(session: Session, organisation: str, person: str) -> Choice:
    """Return the choice of a person; a digest in Chinese at 07:30 where none was made."""
    return choices(session, organisation).get(person, Choice())


def choices(session: Session, organisation: str) -> dict[str, Choice]:
    """Return every choice that was made in the organisation, by person."""
    query = select(MessageChoiceRow).filter_by(organisation_id=organisation)
    return {row.person: _choice(row) for row in session.scalars(query)}


def keep_choice(
    session: Session, organisation: str, person: str, *, choice: Choice, now: datetime
) -> None:
    """
    Keep what a person chose.

    Raises:
        ChoiceInvalid: If the days before are out of range.
    """
    if not 0 <= choice.days_before <= MOST_DAYS_BEFORE:
        raise ChoiceInvalid
    mine = {"organisation_id": organisation, "person": person}
    row = session.scalars(select(MessageChoiceRow).filter_by(**mine)).one_or_none()
    if row is None:
        row = MessageChoiceRow(**mine)
        session.add(row)
    quiet = choice.quiet or (None, None)
    row.mode, row.at, row.language = choice.mode, _clock(choice.at), choice.language
    row.quiet_from = None if quiet[0] is None else _clock(quiet[0])
    row.quiet_until = None if quiet[1] is None else _clock(quiet[1])
    row.days_before, row.changed_at = choice.days_before, now
    session.flush()


def _choice(row: MessageChoiceRow) -> Choice:
    quiet = None
    if row.quiet_from and row.quiet_until:
        quiet = time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until)
    return Choice(
        mode=next(mode for mode in MODES if mode == row.mode),
        at=time.fromisoformat(row.at),
        quiet=quiet,
        days_before=row.days_before,
        language="en" if row.language == "en" else "zh",
    )


def _clock(at: time) -> str:
    return at.strftime("%H:%M")
