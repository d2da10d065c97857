"""`xunjian import-tablet`."""

import json
from datetime import UTC, datetime

import pytest
import yaml
from click.testing import CliRunner
from sqlalchemy import select

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from inspections.importing import import_organisation
from inspections.models import FindingRow
from rules.organisation.model import Organisation
from tests.inspections.conftest import DATA
from tests.web.a_tablet import a_finding, item_of
from web.cli import main

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def record(tmp_path):
    """A small school with an account; returns the URL."""
    url = f"sqlite:///{tmp_path}/record.db"
    data = yaml.safe_load((DATA / "campus.yaml").read_text("utf-8")) | {
        "packs": [],
        "decisions": [],
    }
    sessions = open_database(url)
    with sessions.begin() as session:
        import_organisation(session, Organisation.model_validate(data), now=NOW)
        new = NewAccount("campus", "campus-officer", "x" * 12, "inspector", person="officer")
        ensure_account(session, new, now=NOW)
    sessions.kw["bind"].dispose()
    return url


@pytest.fixture
def file(tmp_path):
    """The file of a tablet with two findings on it."""
    bodies = [{**a_finding(what), "site": "main"} for what in ("门锁松动", "灯不亮")]
    items = [item_of("campus-officer", "finding", body, seq=n) for n, body in enumerate(bodies)]
    path = tmp_path / "xunjian-campus.json"
    head = {"format": "xunjian-tablet/1", "device": "d", "made_at": "", "offset_seconds": 0}
    path.write_text(json.dumps({**head, "items": items, "photos": []}), "utf-8")
    return path


def run(record, file, *options):
    command = ["import-tablet", str(file), "--database", record, *options]
    return CliRunner().invoke(main, [*command, "--evidence", str(file.parent / "evidence")])


def findings(record):
    with open_database(record)() as session:
        return len(session.scalars(select(FindingRow)).all())


def test_a_file_is_taken_in_once(record, file):
    first, again = run(record, file), run(record, file, "--json")

    assert (0, "记入 2 条，已有 0 条，照片 0 张，待处理 0 条。\n") == (
        first.exit_code,
        first.output,
    )
    assert {"replayed": 2} == json.loads(again.output)["items"]
    assert 2 == findings(record)


def test_what_needs_a_look_is_told_by_the_status(record, file):
    document = json.loads(file.read_text("utf-8"))
    body = {**a_finding("某处"), "site": "elsewhere"}
    document["items"].append(item_of("campus-officer", "finding", body, seq=9))
    file.write_text(json.dumps(document), "utf-8")

    told = run(record, file)

    assert (1, "记入 2 条，已有 0 条，照片 0 张，待处理 1 条。\n") == (told.exit_code, told.output)


def test_a_damaged_file_brings_nothing_in_unless_somebody_says_so(record, file):
    document = json.loads(file.read_text("utf-8"))
    document["items"][1]["body"] += " "
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    refused, nothing = run(record, file), findings(record)
    skipped = run(record, file, "--skip-damaged")

    assert (2, 0) == (refused.exit_code, nothing)
    assert "items[2]" in refused.output
    assert (0, 1) == (skipped.exit_code, findings(record))


@pytest.mark.parametrize("content", ["", "{}", '{"format": "xunjian-tablet/1", "items": []}'])
def test_a_file_that_no_tablet_wrote_is_refused(record, file, content):
    file.write_text(content, "utf-8")

    assert 2 == run(record, file).exit_code


def test_a_missing_file_is_named(record, tmp_path):
    told = run(record, tmp_path / "gone.json")

    assert 2 == told.exit_code
    assert "gone.json" in told.output
