"""Write down who changed what, when, from where, with the values before and after."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal

from sqlalchemy.orm import Session

from inspections.models import AuditRow
from rules.text import Text

Via = Literal["web", "cli", "service"]


@dataclass(frozen=True)
class Origin:
    """
    Where changes come from.

    Attributes:
        via: Pages, the command line, or what runs by itself.
        address: Network address, where there is one.
        device: What the device calls itself.
    """

    via: Via
    address: str | None = None
    device: str | None = None


SERVICE = Origin("service")
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=SERVICE)


def come_from(origin: Origin) -> None:
    """Let the changes of this thread and context come from *origin* until told otherwise."""
    _origin.set(origin)


def origin() -> Origin:
    """Return where changes come from here."""
    return _origin.get()


@contextmanager
def coming_from(where: Origin) -> Iterator[None]:
    """Let the changes made inside come from *where*."""
    token = _origin.set(where)
    try:
        yield
    finally:
        _origin.reset(token)


def note_change(  # noqa: PLR0913 (the parts of one entry, all named at the call)
    session: Session,
    *,
    organisation: str | None,
    by: str,
    action: str,
    subject: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> AuditRow:
    """
    Append one entry to the audit log and return it.

    Where it comes from is known from the request or the command. *before* is nothing for what was
    made, *after* for what is gone; instants, days, texts and tuples may be given as they are.
    Give what a person must see to judge the change, never a secret.
    """
    here = _origin.get()
    row = AuditRow(
        organisation_id=organisation,
        at=now,
        by=by,
        action=action,
        subject=subject,
        before=None if before is None else _plain(before),
        after=None if after is None else _plain(after),
        via=here.via,
        address=here.address,
        device=here.device,
    )
    session.add(row)
    session.flush()
    return row


def _plain(value: Any) -> Any:
    match value:
        case Mapping():
            value = {str(name): _plain(each) for name, each in value.items()}
        case list() | tuple():
            value = [_plain(each) for each in value]
        case set() | frozenset():
            value = sorted(map(_plain, value))
        case Text():
            value = value.model_dump()
        case Enum():
            value = value.value
        case date() | time():
            value = value.isoformat()
        case timedelta():
            value = value.total_seconds()
    return value
