"""Items that tablets sent with the conflicts among them, the tablets, and signatures."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial, Words

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "sync_item",
        sa.Column("number", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("account_id", Serial, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _WORDS),
        sa.Column("seq", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("after", "subject", "part")),
        sa.Column("photos_expected", sa.Integer(), nullable=False),
        sa.Column("device_at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("offset_seconds", sa.Double(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=True),
        sa.Column("problem_code", sa.String(), nullable=True),
        sa.Column("problem", Words(), nullable=True),
        sa.Column("against", Serial, nullable=True),
        sa.Column("outcome", Data, nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in _DECISION),
        sa.Column("decided_at", Instant(), nullable=True),
        _key("sync_item", "organisation_id", "organisation.id"),
        _key("sync_item", "account_id", "account.id"),
        _key("sync_item", "against", "sync_item.number"),
        sa.PrimaryKeyConstraint("number", name="pk_sync_item"),
        sa.UniqueConstraint(
            "account_id", "item", "sha256", name="uq_sync_item_account_id_item_sha256"
        ),
    )
    for columns in _INDEXES:
        op.create_index(f"ix_sync_item_{'_'.join(columns)}", "sync_item", list(columns))
    op.create_table(
        "tablet",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("account_id", Serial, nullable=False),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("first_seen_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=True),
        sa.Column("oldest_at", Instant(), nullable=True),
        sa.Column("offset_seconds", sa.Double(), nullable=True),
        _key("tablet", "organisation_id", "organisation.id"),
        _key("tablet", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name="pk_tablet"),
        sa.UniqueConstraint("account_id", "device", name="uq_tablet_account_id_device"),
    )
    op.create_index("ix_tablet_organisation_id", "tablet", ["organisation_id"])
    op.create_table(
        "signature",
        sa.Column("id", Serial, nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        _key("signature", "inspection_id", "inspection.id"),
        _key("signature", "sha256", "evidence.sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_signature"),
        sa.UniqueConstraint(
            "inspection_id", "sha256", "digest", name="uq_signature_inspection_id_sha256_digest"
        ),
    )
    op.add_column("inspection", sa.Column("device_digest", sa.String(), nullable=True))


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    other = target.split(".", maxsplit=1)[0]
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}_{other}")


_WORDS = ("by", "device", "item", "sha256", "kind")
_DECISION = ("imported_by", "decision", "decided_by")
_INDEXES = (
    ("organisation_id", "state"),
    ("account_id", "waits_for"),
    ("subject", "kind"),
    ("part", "kind"),
)


def downgrade() -> None:
    """Take the tables away."""
    with op.batch_alter_table("inspection") as batch:
        batch.drop_column("device_digest")
    for table in ("signature", "tablet", "sync_item"):
        op.drop_table(table)
