"""What a calendar link shows, revisions of what calendars show, and the documents kept of them."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHOICES = (
    ("shows", sa.String(), "person"),
    ("deadlines", sa.String(), "event"),
    ("days_back", sa.Integer(), "30"),
    ("days_ahead", sa.Integer(), "120"),
    ("detail", sa.String(), "full"),
    ("cancelled_days", sa.Integer(), "14"),
)


def upgrade() -> None:
    for name, kind, default in CHOICES:
        column = sa.Column(name, kind, nullable=False, server_default=default)
        op.add_column("feed_subscription", column)
    for name in ("post", "team"):
        op.add_column("feed_subscription", sa.Column(name, sa.String(), nullable=True))
    op.execute("UPDATE feed_subscription SET shows = 'site' WHERE site IS NOT NULL")
    op.create_table(
        "calendar_entry",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_calendar_entry_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_entry"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_calendar_entry_organisation_id_key"),
    )
    clock = op.create_table(
        "calendar_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_clock"),
    )
    op.bulk_insert(clock, [{"id": 1, "value": 1}])
    op.create_table(
        "feed_document",
        sa.Column("view", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("holds_until", Instant(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("events", Data, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_feed_document_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("view", name="pk_feed_document"),
    )
    op.create_index("ix_feed_document_used_on", "feed_document", ["used_on"])
    op.create_table(
        "past_assignment",
        sa.Column("id", Serial, nullable=False),
        sa.Column("occurrence_id", Serial, nullable=False),
        sa.Column("person_id", Serial, nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name="fk_past_assignment_occurrence_id_occurrence",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_past_assignment_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_past_assignment"),
    )
    for owner in ("occurrence_id", "person_id"):
        op.create_index(f"ix_past_assignment_{owner}", "past_assignment", [owner])
    op.create_index("ix_finding_organisation_id_owner", "finding", ["organisation_id", "owner"])
    op.create_index("ix_finding_event_kind_at", "finding_event", ["kind", "at"])


def downgrade() -> None:
    op.drop_index("ix_finding_event_kind_at", "finding_event")
    op.drop_index("ix_finding_organisation_id_owner", "finding")
    for table in ("past_assignment", "feed_document", "calendar_clock", "calendar_entry"):
        op.drop_table(table)
    with op.batch_alter_table("feed_subscription") as batch:
        for name in ("team", "post", *(name for name, _, _ in reversed(CHOICES))):
            batch.drop_column(name)
