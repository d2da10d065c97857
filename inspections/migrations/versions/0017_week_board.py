"""Steps on the week board that can be taken back, and weeks that were published."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "board_change",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("step", Data, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("results", Data, nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("kept", Data, nullable=True),
    )
    op.create_index("ix_board_change_organisation_id_at", "board_change", ["organisation_id", "at"])
    op.create_table(
        "board_publication",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("result", Data, nullable=False),
    )
    op.create_index("ix_board_publication_site_id_since", "board_publication", ["site_id", "since"])


def downgrade() -> None:
    op.drop_table("board_publication")
    op.drop_table("board_change")
