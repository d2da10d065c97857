"""Sessions and invitations of accounts, and what the audit log tells of a change."""

import sqlalchemy as sa
from alembic import op

from inspections.models.base import Data, Instant, Serial

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OLD = sa.table(
    "audit_log",
    sa.column("id", sa.BigInteger()),
    sa.column("data", Data),
    sa.column("before", Data),
    sa.column("after", Data),
)
_REFUSED = "entries of the audit log do not change"


def upgrade() -> None:
    _tell_before_and_after()
    _close_the_log()
    _extend_account()
    _create_registered_tablet()
    _create_account_session()
    _create_account_link()


def _extend_account() -> None:
    op.add_column("account", sa.Column("email", sa.String(), nullable=True))
    op.add_column("account", sa.Column("oidc_subject", sa.String(), nullable=True))
    op.add_column("account", sa.Column("signed_in_at", Instant(), nullable=True))
    op.add_column("account", sa.Column("password_changed_at", Instant(), nullable=True))
    op.create_index(op.f("ix_account_oidc_subject"), "account", ["oidc_subject"], unique=True)


def _create_registered_tablet() -> None:
    op.create_table(
        "registered_tablet",
        sa.Column("id", Serial, nullable=False),
        sa.Column("organisation_id", sa.String(), nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_registered_tablet_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registered_tablet")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_registered_tablet_secret_sha256")),
    )
    op.create_index(
        op.f("ix_registered_tablet_organisation_id"), "registered_tablet", ["organisation_id"]
    )


def _create_account_session() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", Serial, nullable=False),
        sa.Column("account_id", Serial, nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("tablet_id", Serial, nullable=True),
        sa.Column("device", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["tablet_id"],
            ["registered_tablet.id"],
            name=op.f("fk_account_session_tablet_id_registered_tablet"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_account_session_secret_sha256")),
    )
    for column in ("account_id", "tablet_id"):
        op.create_index(op.f(f"ix_account_session_{column}"), "account_session", [column])


def _create_account_link() -> None:
    op.create_table(
        "account_link",
        sa.Column("id", Serial, nullable=False),
        sa.Column("account_id", Serial, nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_account_link_secret_sha256")),
    )
    op.create_index(op.f("ix_account_link_account_id"), "account_link", ["account_id"])


def _tell_before_and_after() -> None:
    op.add_column("audit_log", sa.Column("before", Data, nullable=True))
    op.add_column("audit_log", sa.Column("after", Data, nullable=True))
    op.add_column(
        "audit_log", sa.Column("via", sa.String(), nullable=False, server_default="service")
    )
    op.add_column("audit_log", sa.Column("address", sa.String(), nullable=True))
    op.add_column("audit_log", sa.Column("device", sa.String(), nullable=True))
    _carry_over()
    op.drop_index(op.f("ix_audit_log_organisation_id"), "audit_log")
    with op.batch_alter_table("audit_log") as batch:
        batch.drop_column("data")
    op.create_index(
        "ix_audit_log_organisation_id_action", "audit_log", ["organisation_id", "action"]
    )
    op.create_index("ix_audit_log_organisation_id_at", "audit_log", ["organisation_id", "at"])


def _carry_over() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_OLD.c.id, _OLD.c.data).where(_OLD.c.data.is_not(None)))
    for id_, data in rows.all():
        before, after = _halves(data)
        values = {"before": before, "after": after}
        connection.execute(sa.update(_OLD).where(_OLD.c.id == id_).values(**values))


def _halves(data: dict[str, object]) -> tuple[object, object]:
    """Return what an old entry told as what was before and after."""
    if "before" not in data:
        return None, data
    before, after = data["before"], data.get("after")
    if isinstance(before, dict):
        return before, after
    digest = "digest" if "note" in data else "state"
    note = {"note": data["note"]} if "note" in data else {}
    return (None if before is None else {digest: before}), {digest: after, **note}


def _close_the_log() -> None:
    """Let the database refuse what the application never does."""
    if op.get_bind().dialect.name == "sqlite":
        for step in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_log_no_{step} BEFORE {step.upper()} ON audit_log "
                f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_log_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_log_refuses()"
    )


def downgrade() -> None:
    for name in ("account_link", "account_session", "registered_tablet"):
        op.drop_table(name)
    op.drop_index(op.f("ix_account_oidc_subject"), "account")
    for name in ("email", "oidc_subject", "signed_in_at", "password_changed_at"):
        op.drop_column("account", name)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        op.execute("DROP TRIGGER audit_log_no_update")
        op.execute("DROP TRIGGER audit_log_no_delete")
    else:
        op.execute("DROP TRIGGER audit_log_is_append_only ON audit_log")
        op.execute("DROP FUNCTION audit_log_refuses")
    op.add_column("audit_log", sa.Column("data", Data, nullable=True))
    op.drop_index("ix_audit_log_organisation_id_action", "audit_log")
    op.drop_index("ix_audit_log_organisation_id_at", "audit_log")
    op.create_index(op.f("ix_audit_log_organisation_id"), "audit_log", ["organisation_id"])
    with op.batch_alter_table("audit_log") as batch:
        for name in ("before", "after", "via", "address", "device"):
            batch.drop_column(name)
