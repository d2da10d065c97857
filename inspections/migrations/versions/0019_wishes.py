"""Places that people prefer, and how often running somebody may be at the same one."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data

revision = "0019"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("prefers", Data, nullable=False, server_default="[]"))
    most = sa.Column("most_running", sa.Integer(), nullable=False, server_default="0")
    op.add_column("organisation", most)
