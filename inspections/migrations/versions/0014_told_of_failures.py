"""What somebody on the spot said of a failure: graver, dangerous, or known already."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep it with the answer."""
    op.add_column("answer", sa.Column("told", Data, nullable=True))
