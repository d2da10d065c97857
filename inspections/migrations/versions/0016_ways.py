"""Ways between sites and between places, and the order in which a round passes places."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, column in (
        ("organisation", "travel"),
        ("site", "place_order"),
        ("site", "travel"),
    ):
        op.add_column(table, sa.Column(column, Data, nullable=False, server_default="[]"))
