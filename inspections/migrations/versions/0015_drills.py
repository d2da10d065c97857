"""The year of drills, their reports, and the secret that random draws hang on."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial, Words

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_draw_secret()
    _create_programme()
    _create_drill()
    _create_serves()
    _create_report()
    _create_shortcoming()
    with op.batch_alter_table("evidence_link") as batch:
        batch.add_column(sa.Column("drill_id", Serial, nullable=True))
        batch.create_foreign_key("fk_evidence_link_drill_id_drill", "drill", ["drill_id"], ["id"])
        batch.create_index("ix_evidence_link_drill_id", ["drill_id"])


def _create_draw_secret() -> None:
    op.create_table(
        "draw_secret",
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("organisation_id", name="pk_draw_secret"),
    )


def _create_programme() -> None:
    op.create_table(
        "drill_programme",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("settings", Data, nullable=False),
        sa.Column("missing", Data, nullable=False),
        sa.Column("idle", Data, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=True),
        sa.Column("proposed_by", sa.String(), nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.UniqueConstraint(
            "organisation_id", "year", name="uq_drill_programme_organisation_id_year"
        ),
    )


def _create_drill() -> None:
    op.create_table(
        "drill",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("programme_id", Serial, sa.ForeignKey("drill_programme.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts_at", Instant(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("leader", sa.String(), nullable=True),
        sa.Column("scenario", Words(), nullable=True),
        sa.Column("shift", Words(), nullable=True),
        sa.Column("building", Words(), nullable=True),
        sa.Column("avoids", Data, nullable=False),
        sa.Column("moved_from", Data, nullable=True),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
    )
    op.create_index("ix_drill_programme_id_on", "drill", ["programme_id", "on"])
    op.create_index("ix_drill_site_id_on", "drill", ["site_id", "on"])


def _create_serves() -> None:
    op.create_table(
        "drill_serves",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("drill_id", Serial, sa.ForeignKey("drill.id"), nullable=False),
        sa.Column("duty_id", Serial, sa.ForeignKey("duty.id"), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.UniqueConstraint(
            "drill_id", "duty_id", "period", name="uq_drill_serves_drill_id_duty_id_period"
        ),
    )
    op.create_index("ix_drill_serves_duty_id_period", "drill_serves", ["duty_id", "period"])


def _create_report() -> None:
    op.create_table(
        "drill_report",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("drill_id", Serial, sa.ForeignKey("drill.id"), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("absent", Data, nullable=False),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("inspection_id", sa.String(), sa.ForeignKey("inspection.id"), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.UniqueConstraint("drill_id", name="uq_drill_report_drill_id"),
    )


def _create_shortcoming() -> None:
    op.create_table(
        "drill_shortcoming",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("report_id", Serial, sa.ForeignKey("drill_report.id"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("standard", sa.String(), nullable=True),
        sa.Column("dropped_at", Instant(), nullable=True),
        sa.UniqueConstraint("report_id", "number", name="uq_drill_shortcoming_report_id_number"),
    )


def downgrade() -> None:
    with op.batch_alter_table("evidence_link") as batch:
        batch.drop_index("ix_evidence_link_drill_id")
        batch.drop_column("drill_id")
    for table in ("drill_shortcoming", "drill_report", "drill_serves", "drill"):
        op.drop_table(table)
    op.drop_table("drill_programme")
    op.drop_table("draw_secret")
