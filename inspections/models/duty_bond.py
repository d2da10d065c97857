"""Who stands posts only together, or never together."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class DutyBondRow(Row):
    """
    A pairing or a separation of people of a site.

    Attributes:
        site_id: Whose officers keep it; it holds wherever the people stand.
        kind: `with`: the first stands only shifts that one of the others stands too. `apart`: no
            two of them stand the same post at the same time.
        people: Keys of the people.
        since: First day on which it holds; `until` the last, nothing without end.
        ended_at: From then on it binds nobody.
    """

    __tablename__ = "duty_bond"

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"), index=True)
    kind: Mapped[str]
    people: Mapped[list[str]]
    reason: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    by: Mapped[str]
    entered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
