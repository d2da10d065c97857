"""House packs published from the editor by the hash of their text, and what a replay needs."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_pack",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("pack", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_published_pack_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["kept_text.digest"], name=op.f("fk_published_pack_digest_kept_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_pack")),
    )
    op.create_index(
        "ix_published_pack_organisation_id_pack", "published_pack", ["organisation_id", "pack"]
    )
    op.add_column("plan_run", sa.Column("performed_digest", sa.String(), nullable=True))
    op.add_column("duty", sa.Column("days", Data, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("duty") as batch:
        batch.drop_column("days")
    with op.batch_alter_table("plan_run") as batch:
        batch.drop_column("performed_digest")
    op.drop_table("published_pack")
