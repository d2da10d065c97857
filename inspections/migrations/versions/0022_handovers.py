"""Notes of handing a post over at the change of shifts."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("keys", sa.Integer(), nullable=True),
        sa.Column("open_items", Data, nullable=False),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("taken_at", Instant(), nullable=True),
        sa.Column("taken_keys", sa.Integer(), nullable=True),
        sa.Column("taken_note", sa.String(), nullable=True),
        sa.UniqueConstraint("client_id", name="uq_handover_client_id"),
        sa.UniqueConstraint(
            "site_id",
            "post",
            "day",
            "shift",
            "version",
            name="uq_handover_site_id_post_day_shift_version",
        ),
    )
    op.create_index("ix_handover_organisation_id", "handover", ["organisation_id"])
