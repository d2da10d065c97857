import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

FILE = "examples/kindergarten.yaml"
HERE = ("--organisation", FILE, "--target", "chunmiao", "--on", "2026-11-23")


def react(*arguments, lang="en"):
    command = ["rules", "react", *map(str, arguments)]
    return CliRunner().invoke(main, command, env={"XUNJIAN_LANG": lang})


def told(*arguments):
    return json.loads(react(*arguments, "--json").stdout)["consequences"]


def test_a_light_sample_opens_the_finding_of_the_law_with_the_facts_of_the_site():
    (found,) = told("sample", "sample.grams=124", *HERE)

    assert ("moe45-sample-light", ["default-sample-light"]) == (found["rule"], found["also"])
    assert ("finding", "severe") == (found["do"]["do"], found["do"]["severity"])
    assert {"sample.grams": 124, "site.kind": "kindergarten", "site.has_canteen": True} == (
        found["because"]
    )
    assert "Art. 40" in found["clause"]["en"]


def test_a_sample_at_the_limit_has_no_consequence_and_status_1():
    result = react("sample", "sample.grams=125", *HERE)

    assert 1 == result.exit_code
    assert "No rule answers it." in result.stdout


def test_a_chain_is_told_with_what_led_there():
    found = told("answer", "answer.verdict=fail", "answer.severity=minor", "answer.repeats_30d=1")

    assert [("default-failed-minor", []), ("default-root-cause", ["default-failed-minor"])] == [
        (each["rule"], each["chain"]) for each in found
    ]


def test_an_organisation_that_leaves_the_defaults_out_sees_the_law_alone(tmp_path):
    text = Path(FILE).read_text(encoding="utf-8")
    changed = tmp_path / "org.yaml"
    changed.write_text(text.replace("packs: [", "packs: [-default-reactions, "), encoding="utf-8")

    (found,) = told("sample", "sample.grams=124", "--organisation", changed, *HERE[2:])

    assert ("moe45-sample-light", []) == (found["rule"], found["also"])


def test_the_same_is_told_in_both_languages():
    chinese = react("sample", "sample.grams=124", *HERE, lang="zh-CN").stdout
    english = react("sample", "sample.grams=124", *HERE).stdout

    assert "• 提出严重问题：留样量不足 125 克，食品安全员负责，当日" in chinese
    assert "• A severe finding: Sample lighter than 125 g" in english


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("meal", "sample.grams=5"), "sample.grams=5 is no fact of the event meal"),
        (("meal", "meal.nothing=5"), "meal.nothing=5 is no fact of the event meal"),
        (("meal", "meal.minutes_since"), "meal.minutes_since is no fact of the event meal"),
        (("meal", "meal.minutes_since=x"), "meal.minutes_since: Must be a whole number."),
        (("meal", "--target", "chunmiao"), "There is a target but no organisation."),
        (("meal", "--on", "yesterday"), "--on"),
        (("meal", *HERE[:2], "--target", "nowhere"), "has no nowhere."),
        (("party",), "party"),
    ],
)
def test_bad_input_is_refused_with_status_2(arguments, said):
    result = react(*arguments)

    assert 2 == result.exit_code
    assert said in result.stderr
