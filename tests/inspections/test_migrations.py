from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from inspections.database import open_engine
from inspections.migrations import upgrade
from inspections.models import Row


def test_the_migrations_make_exactly_the_tables_of_the_models(sessions):
    with sessions.kw["bind"].connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        differences = compare_metadata(context, Row.metadata)

    assert [] == differences


def test_migrating_twice_changes_nothing(sessions):
    engine = sessions.kw["bind"]
    before = sorted(inspect(engine).get_table_names())

    upgrade(engine)

    assert before == sorted(inspect(engine).get_table_names())


def test_a_missing_folder_of_a_sqlite_file_is_made(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'record.db'}")

    upgrade(engine)

    assert (tmp_path / "new" / "record.db").exists()
    engine.dispose()
