"""Short codes of assets and places, and problems that strangers report."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from inspections.codes.short_code import distinct_codes, seed_of
from inspections.models.base import Instant, Serial

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_short_code()
    _create_problem_report()
    op.add_column(
        "site", sa.Column("shows_results", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    with op.batch_alter_table("evidence_link") as batch:
        batch.add_column(sa.Column("report_id", Serial, nullable=True))
        batch.create_foreign_key(
            "fk_evidence_link_report_id_problem_report", "problem_report", ["report_id"], ["id"]
        )
        batch.create_index("ix_evidence_link_report_id", ["report_id"])
    _give_codes()


def _create_short_code() -> None:
    op.create_table(
        "short_code",
        sa.Column("code", sa.String(), primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.UniqueConstraint("site_id", "target_kind", "target"),
    )
    op.create_index("ix_short_code_organisation_id", "short_code", ["organisation_id"])


def _create_problem_report() -> None:
    op.create_table(
        "problem_report",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("client_id", sa.String(), nullable=False, unique=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
        sa.Column("code", sa.String(), sa.ForeignKey("short_code.code"), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("finding_id", Serial, sa.ForeignKey("finding.id"), nullable=True),
        sa.Column("ticket_id", Serial, sa.ForeignKey("ticket.id"), nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.UniqueConstraint("organisation_id", "number"),
    )
    for columns in (
        ("site_id", "outcome"),
        ("code", "reported_at"),
        ("finding_id",),
        ("ticket_id",),
    ):
        op.create_index(f"ix_problem_report_{'_'.join(columns)}", "problem_report", list(columns))


def _give_codes() -> None:
    """What stands in the record already gets its codes now."""
    connection = op.get_bind()
    targets = list(_targets(connection))
    if not targets:
        return
    codes = distinct_codes((seed_of(*each[:2], *each[3:]) for each in targets), ())
    table = sa.table(
        "short_code",
        *(sa.column(name) for name in ("code", "organisation_id", "target_kind", "target")),
        sa.column("site_id", Serial),
        sa.column("made_at", Instant()),
    )
    now = datetime.now(UTC)
    rows = [
        {
            "code": code,
            "organisation_id": organisation,
            "site_id": site_id,
            "target_kind": kind,
            "target": key,
            "made_at": now,
        }
        for code, (organisation, _site, site_id, kind, key) in zip(codes, targets, strict=True)
    ]
    connection.execute(table.insert(), rows)


def _targets(connection: sa.Connection) -> Iterator[tuple[str, str, int, str, str]]:
    sites = connection.execute(
        sa.text("SELECT organisation_id, key, id FROM site ORDER BY organisation_id, position, id")
    ).all()
    yield from ((organisation, key, id_, "site", key) for organisation, key, id_ in sites)
    for kind in ("place", "asset"):
        inside: dict[int, list[Any]] = {}
        query = sa.text(f"SELECT site_id, key FROM {kind} ORDER BY site_id, position, id")  # noqa: S608 (two names of ours)
        for site_id, key in connection.execute(query):
            inside.setdefault(site_id, []).append(key)
        for organisation, site, id_ in sites:
            yield from ((organisation, site, id_, kind, key) for key in inside.get(id_, ()))


def downgrade() -> None:
    with op.batch_alter_table("evidence_link") as batch:
        batch.drop_column("report_id")
    with op.batch_alter_table("site") as batch:
        batch.drop_column("shows_results")
    op.drop_table("problem_report")
    op.drop_table("short_code")
