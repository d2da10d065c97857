import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from web.cli import main

KINDERGARTEN = Path(__file__).parents[3] / "examples" / "kindergarten.yaml"


def _expand(*arguments: str, file: Path = KINDERGARTEN) -> Result:
    return CliRunner().invoke(main, ["expand", str(file), *arguments])


def _rows(*arguments: str) -> Sequence[dict[str, object]]:
    result = _expand(*arguments, "--json")
    assert result.exit_code == 0, result.output
    rows: Sequence[dict[str, object]] = json.loads(result.stdout)
    return rows


def test_every_occurrence_has_the_promised_fields_in_the_time_of_the_site():
    rows = _rows("--from", "2026-12-01", "--to", "2026-12-07")

    fields = ["rule", "site", "target", "period", "opens_at", "due_at", "closes_at", "moved"]
    assert len(rows) > 100
    assert all(fields == list(row) for row in rows)
    assert all("2026-12-01" <= str(row["due_at"])[:10] <= "2026-12-07" for row in rows)
    assert all(str(row["due_at"]).endswith("+08:00") for row in rows)


def test_one_rule_alone_gives_the_same_rows_as_all_rules():
    span = ("--from", "2026-12-01", "--to", "2026-12-31")

    every = _rows(*span)
    chosen = str(every[0]["rule"])
    one = _rows(*span, "--rule", chosen)

    assert [row for row in every if row["rule"] == chosen] == one


def test_a_duty_of_opening_days_is_not_due_on_the_closed_day_and_is_on_the_open_saturday():
    rows = _rows(
        "--from", "2026-12-10", "--to", "2026-12-13", "--rule", "kindergarten-dining-observation"
    )

    assert {"2026-12-10", "2026-12-12"} == {str(row["period"])[:10] for row in rows}


def test_a_duty_is_never_due_twice_in_a_period():
    rows = _rows("--from", "2026-09-01", "--to", "2027-08-31")

    keys = [(row["rule"], row["target"], row["period"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_the_table_says_what_is_due_in_the_language_asked_for(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    result = _expand("--from", "2026-12-01", "--to", "2026-12-01")

    assert result.exit_code == 0
    assert "Spring Seedling Kindergarten" in result.output
    assert "2026-12-01 17:30" in result.output


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (("--from", "2026-13-01", "--to", "2026-12-31"), "--from"),
        (("--from", "2026-12-01", "--to", "morgen"), "--to"),
        (("--from", "2026-12-02", "--to", "2026-12-01"), "--to"),
        (("--from", "2026-12-01", "--to", "2026-12-02", "--rule", "nothing"), "--rule"),
    ],
)
def test_bad_input_is_named_with_a_remedy_and_exit_status_2(arguments, field):
    result = _expand(*arguments, "--json")

    (fault,) = json.loads(result.stdout)["faults"]
    assert 2 == result.exit_code
    assert field == fault["field"]
    assert fault["remedy"]


def test_all_faults_of_the_call_and_of_the_file_come_at_once(tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: broken\n", encoding="utf-8")

    result = _expand("--from", "x", "--to", "y", "--json", file=broken)

    fields = [fault["field"] for fault in json.loads(result.stdout)["faults"]]
    assert 2 == result.exit_code
    assert {"--from", "--to"} < set(fields)
