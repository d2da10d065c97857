"""What a calendar link shows and in which language, and who fetched it last."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    columns = (
        sa.Column("language", sa.String(), nullable=False, server_default="zh"),
        sa.Column("alarms", Data, nullable=False, server_default="[]"),
        sa.Column("agent", sa.String(), nullable=True),
    )
    for column in columns:
        op.add_column("feed_subscription", column)


def downgrade() -> None:
    with op.batch_alter_table("feed_subscription") as batch:
        for name in ("agent", "alarms", "language"):
            batch.drop_column(name)
