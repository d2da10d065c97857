"""Wishes of people for the rosters of posts."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Instant, Serial

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_wish",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("client_id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("person_id", Serial, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("shift", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.UniqueConstraint("client_id", name="uq_duty_wish_client_id"),
    )
    op.create_index("ix_duty_wish_person_id", "duty_wish", ["person_id"])
    op.create_index("ix_duty_wish_organisation_id_until", "duty_wish", ["organisation_id", "until"])
