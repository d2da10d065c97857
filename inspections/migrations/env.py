"""Run by Alembic: migrate over the connection that `upgrade` passes in."""

from alembic import context

from inspections.models import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
