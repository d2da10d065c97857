"""Each organisation is imported and planned once a session; every scenario gets its own copy."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_bdd import given, parsers

from features.steps.world import World
from inspections.database import open_database
from inspections.evidence import EvidenceStore
from inspections.importing import import_organisation
from inspections.models import DrawSecretRow
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation
from rules.rulebook import RuleBook

EXAMPLES = Path(__file__).parents[2] / "examples"
FILES = {
    "海岸商业集团": "mall-group",
    "春苗幼儿园": "kindergarten",
    "青山寄宿学校": "boarding-school",
    "开发区机关后勤服务中心": "government-office",
    "海东大学后勤服务中心": "logistics-service",
}
SUNDAY_BEFORE = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
# Draws differ from record to record; with this one the school's spot check falls on 2 December.
DRAWN_FROM = "features-17"
TWO_WEEKS = (date(2026, 11, 23), date(2026, 12, 6))


@pytest.fixture(scope="session")
def full_rulebook() -> RuleBook:
    """All built-in packs."""
    return load_rulebook()


@pytest.fixture(scope="session")
def templates(tmp_path_factory, full_rulebook):
    """Return the planned database of an organisation, made on first use."""
    folder = tmp_path_factory.mktemp("organisations")
    made: dict[str, Path] = {}

    def template(name: str) -> Path:
        if name not in made:
            made[name] = folder / f"{FILES[name]}.db"
            _import_and_plan(name, made[name], full_rulebook)
        return made[name]

    return template


def _import_and_plan(name: str, path: Path, rulebook: RuleBook) -> None:
    organisation = load_organisation(EXAMPLES / f"{FILES[name]}.yaml")
    sessions = open_database(f"sqlite:///{path}")
    with sessions.begin() as session:
        import_organisation(session, organisation, now=SUNDAY_BEFORE)
        session.add(
            DrawSecretRow(organisation_id=organisation.id, secret=DRAWN_FROM, since=SUNDAY_BEFORE)
        )
        plan(
            session,
            rulebook,
            organisation_id=organisation.id,
            since=TWO_WEEKS[0],
            until=TWO_WEEKS[1],
            now=SUNDAY_BEFORE,
            seconds=5,
        )
    with sessions.kw["bind"].connect() as connection:
        # A copy must hold everything: fold the write-ahead log into the file.
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    sessions.kw["bind"].dispose()


@pytest.fixture
def open_worlds() -> Iterator[list[World]]:
    """Close the databases of a scenario at its end."""
    worlds: list[World] = []
    yield worlds
    for world in worlds:
        engine = world.session.get_bind()
        world.session.close()
        engine.dispose()


@given(
    parsers.re("“(?P<name>.+)”的资料和规则已导入，11月23日起两周的检查已排好"),
    target_fixture="world",
)
def planned_organisation(name, templates, tmp_path, full_rulebook, open_worlds):
    """Open a copy of the organisation's planned record."""
    path = tmp_path / "record.db"
    shutil.copy(templates(name), path)
    session = open_database(f"sqlite:///{path}")()
    world = World(
        session=session,
        rulebook=full_rulebook,
        organisation=load_organisation(EXAMPLES / f"{FILES[name]}.yaml").id,
        store=EvidenceStore(tmp_path / "evidence"),
        now=SUNDAY_BEFORE,
    )
    open_worlds.append(world)
    return world
