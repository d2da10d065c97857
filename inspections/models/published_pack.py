"""House packs that an organisation published from the editor."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial


class PublishedPackRow(Row):
    """
    One publication of a pack, or its withdrawal; rows are only ever added.

    The latest row of a pack is the one in force.

    Attributes:
        pack: Id of the pack.
        digest: Hash of its text in `kept_text`; nothing where the pack was withdrawn.
        note: Why, in the words of who published it.
        by: Key of the person or name of the account.
    """

    __tablename__ = "published_pack"
    __table_args__ = (Index("ix_published_pack_organisation_id_pack", "organisation_id", "pack"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    pack: Mapped[str]
    digest: Mapped[str | None] = mapped_column(ForeignKey("kept_text.digest"))
    note: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
