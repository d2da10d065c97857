"""The mall is planned once; every test gets a copy of its record."""

import shutil

import pytest

from inspections.database import open_database
from tests.inspections.drills.a_year import planned, published


@pytest.fixture(scope="session")
def _planned(tmp_path_factory, _sqlite_template):
    path = tmp_path_factory.mktemp("drills") / "planned.db"
    shutil.copy(_sqlite_template, path)
    return _filled(path, planned)


@pytest.fixture(scope="session")
def _published(tmp_path_factory, _planned):
    path = tmp_path_factory.mktemp("drills") / "published.db"
    shutil.copy(_planned, path)
    return _filled(path, published)


def _filled(path, fill):
    sessions = open_database(f"sqlite:///{path}")
    with sessions.begin() as session:
        fill(session)
    with sessions.kw["bind"].connect() as connection:
        # A copy must hold everything: fold the write-ahead log into the file.
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    sessions.kw["bind"].dispose()
    return path


def _copied(template, folder):
    path = folder / "mall.db"
    shutil.copy(template, path)
    return open_database(f"sqlite:///{path}")


@pytest.fixture
def mall(_planned, tmp_path):
    """Yield a session on the mall with its duties, nothing proposed yet."""
    sessions = _copied(_planned, tmp_path)
    with sessions() as session:
        yield session
    sessions.kw["bind"].dispose()


@pytest.fixture
def published_mall(_published, tmp_path):
    """Yield a session on the mall whose year of drills is published."""
    sessions = _copied(_published, tmp_path)
    with sessions() as session:
        yield session
    sessions.kw["bind"].dispose()
