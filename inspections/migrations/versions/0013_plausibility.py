"""What looks implausible in records: what photos look like, looks at flags, figures of houses."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Instant, Serial

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("evidence", sa.Column("look", sa.BigInteger(), nullable=True))
    op.create_index("ix_inspection_finished_at", "inspection", ["finished_at", "occurrence_id"])
    _create_flag_look()
    _create_threshold()
    _create_walking_time()


def _create_flag_look() -> None:
    op.create_table(
        "flag_look",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("flag", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_flag_look_organisation_id_flag", "flag_look", ["organisation_id", "flag"])


def _create_threshold() -> None:
    op.create_table(
        "plausibility_threshold",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index(
        "ix_plausibility_threshold_organisation_id_name",
        "plausibility_threshold",
        ["organisation_id", "name"],
    )


def _create_walking_time() -> None:
    op.create_table(
        "walking_time",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("minutes", sa.Double(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
    )
    op.create_index("ix_walking_time_site_id_place", "walking_time", ["site_id", "place"])


def downgrade() -> None:
    op.drop_table("walking_time")
    op.drop_table("plausibility_threshold")
    op.drop_table("flag_look")
    op.drop_index("ix_inspection_finished_at", table_name="inspection")
    op.drop_column("evidence", "look")
