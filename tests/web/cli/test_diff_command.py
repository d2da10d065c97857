import json
from hashlib import sha256

import pytest
from click.testing import CliRunner

from rules.loader import BUILT_IN
from web.cli import main

MALL = BUILT_IN / "house" / "house-mall.yaml"


@pytest.fixture
def changed(tmp_path):
    text = MALL.read_text("utf-8").replace("times: 2, per: week, min_gap_days: 1",
                                           "times: 3, per: week, min_gap_days: 1")  # fmt: skip
    path = tmp_path / "mall.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def diff(*asked):
    return CliRunner().invoke(main, ["rules", "diff", *map(str, asked)])


def test_a_file_is_compared_with_the_built_in_pack(changed, monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    result = diff("house-mall", changed)

    assert 1 == result.exit_code
    assert "changed rule mall-evacuation-drill" in result.output
    assert "twice every week" in result.output
    assert "→ 3 times every week" in result.output
    assert "0 added, 0 ended, 1 changed." in result.output


def test_it_speaks_chinese_by_default(changed):
    assert "改动 规则 mall-evacuation-drill" in diff("house-mall", changed).output


def test_the_hash_of_a_built_in_text_names_it(changed):
    digest = sha256(MALL.read_text("utf-8").encode()).hexdigest()

    assert 0 == diff("house-mall", f"house-mall@{digest[:10]}").exit_code


def test_programs_read_every_field(changed, monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    (found,) = json.loads(diff("house-mall@2026-12-01", changed, "--json").stdout)

    assert ("rule", "mall-evacuation-drill", "changed") == (
        found["section"],
        found["id"],
        found["kind"],
    )
    assert ["cadence"] == [each["field"] for each in found["fields"]]


def test_two_days_of_a_built_in_pack(monkeypatch):
    monkeypatch.setenv("XUNJIAN_LANG", "en")

    result = diff("cn-food@2015-01-01", "cn-food@2026-01-01")

    assert 1 == result.exit_code
    assert "added rule moe45-samples" in result.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("nobody", "house-mall"), "There is no rule pack nobody."),
        (("house-mall@abcdef123456", "house-mall"), "0 texts of packs have a hash"),
        (("nothing.yaml", "house-mall"), "nothing.yaml"),
        (("cn-food@2020-13-01", "cn-food"), "2020-13-01 behind cn-food@ is neither a date nor"),
    ],
)
def test_what_is_not_there_is_refused(asked, said, monkeypatch, tmp_path):
    monkeypatch.setenv("XUNJIAN_LANG", "en")
    monkeypatch.setenv("XUNJIAN_DATABASE_URL", f"sqlite:///{tmp_path}/record.db")

    result = diff(*asked)

    assert 2 == result.exit_code
    assert said in result.output
