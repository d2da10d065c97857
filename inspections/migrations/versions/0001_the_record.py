"""The record: organisations, plans, inspections, findings, tickets, rosters and accounts."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial, Words

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 (one statement for each table and index)
    op.create_table(
        "evidence",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence"),
    )
    op.create_table(
        "kept_text",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_kept_text"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("packs", Data, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
    )
    op.create_table(
        "account",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("sites", Data, nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", Instant(), nullable=True),
        sa.Column("created_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_account_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("name", name="uq_account_name"),
    )
    op.create_index("ix_account_organisation_id", "account", ["organisation_id"])
    op.create_table(
        "audit_log",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("data", Data, nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_audit_log_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit_log"),
    )
    op.create_index("ix_audit_log_organisation_id", "audit_log", ["organisation_id"])
    op.create_table(
        "decision",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("note", Words(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_decision_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
        sa.UniqueConstraint(
            "organisation_id",
            "site",
            "rule",
            "on",
            name="uq_decision_organisation_id_site_rule_on",
        ),
    )
    op.create_table(
        "feed_subscription",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("site", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("revoked_at", Instant(), nullable=True),
        sa.Column("fetched_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_feed_subscription_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_feed_subscription"),
        sa.UniqueConstraint("token_sha256", name="uq_feed_subscription_token_sha256"),
    )
    op.create_index(
        "ix_feed_subscription_organisation_id", "feed_subscription", ["organisation_id"]
    )
    op.create_table(
        "performed",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_performed_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_performed"),
        sa.UniqueConstraint(
            "organisation_id", "rule", "target", name="uq_performed_organisation_id_rule_target"
        ),
    )
    op.create_table(
        "person",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("sites", Data, nullable=False),
        sa.Column("roles", Data, nullable=False),
        sa.Column("facts", Data, nullable=False),
        sa.Column("team", sa.String(), nullable=True),
        sa.Column("minutes_per_day", sa.Integer(), nullable=False),
        sa.Column("works", Data, nullable=False),
        sa.Column("employer", Words(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_person_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_person_organisation_id_key"),
    )
    op.create_table(
        "plan_run",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("inputs_digest", sa.String(), nullable=False),
        sa.Column("rulebook_digest", sa.String(), nullable=False),
        sa.Column("packs", Data, nullable=False),
        sa.Column("software", sa.String(), nullable=False),
        sa.Column("result", Data, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_plan_run_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_run"),
    )
    op.create_index("ix_plan_run_organisation_id", "plan_run", ["organisation_id"])
    op.create_table(
        "site",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("facts", Data, nullable=False),
        sa.Column("calendar", Data, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_site_organisation_id_organisation"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_site"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_site_organisation_id_key"),
    )
    op.create_table(
        "site_event",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("note", Words(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_site_event_organisation_id_organisation",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_site_event"),
        sa.UniqueConstraint("organisation_id", "key", name="uq_site_event_organisation_id_key"),
    )
    op.create_table(
        "absence",
        sa.Column("id", Serial, nullable=False),
        sa.Column("person_id", Serial, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_absence_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_absence"),
    )
    op.create_index("ix_absence_person_id", "absence", ["person_id"])
    op.create_table(
        "asset",
        sa.Column("id", Serial, nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("facts", Data, nullable=False),
        sa.Column("keeper", sa.String(), nullable=True),
        sa.Column("maintainer", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_asset_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
        sa.UniqueConstraint("site_id", "key", name="uq_asset_site_id_key"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", Serial, nullable=False),
        sa.Column("person_id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_certificate_person_id_person"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
    )
    op.create_index("ix_certificate_person_id", "certificate", ["person_id"])
    op.create_table(
        "duty",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("target_kind", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("waits_for", Data, nullable=False),
        sa.Column("because", Data, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_duty_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_duty_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_duty"),
        sa.UniqueConstraint(
            "site_id",
            "rule",
            "target_kind",
            "target",
            "valid_from",
            name="uq_duty_site_id_rule_target_kind_target_valid_from",
        ),
    )
    op.create_index("ix_duty_organisation_id_rule", "duty", ["organisation_id", "rule"])
    op.create_table(
        "place",
        sa.Column("id", Serial, nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("facts", Data, nullable=False),
        sa.Column("keeper", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_place_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
        sa.UniqueConstraint("site_id", "key", name="uq_place_site_id_key"),
    )
    op.create_table(
        "post",
        sa.Column("id", Serial, nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", Words(), nullable=False),
        sa.Column("facts", Data, nullable=False),
        sa.Column("shifts", Data, nullable=False),
        sa.Column("qualifications", Data, nullable=False),
        sa.Column("roles", Data, nullable=False),
        sa.Column("days", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_post_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("site_id", "key", name="uq_post_site_id_key"),
    )
    op.create_table(
        "roster_run",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("inputs_digest", sa.String(), nullable=False),
        sa.Column("result", Data, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("published_at", Instant(), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name="fk_roster_run_organisation_id_organisation",
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_roster_run_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_run"),
    )
    op.create_index("ix_roster_run_site_id", "roster_run", ["site_id"])
    op.create_table(
        "occurrence",
        sa.Column("id", Serial, nullable=False),
        sa.Column("duty_id", Serial, nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("opens_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("closes_at", Instant(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("moved_code", sa.String(), nullable=True),
        sa.Column("moved", Words(), nullable=True),
        sa.Column("hidden_until", Instant(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("uncovered_code", sa.String(), nullable=True),
        sa.Column("uncovered", Words(), nullable=True),
        sa.Column("helps", Data, nullable=True),
        sa.ForeignKeyConstraint(["duty_id"], ["duty.id"], name="fk_occurrence_duty_id_duty"),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_occurrence_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence"),
        sa.UniqueConstraint("duty_id", "period", name="uq_occurrence_duty_id_period"),
    )
    op.create_index("ix_occurrence_site_id_due_at", "occurrence", ["site_id", "due_at"])
    op.create_index("ix_occurrence_state_closes_at", "occurrence", ["state", "closes_at"])
    op.create_table(
        "roster_cell",
        sa.Column("id", Serial, nullable=False),
        sa.Column("roster_run_id", Serial, nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("person_id", Serial, nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("reason", Words(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_roster_cell_person_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["roster_run_id"], ["roster_run.id"], name="fk_roster_cell_roster_run_id_roster_run"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_roster_cell"),
    )
    op.create_index("ix_roster_cell_person_id", "roster_cell", ["person_id"])
    op.create_index("ix_roster_cell_roster_run_id_day", "roster_cell", ["roster_run_id", "day"])
    op.create_table(
        "assignment",
        sa.Column("id", Serial, nullable=False),
        sa.Column("occurrence_id", Serial, nullable=False),
        sa.Column("person_id", Serial, nullable=False),
        sa.Column("reason", Words(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("plan_run_id", Serial, nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name="fk_assignment_occurrence_id_occurrence"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_assignment_person_id_person"
        ),
        sa.ForeignKeyConstraint(
            ["plan_run_id"], ["plan_run.id"], name="fk_assignment_plan_run_id_plan_run"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
        sa.UniqueConstraint(
            "occurrence_id", "person_id", name="uq_assignment_occurrence_id_person_id"
        ),
    )
    op.create_index("ix_assignment_person_id", "assignment", ["person_id"])
    op.create_table(
        "inspection",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("occurrence_id", Serial, nullable=False),
        sa.Column("checklist", Data, nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("device_at", Instant(), nullable=False),
        sa.Column("server_at", Instant(), nullable=False),
        sa.Column("offset_seconds", sa.Double(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("make_up", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name="fk_inspection_occurrence_id_occurrence"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inspection"),
    )
    op.create_index("ix_inspection_occurrence_id", "inspection", ["occurrence_id"])
    op.create_table(
        "occurrence_event",
        sa.Column("id", Serial, nullable=False),
        sa.Column("occurrence_id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("data", Data, nullable=True),
        sa.ForeignKeyConstraint(
            ["occurrence_id"],
            ["occurrence.id"],
            name="fk_occurrence_event_occurrence_id_occurrence",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_occurrence_event"),
    )
    op.create_index("ix_occurrence_event_occurrence_id", "occurrence_event", ["occurrence_id"])
    op.create_table(
        "answer",
        sa.Column("id", Serial, nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("value", Data, nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name="fk_answer_inspection_id_inspection"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.UniqueConstraint(
            "inspection_id", "item", "attempt", name="uq_answer_inspection_id_item_attempt"
        ),
    )
    op.create_table(
        "finding",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("asset", sa.String(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("occurrence_id", Serial, nullable=True),
        sa.Column("inspection_id", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("title", Words(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("major_hazard", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("found_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("arithmetic", Data, nullable=False),
        sa.Column("deadline_from", sa.String(), nullable=True),
        sa.Column("separate_verifier", sa.Boolean(), nullable=False),
        sa.Column("without", Data, nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name="fk_finding_inspection_id_inspection"
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name="fk_finding_occurrence_id_occurrence"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_finding_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_finding_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
        sa.UniqueConstraint("inspection_id", "item", name="uq_finding_inspection_id_item"),
        sa.UniqueConstraint("organisation_id", "number", name="uq_finding_organisation_id_number"),
    )
    op.create_index("ix_finding_occurrence_id", "finding", ["occurrence_id"])
    op.create_index("ix_finding_site_id_state", "finding", ["site_id", "state"])
    op.create_table(
        "finding_event",
        sa.Column("id", Serial, nullable=False),
        sa.Column("finding_id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("data", Data, nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_finding_event_finding_id_finding"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding_event"),
    )
    op.create_index("ix_finding_event_finding_id", "finding_event", ["finding_id"])
    op.create_table(
        "follow_up",
        sa.Column("id", Serial, nullable=False),
        sa.Column("finding_id", Serial, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("title", Words(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("arithmetic", Data, nullable=False),
        sa.Column("separate_person", sa.Boolean(), nullable=False),
        sa.Column("done_at", Instant(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("reading", sa.Double(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_follow_up_finding_id_finding"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up"),
        sa.UniqueConstraint("finding_id", "key", name="uq_follow_up_finding_id_key"),
    )
    op.create_table(
        "ticket",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("site_id", Serial, nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("asset", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("reported_at", Instant(), nullable=False),
        sa.Column("reported_by", sa.String(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("finding_id", Serial, nullable=True),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_ticket_finding_id_finding"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name="fk_ticket_organisation_id_organisation"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name="fk_ticket_site_id_site"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket"),
        sa.UniqueConstraint("organisation_id", "number", name="uq_ticket_organisation_id_number"),
    )
    op.create_index("ix_ticket_site_id", "ticket", ["site_id"])
    op.create_table(
        "evidence_link",
        sa.Column("id", Serial, nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("inspection_id", sa.String(), nullable=True),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("finding_id", Serial, nullable=True),
        sa.Column("ticket_id", Serial, nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name="fk_evidence_link_finding_id_finding"
        ),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspection.id"], name="fk_evidence_link_inspection_id_inspection"
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["evidence.sha256"], name="fk_evidence_link_sha256_evidence"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name="fk_evidence_link_ticket_id_ticket"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_link"),
    )
    op.create_index("ix_evidence_link_finding_id", "evidence_link", ["finding_id"])
    op.create_index("ix_evidence_link_inspection_id", "evidence_link", ["inspection_id"])
    op.create_index("ix_evidence_link_sha256", "evidence_link", ["sha256"])
    op.create_index("ix_evidence_link_ticket_id", "evidence_link", ["ticket_id"])
    op.create_table(
        "ticket_event",
        sa.Column("id", Serial, nullable=False),
        sa.Column("ticket_id", Serial, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("data", Data, nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name="fk_ticket_event_ticket_id_ticket"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_event"),
    )
    op.create_index("ix_ticket_event_ticket_id", "ticket_event", ["ticket_id"])


def downgrade() -> None:
    for table in (
        "ticket_event",
        "evidence_link",
        "ticket",
        "follow_up",
        "finding_event",
        "finding",
        "answer",
        "occurrence_event",
        "inspection",
        "assignment",
        "roster_cell",
        "occurrence",
        "roster_run",
        "post",
        "place",
        "duty",
        "certificate",
        "asset",
        "absence",
        "site_event",
        "site",
        "plan_run",
        "person",
        "performed",
        "feed_subscription",
        "decision",
        "audit_log",
        "account",
        "organisation",
        "kept_text",
        "evidence",
    ):
        op.drop_table(table)
