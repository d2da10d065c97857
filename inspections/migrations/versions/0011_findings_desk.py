"""Extensions that wait for approval, letters that chase, and actions on many findings."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_INDEX = "ix_finding_organisation_id_state_due_at"
_NEVER = "1970-01-01 00:00:00+00:00"


def upgrade() -> None:
    # SQLite adds a column that is never empty only with a default, and cannot take it away again
    # without writing the table anew, which its references forbid.
    op.add_column(
        "finding", sa.Column("first_due_at", Instant(), nullable=False, server_default=_NEVER)
    )
    op.add_column("finding", sa.Column("proof", Data, nullable=False, server_default="[]"))
    _remember_first_deadlines()
    op.create_index(_INDEX, "finding", ["organisation_id", "state", "due_at"])
    _create_batch()
    _create_letter()


def _remember_first_deadlines() -> None:
    """The first deadline is what the first extension began with; else it is the present one."""
    finding = sa.table("finding", *(sa.column(n) for n in ("id", "due_at", "first_due_at")))
    event = sa.table(
        "finding_event",
        sa.column("id"),
        sa.column("finding_id"),
        sa.column("kind"),
        sa.column("data", Data),
    )
    connection = op.get_bind()
    connection.execute(sa.update(finding).values(first_due_at=finding.c.due_at))
    extended = sa.select(event.c.finding_id, event.c.data).where(event.c.kind == "extended")
    firsts: dict[int, str] = {}
    for finding_id, data in connection.execute(extended.order_by(event.c.id)):
        firsts.setdefault(finding_id, data["from"])
    first_due_at = sa.column("first_due_at", Instant())
    for finding_id, since in firsts.items():
        values = {first_due_at: datetime.fromisoformat(since)}
        connection.execute(sa.update(finding).where(finding.c.id == finding_id).values(values))


def _create_batch() -> None:
    op.create_table(
        "finding_batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("results", Data, nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undo", Data, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_finding_batch_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_batch")),
    )
    op.create_index(op.f("ix_finding_batch_organisation_id"), "finding_batch", ["organisation_id"])


def _create_letter() -> None:
    op.create_table(
        "chase_letter",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("reply_by", Instant(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("findings", Data, nullable=False),
        sa.Column("batch_id", sa.String(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_chase_letter_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["finding_batch.id"], name=op.f("fk_chase_letter_batch_id_finding_batch")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chase_letter")),
        sa.UniqueConstraint(
            "organisation_id", "number", name=op.f("uq_chase_letter_organisation_id_number")
        ),
    )
    op.create_index(op.f("ix_chase_letter_batch_id"), "chase_letter", ["batch_id"])


def downgrade() -> None:
    for name in ("chase_letter", "finding_batch"):
        op.drop_table(name)
    with op.batch_alter_table("finding") as batch:
        batch.drop_index(_INDEX)
        batch.drop_column("proof")
        batch.drop_column("first_due_at")
