"""What an event befell: one asset, place, post or person instead of the whole site."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("site_event", sa.Column("target", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("site_event") as batch:
        batch.drop_column("target")
