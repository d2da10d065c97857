"""Organisations, sites and what stands in them, as imported and edited."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inspections.models.base import Row, serial
from rules.text import Text


class OrganisationRow(Row):
    """
    An organisation; its `id` is the one of its file.

    Attributes:
        packs: House packs it uses.
        travel: Ways between sites, as data.
        most_running: On how many days running the same person may be at a place; 0 for any.
        changed_at: When a fact of it last changed.
    """

    __tablename__ = "organisation"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[Text]
    time_zone: Mapped[str]
    country: Mapped[str]
    packs: Mapped[list[str]]
    travel: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    most_running: Mapped[int] = mapped_column(default=0, server_default="0")
    changed_at: Mapped[datetime]
    sites: Mapped[list["SiteRow"]] = relationship(
        back_populates="organisation", order_by="SiteRow.position"
    )

    def note_change(self, now: datetime) -> None:
        """Note that a fact changed at *now*; feeds tell two changes of one instant apart by it."""
        self.changed_at = max(now, self.changed_at + timedelta(microseconds=1))


class SiteRow(Row):
    """
    A site.

    Attributes:
        key: Its `id` in the organisation's file; unique in the organisation.
        position: Order in the file.
        ended_on: Day from which it is no longer there; its past stays.
        calendar: The `SiteCalendar` as data.
        place_order: Keys of places in the order in which a round passes them.
        travel: Ways between its places, as data.
        shows_results: Whether strangers at a label see how the last check came out.
    """

    __tablename__ = "site"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    name: Mapped[Text]
    facts: Mapped[dict[str, Any]]
    calendar: Mapped[dict[str, Any]]
    place_order: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    travel: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    position: Mapped[int]
    ended_on: Mapped[date | None]
    shows_results: Mapped[bool] = mapped_column(default=False, server_default=false())
    organisation: Mapped[OrganisationRow] = relationship(back_populates="sites")


class PlaceRow(Row):
    """A room, zone or area of a site."""

    __tablename__ = "place"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[serial]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    key: Mapped[str]
    name: Mapped[Text]
    facts: Mapped[dict[str, Any]]
    keeper: Mapped[str | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class AssetRow(Row):
    """
    A device or group of like devices.

    Attributes:
        place: Key of its place; nothing where it stands at the site itself.
        keeper: Key of the person who keeps it.
        maintainer: Key of the person who maintains it.
    """

    __tablename__ = "asset"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[serial]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    key: Mapped[str]
    name: Mapped[Text]
    place: Mapped[str | None]
    facts: Mapped[dict[str, Any]]
    keeper: Mapped[str | None]
    maintainer: Mapped[str | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class PostRow(Row):
    """A place to be staffed by shifts; `shifts` are the `Shift`s as data."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("site_id", "key"),)

    id: Mapped[serial]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    key: Mapped[str]
    name: Mapped[Text]
    facts: Mapped[dict[str, Any]]
    shifts: Mapped[list[dict[str, Any]]]
    qualifications: Mapped[list[str]]
    roles: Mapped[list[str]]
    days: Mapped[str]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class SiteEventRow(Row):
    """
    Something that rules wait for at a site, for example a weather warning.

    Attributes:
        facts: What is known of it, for example `weather.kind` and `weather.level`.
        until: When it ended, for what lasts; nothing while it lasts or where it was a moment.
    """

    __tablename__ = "site_event"
    __table_args__ = (UniqueConstraint("organisation_id", "key"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    key: Mapped[str]
    site: Mapped[str]
    target: Mapped[str | None]
    kind: Mapped[str]
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[Text | None]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class DecisionRow(Row):
    """A site's answer to an open question: whether a rule that may apply does."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("organisation_id", "site", "rule", "on"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    site: Mapped[str]
    rule: Mapped[str]
    applies: Mapped[bool]
    note: Mapped[Text]
    by: Mapped[str]
    on: Mapped[date]
    position: Mapped[int]
    ended_on: Mapped[date | None]


class PerformedRow(Row):
    """When a duty was last done before this system knew it."""

    __tablename__ = "performed"
    __table_args__ = (UniqueConstraint("organisation_id", "rule", "target"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    rule: Mapped[str]
    target: Mapped[str]
    on: Mapped[date]
    position: Mapped[int]
    ended_on: Mapped[date | None]
