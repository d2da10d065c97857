"""What events did: reactions applied, stop-use, samples, tasks."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _events()
    _findings()
    _tasks()
    _applied()
    _stop_use()
    _staffing()
    _samples()


def _events() -> None:
    op.add_column("site_event", sa.Column("until", Instant(), nullable=True))
    op.add_column("site_event", sa.Column("facts", Data, nullable=False, server_default="{}"))


def _findings() -> None:
    op.add_column("finding", sa.Column("gathers", sa.String(), nullable=True))
    op.create_index("ix_finding_gathers", "finding", ["gathers"])


def _tasks() -> None:
    """A task needed a finding; now it may stand alone and says what started it."""
    with op.batch_alter_table("follow_up") as batch:
        batch.add_column(sa.Column("organisation_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("site_id", Serial, nullable=True))
        batch.add_column(sa.Column("subject", sa.String(), nullable=True))
        batch.add_column(sa.Column("rule", sa.String(), nullable=True))
        batch.add_column(sa.Column("opened_at", Instant(), nullable=True))
        batch.add_column(sa.Column("not_before", Instant(), nullable=True))
        batch.add_column(sa.Column("owner", sa.String(), nullable=True))
        batch.add_column(sa.Column("qualification", sa.String(), nullable=True))
        for name in ("on_duty", "standard_change"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        batch.add_column(sa.Column("roles", Data, nullable=False, server_default="[]"))
    op.execute(
        "UPDATE follow_up SET "
        "organisation_id = (SELECT organisation_id FROM finding WHERE id = finding_id), "
        "site_id = (SELECT site_id FROM finding WHERE id = finding_id), "
        "opened_at = (SELECT found_at FROM finding WHERE id = finding_id), "
        "subject = 'finding/' || finding_id"
    )
    with op.batch_alter_table("follow_up") as batch:
        for name, kind in (
            ("organisation_id", sa.String()),
            ("site_id", Serial),
            ("subject", sa.String()),
            ("opened_at", Instant()),
        ):
            batch.alter_column(name, existing_type=kind, nullable=False)
        batch.alter_column("finding_id", existing_type=Serial, nullable=True)
        batch.drop_constraint("uq_follow_up_finding_id_key", type_="unique")
        batch.create_unique_constraint(
            "uq_follow_up_organisation_id_subject_key", ["organisation_id", "subject", "key"]
        )
        batch.create_foreign_key(
            "fk_follow_up_organisation_id_organisation", "organisation", ["organisation_id"], ["id"]
        )
        batch.create_foreign_key("fk_follow_up_site_id_site", "site", ["site_id"], ["id"])
        batch.create_index("ix_follow_up_finding_id", ["finding_id"])
        batch.create_index("ix_follow_up_organisation_id_verdict", ["organisation_id", "verdict"])


def _applied() -> None:
    op.create_table(
        "reaction_applied",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("key", "rule")),
        sa.Column("since", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("event_kind", "event_key", "site")
        ),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("target_kind", "target")),
        *(sa.Column(name, Instant(), nullable=False) for name in ("happened_at", "applied_at")),
        *(
            sa.Column(name, Data, nullable=False)
            for name in ("because", "chain", "consequence", "outcome")
        ),
        sa.UniqueConstraint("organisation_id", "key"),
    )
    op.create_index(
        "ix_reaction_applied_organisation_id_event_key",
        "reaction_applied",
        ["organisation_id", "event_key"],
    )


def _stop_use() -> None:
    op.create_table(
        "stop_use",
        sa.Column("id", Serial, primary_key=True),
        *_of_a_site(),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("reason", Data, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("finding_id", Serial, sa.ForeignKey("finding.id"), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.UniqueConstraint("finding_id", "scope", "target"),
    )
    op.create_index("ix_stop_use_organisation_id", "stop_use", ["organisation_id"])
    op.create_index("ix_stop_use_site_id", "stop_use", ["site_id"])


def _staffing() -> None:
    op.create_table(
        "staffing_need",
        sa.Column("id", Serial, primary_key=True),
        *_of_a_site(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("post_kind", sa.String(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.UniqueConstraint("organisation_id", "key"),
    )
    op.create_index("ix_staffing_need_site_id", "staffing_need", ["site_id"])


def _samples() -> None:
    op.create_table(
        "served_meal",
        sa.Column("id", Serial, primary_key=True),
        *_of_a_site(),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("meal", sa.String(), nullable=False),
        sa.Column("served_at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.UniqueConstraint("site_id", "on", "meal"),
    )
    op.create_index("ix_served_meal_organisation_id", "served_meal", ["organisation_id"])
    op.create_table(
        "served_dish",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("meal_id", Serial, sa.ForeignKey("served_meal.id"), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.UniqueConstraint("meal_id", "name"),
    )
    op.create_table(
        "food_sample",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("client_id", sa.String(), nullable=False, unique=True),
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("dish_id", Serial, sa.ForeignKey("served_dish.id"), nullable=False),
        *(sa.Column(name, sa.Double(), nullable=False) for name in ("grams", "fridge_c")),
        sa.Column("labelled", sa.Boolean(), nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("discarded_at", Instant(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("discarded_by", "why_early")),
    )
    op.create_index("ix_food_sample_organisation_id", "food_sample", ["organisation_id"])
    op.create_index("ix_food_sample_dish_id", "food_sample", ["dish_id"])


def _of_a_site() -> tuple[sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("organisation_id", sa.String(), sa.ForeignKey("organisation.id"), nullable=False),
        sa.Column("site_id", Serial, sa.ForeignKey("site.id"), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "food_sample",
        "served_dish",
        "served_meal",
        "staffing_need",
        "stop_use",
        "reaction_applied",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM follow_up WHERE finding_id IS NULL")
    with op.batch_alter_table("follow_up") as batch:
        batch.drop_index("ix_follow_up_organisation_id_verdict")
        batch.drop_index("ix_follow_up_finding_id")
        batch.drop_constraint("fk_follow_up_organisation_id_organisation", type_="foreignkey")
        batch.drop_constraint("fk_follow_up_site_id_site", type_="foreignkey")
        batch.drop_constraint("uq_follow_up_organisation_id_subject_key", type_="unique")
        batch.create_unique_constraint("uq_follow_up_finding_id_key", ["finding_id", "key"])
        batch.alter_column("finding_id", existing_type=Serial, nullable=False)
        for name in (
            "organisation_id",
            "site_id",
            "subject",
            "rule",
            "opened_at",
            "not_before",
            "owner",
            "qualification",
            "on_duty",
            "standard_change",
            "roles",
        ):
            batch.drop_column(name)
    with op.batch_alter_table("finding") as batch:
        batch.drop_index("ix_finding_gathers")
        batch.drop_column("gathers")
    with op.batch_alter_table("site_event") as batch:
        batch.drop_column("facts")
        batch.drop_column("until")
