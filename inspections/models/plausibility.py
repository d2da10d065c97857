"""What officers said of flags, and the figures that a house sets for them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class FlagLookRow(Row):
    """
    Somebody looked into a flag; rows are only ever added, the latest one of a flag holds.

    Attributes:
        flag: Key of the flag.
        digest: Hash of the records that were behind it then.
        note: What it came to.
    """

    __tablename__ = "flag_look"
    __table_args__ = (Index("ix_flag_look_organisation_id_flag", "organisation_id", "flag"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    flag: Mapped[str]
    kind: Mapped[str]
    digest: Mapped[str]
    note: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class ThresholdRow(Row):
    """A figure of the house's own, from a day on; the latest entry for a day holds."""

    __tablename__ = "plausibility_threshold"
    __table_args__ = (
        Index("ix_plausibility_threshold_organisation_id_name", "organisation_id", "name"),
    )

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    since: Mapped[date]
    value: Mapped[float]
    by: Mapped[str]
    at: Mapped[datetime]


class WalkingTimeRow(Row):
    """
    How long the way between two places of a site takes, measured; the latest entry holds.

    Attributes:
        place: Key of the one that comes first by its key.
        other: Key of the other.
    """

    __tablename__ = "walking_time"
    __table_args__ = (Index("ix_walking_time_site_id_place", "site_id", "place"),)

    id: Mapped[serial]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    place: Mapped[str]
    other: Mapped[str]
    minutes: Mapped[float]
    by: Mapped[str]
    at: Mapped[datetime]
