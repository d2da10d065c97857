"""Why an item failed, in both languages, and which tasks repeat its reading."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("why", Data, nullable=True))
    repeats = sa.Column("repeats", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("follow_up", repeats)


def downgrade() -> None:
    with op.batch_alter_table("follow_up") as batch:
        batch.drop_column("repeats")
    with op.batch_alter_table("finding") as batch:
        batch.drop_column("why")
