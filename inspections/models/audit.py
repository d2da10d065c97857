"""The log of who changed what, from where, with the values before and after."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from inspections.models.base import Row, serial


class AuditRow(Row):
    """
    One change; rows are only ever added, which triggers of the database hold as well.

    Attributes:
        by: Key of the person, name of an account that is nobody's, or what did it by itself.
        action: For example `facts.changed` or `plan.applied`.
        subject: Kind and key of what was changed, for example `site/main`.
        before: Values by name; nothing for what was not there.
        after: Values by name; nothing for what is gone.
        via: `web`, `cli`, or `service` for what runs by itself.
        address: Network address that the change came from, or nothing.
        device: What the device calls itself, or nothing.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        Index("ix_audit_log_organisation_id_action", "organisation_id", "action"),
        Index("ix_audit_log_organisation_id_at", "organisation_id", "at"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    by: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]
    via: Mapped[str] = mapped_column(default="service", server_default="service")
    address: Mapped[str | None]
    device: Mapped[str | None]


class LogIsAppendOnly(RuntimeError):
    """Somebody's code tried to change or remove an entry of the audit log."""

    def __init__(self) -> None:
        super().__init__("Entries of the audit log do not change; add one that corrects it.")


@event.listens_for(AuditRow, "before_update")
@event.listens_for(AuditRow, "before_delete")
def _refuse(_mapper: Mapper[AuditRow], _connection: Connection, _row: AuditRow) -> None:
    raise LogIsAppendOnly
