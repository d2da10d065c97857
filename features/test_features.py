"""Runs every feature, and holds their tags to the rule book."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_bdd import scenarios

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*/*.feature"))

scenarios(*(str(path.relative_to(HERE)) for path in FILES))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_rule_tag_names_a_rule_of_the_rule_book(path, full_rulebook):
    tags = set(re.findall(r"@rule:(\S+)", path.read_text("utf-8")))

    assert tags
    assert set() == tags - full_rulebook.rules.keys()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_feature_is_chinese_with_an_english_line_under_its_title(path):
    first, title, english, *_ = path.read_text("utf-8").splitlines()

    assert "# language: zh-CN" == first
    assert title.startswith("功能: ")
    assert english.strip().isascii()
    assert english.strip()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_feature_speaks_of_clicks_addresses_or_ids(path):
    lines = path.read_text("utf-8").splitlines()
    told = "\n".join(line for line in lines if "@rule:" not in line)

    assert None is re.search(r"点击|按钮|https?:|/[a-z]+/|\b[a-z]+-[a-z]+-\d", told)


@pytest.mark.parametrize("path", sorted((HERE / "rules").glob("*.feature")), ids=lambda p: p.stem)
def test_every_scenario_about_a_law_names_its_rule(path):
    lines = [line.strip() for line in path.read_text("utf-8").splitlines() if line.strip()]

    untagged = [
        line
        for before, line in pairwise(lines)
        if line.startswith(("场景:", "场景大纲:")) and not before.startswith("@rule:")
    ]

    assert [] == untagged
