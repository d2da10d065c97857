import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from inspections.database import open_database
from inspections.importing import import_organisation
from inspections.models import PersonRow, RosterCellRow, RosterRunRow, SiteRow
from rules.organisation.loader import load_organisation
from web.cli import main

EXAMPLE = Path(__file__).parents[3] / "examples" / "kindergarten.yaml"
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
DAY = ("--person", "guard-1", "--day", MONDAY.isoformat())


@pytest.fixture
def record(tmp_path):
    """A record with a week at the gate: one guard in the morning, another in the afternoon."""
    url = f"sqlite:///{tmp_path / 'record.db'}"
    sessions = open_database(url)
    with sessions.begin() as session:
        import_organisation(session, load_organisation(EXAMPLE), now=NOON)
        site = session.scalars(select(SiteRow).filter_by(key="chunmiao")).one()
        ids = dict(row for row in session.execute(select(PersonRow.key, PersonRow.id)))
        run = RosterRunRow(
            organisation_id="kindergarten",
            site_id=site.id,
            since=MONDAY,
            until=MONDAY + timedelta(days=4),
            seed=0,
            inputs_digest="-",
            result={"status": "solved", "uncovered": [], "against": []},
            created_at=NOON,
            published_at=NOON,
            published_by="test",
        )
        session.add(run)
        session.flush()
        for number in range(5):
            for shift, person in (("D", "guard-1"), ("E", "guard-2")):
                day = MONDAY + timedelta(days=number)
                cell = {"post": "gate-post", "day": day, "shift": shift}
                session.add(RosterCellRow(roster_run_id=run.id, person_id=ids[person], **cell))
    sessions.kw["bind"].dispose()
    return url


def _explain(*arguments, language="en"):
    call = ["roster", "explain", *map(str, arguments)]
    return CliRunner().invoke(main, call, env={"XUNJIAN_LANG": language})


def test_a_cell_of_a_published_roster_is_explained_from_the_record(record):
    told = _explain("--site", "chunmiao", *DAY, "--database", record, language="zh")
    data = _explain("--site", "chunmiao", *DAY, "--database", record, "--json")

    assert 0 == told.exit_code, told.output
    assert "已发布的排班，2026-11-23 至 2026-11-27：" in told.stdout
    assert "“门岗”白班" in told.stdout
    found = json.loads(data.stdout)
    assert ("gate-post", "D") == (found["post"], found["shift"])
    assert "guard-2" in {one["person"] for one in found["others"]}


def test_what_the_record_does_not_have_is_told_with_what_to_do(record):
    at = ("--database", record)
    asked = {
        "does not have a site nowhere": ("--site", "nowhere", *DAY, *at),
        "There is no roster 2027-03-01": (
            *("--site", "chunmiao", "--person", "guard-1", "--day", "2027-03-01"),
            *at,
        ),
        "The roster has none such": (
            *("--site", "chunmiao", "--person", "nobody", "--day", MONDAY),
            *at,
        ),
        "The day is missing": ("--site", "chunmiao", "--person", "guard-1", *at),
        "FILE or --site is missing": at,
    }

    refused = {words: _explain(*arguments) for words, arguments in asked.items()}

    assert {2} == {result.exit_code for result in refused.values()}
    for words, result in refused.items():
        assert words in result.stderr
