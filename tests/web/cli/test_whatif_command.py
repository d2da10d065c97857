import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"
DAYS = ["--from", "2026-12-01", "--until", "2026-12-28"]


def run(tmp_path, text, *options):
    path = tmp_path / "changes.yaml"
    path.write_text(text, encoding="utf-8")
    asked = ["rules", "whatif", str(EXAMPLES / "kindergarten.yaml"), "--change", str(path)]
    return CliRunner().invoke(main, [*asked, *DAYS, *options])


LOST = "changes:\n  - {change: lose-person, person: %s}\n"


@pytest.mark.parametrize(("language", "word"), [("zh", "试算"), ("en", "What if")])
def test_tables_compare_before_and_after(tmp_path, monkeypatch, language, word):
    monkeypatch.setenv("XUNJIAN_LANG", language)
    copied = "changes:\n  - {change: add-site, copy: chunmiao, id: second, people: []}\n"

    result = run(tmp_path, copied)

    assert 1 == result.exit_code
    assert word in result.output


def test_json_holds_figures_weeks_and_differences(tmp_path):
    result = run(
        tmp_path, "changes:\n  - {change: add-site, copy: chunmiao, id: second}\n", "--json"
    )

    data = json.loads(result.stdout)
    assert 2 * data["before"]["duties"] == data["after"]["duties"]
    assert ["2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"] == [
        week["monday"] for week in data["weeks"]
    ]
    assert data["counts"]["added"] == sum(each.get("added", 0) for each in data["by_rule"].values())
    assert all(each["target"].startswith("second") for each in data["duties"])


def test_a_change_that_leaves_nothing_undone_is_fine(tmp_path):
    result = run(tmp_path, "changes:\n  - {change: end-rule, rule: extinguisher-monthly, "
                           "last: 2026-12-01}\n")  # fmt: skip

    assert 0 == result.exit_code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (LOST % "nobody", "nobody"),
        ("changes: []\n", "changes"),
        ("changes:\n  - {change: fly}\n", "change"),
        ("changes:\n  - {change: move-rule, rule: extinguisher-monthly}\n", "changes.0.to"),
    ],
)
def test_changes_that_cannot_be_read_are_refused_with_their_place(tmp_path, text, said):
    result = run(tmp_path, text, "--json")

    assert 2 == result.exit_code
    assert said in json.dumps(json.loads(result.stdout)["faults"])


def test_days_the_wrong_way_round_are_refused(tmp_path):
    path = tmp_path / "changes.yaml"
    path.write_text(LOST % "anybody", encoding="utf-8")
    asked = ["rules", "whatif", str(EXAMPLES / "kindergarten.yaml"), "--change", str(path)]

    result = CliRunner().invoke(
        main, [*asked, "--from", "2026-12-01", "--until", "2026-11-01", "--json"]
    )

    assert 2 == result.exit_code
    assert ["--until"] == [each["field"] for each in json.loads(result.stdout)["faults"]]
