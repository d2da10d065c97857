"""Scripts of drills that planners wrote themselves, by version."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drill_script",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("scenario", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("steps", Data, nullable=True),
        sa.Column("restores", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.UniqueConstraint(
            "organisation_id",
            "scenario",
            "number",
            name="uq_drill_script_organisation_id_scenario_number",
        ),
    )
