import json
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner

from inspections.database import open_database
from inspections.importing import import_organisation
from rules.organisation.loader import load_organisation
from web.cli import main

FILE = "examples/kindergarten.yaml"
SPAN = ("--from", "2026-11-23", "--until", "2026-12-18")


def run(*arguments, lang="en"):
    command = ["staffing", *map(str, arguments)]
    return CliRunner().invoke(main, command, env={"XUNJIAN_LANG": lang})


def test_the_least_staff_is_named_with_its_proof_and_what_is_missing_ends_with_one():
    answer = run(FILE, *SPAN, "--json")

    told = json.loads(answer.stdout)["least"]
    assert told["proved"]
    assert told["people"] == len(told["staff"]) == sum(each["count"] for each in told["mix"])
    assert ["2026-12-12"] == [day for each in told["staff"] for day in each["to_come_on"]]
    assert 1 == answer.exit_code


def test_people_who_are_enough_end_with_nought():
    assert 0 == run(FILE, "--from", "2026-11-23", "--until", "2026-11-27").exit_code


def test_every_check_that_falls_is_listed():
    told = json.loads(run(FILE, *SPAN, "--json").stdout)

    away = told["single_points"]
    assert away
    assert all(each["checks"] == len(each["falls"]) for each in away if each["exact"])


def test_the_posts_of_the_house_are_in_the_same_answer():
    told = json.loads(run(FILE, *SPAN, "--demand", "house", "--json").stdout)

    posts = told["posts"]
    assert [["gate-post"]] == [each["posts"] for each in posts["groups"]]
    assert posts["groups"][0]["places"] == sum(each["shifts"] for each in told["least"]["staff"])
    assert {"at_least": 0, "at_most": 0, "exact": True} == posts["groups"][0]["empty"]


def test_people_read_it_in_both_languages():
    house = (*SPAN, "--demand", "house")

    chinese, english = (run(FILE, *house, lang=lang).stdout for lang in ("zh-CN", "en"))

    assert "已证明不能再少" in chinese
    assert "要排班的岗位" in chinese
    assert "Whose absence makes duties fall" in english
    assert "Posts on rosters" in english


def test_the_record_tells_the_same_as_the_file(tmp_path):
    url = f"sqlite:///{tmp_path / 'record.db'}"
    sessions = open_database(url)
    with sessions.begin() as session:
        organisation = load_organisation(Path(FILE))
        import_organisation(session, organisation, now=datetime(2026, 11, 1, tzinfo=UTC))
    sessions.kw["bind"].dispose()

    from_record = run("--database", url, *SPAN, "--json")

    assert json.loads(run(FILE, *SPAN, "--json").stdout) == json.loads(from_record.stdout)


def test_bad_input_is_told():
    assert 2 == run("missing.yaml").exit_code
    assert 2 == run(FILE, "--from", "2026-02-30").exit_code
    assert 2 == run(FILE, "--from", "2026-11-23", "--until", "2026-11-22").exit_code
    assert 2 == run(FILE, "--demand", "wish").exit_code
