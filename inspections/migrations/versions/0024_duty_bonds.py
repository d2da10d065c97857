"""Pairings and separations of people on the rosters of posts."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_bond",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("people", Data, nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
    )
    op.create_index("ix_duty_bond_organisation_id", "duty_bond", ["organisation_id"])
    op.create_index("ix_duty_bond_site_id", "duty_bond", ["site_id"])
