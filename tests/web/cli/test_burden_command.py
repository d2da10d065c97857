import json
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from inspections.database import open_database
from inspections.importing import import_organisation
from rules.organisation.loader import load_organisation
from web.cli import main

FILE = "examples/kindergarten.yaml"
SPAN = ("--from", "2026-11-23", "--days", "28")


def run(*arguments, lang="en"):
    command = ["rules", "burden", *map(str, arguments)]
    return CliRunner().invoke(main, command, env={"XUNJIAN_LANG": lang})


def test_clauses_people_and_layers_add_up_to_the_same_minutes():
    told = json.loads(run(FILE, *SPAN, "--json").stdout)

    assert told["minutes"] == sum(each["minutes"] for each in told["by_clause"])
    assert told["minutes"] == sum(each["minutes"] for each in told["by_person"]) + told["nobody"]
    assert told["minutes"] == sum(told["by_layer"].values())
    assert round(told["minutes"] / 4, 1) == told["minutes_a_week"]


def test_people_read_it_in_both_languages():
    assert "合计" in run(FILE, *SPAN, lang="zh-CN").stdout
    assert "nobody can" in run(FILE, *SPAN).stdout


def test_the_record_tells_the_same_as_the_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'record.db'}"
    sessions = open_database(url)
    with sessions.begin() as session:
        organisation = load_organisation(Path(FILE))
        import_organisation(session, organisation, now=datetime(2026, 11, 1, tzinfo=UTC))
    sessions.kw["bind"].dispose()

    from_record = run("--database", url, *SPAN, "--json")

    assert json.loads(run(FILE, *SPAN, "--json").stdout) == json.loads(from_record.stdout)
    assert 2 == run("--database", url, "--organisation", "nobody").exit_code


def test_bad_input_is_told():
    assert 2 == run("missing.yaml").exit_code
    assert 2 == run(FILE, "--from", "2026-02-30").exit_code
