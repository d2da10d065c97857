"""The JSON Schema takes every sound pack, refuses what is misspelt, and is up to date."""

import json

import fastjsonschema
import pytest
from click.testing import CliRunner

from rules.authoring.pack_schema import SCHEMA_FILE, pack_schema, schema_text
from rules.loader import BUILT_IN
from rules.yaml_document import read_document
from tests.rules.builders import pack, rule, unshared
from web.cli import main

PACKS = sorted(BUILT_IN.rglob("*.yaml"))


@pytest.fixture(scope="module")
def validate():
    return fastjsonschema.compile(pack_schema(), use_default=False)


def test_the_file_is_up_to_date():
    assert schema_text() == SCHEMA_FILE.read_text(encoding="utf-8"), (
        "run xunjian rules schema --write"
    )


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_every_built_in_pack_is_taken(validate, path):
    validate(read_document(path).data)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "dutty"},
        {"nonsense": 1},
        {"title": {"zh": "检查"}},
        {"applies": {}},
        {"applies": {"site.kindd": "mall"}},
        {"applies": {"site.kind": "barn"}},
        {"applies": {"site.kind": {"near": "mall"}}},
        {"applies": {"site.kind": {"gte": "mall"}}},
        {"applies": {"any": []}},
        {"versions": [{"from": "2020-01-01", "cadence": {"type": "sometimes"}}]},
        {"examples": [{"name": "x", "facts": {"site.kind": "barn"}, "applies": True}]},
    ],
)
def test_what_is_misspelt_is_refused(validate, change):
    validate(unshared(pack(rule())))

    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        validate(unshared(pack(rule(**change))))


def test_every_field_of_a_rule_is_explained():
    rule_fields = pack_schema()["$defs"]["RuleVersion"]["properties"]

    assert "How often; needed by kinds duty and event." == rule_fields["cadence"]["description"]
    assert rule_fields["from"]["description"] == "First day on which this version applies."


def test_the_command_prints_writes_and_compares(tmp_path):
    file = tmp_path / "schema.json"
    file.write_text("{}")

    def run(*arguments):
        return CliRunner().invoke(main, ["rules", "schema", *arguments], env={"XUNJIAN_LANG": "en"})

    assert "Pack" == json.loads(run().stdout)["title"]
    assert 1 == run("--check", "--file", str(file)).exit_code
    assert 0 == run("--write", "--file", str(file)).exit_code
    assert 0 == run("--check", "--file", str(file), "--json").exit_code
    assert 2 == run("--write", "--file", str(tmp_path / "no" / "x.json")).exit_code
