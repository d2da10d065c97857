"""An edit changes its field and no other character."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rules.authoring.flow_yaml import flow
from rules.authoring.text_edits import NoSuchPlace, block_added, item_added, removed, value_set
from rules.loader import BUILT_IN
from rules.yaml_document import document_of

PACK = """\
# Head
id: x   # the name
rules:
  - id: a
    title: {zh: 一, en: one}  # beside
    applies:
      site.kind: mall   # why
      # inside
      site.staff: {gte: 50}
    examples:
      - {name: 例, facts: {site.kind: mall}, applies: true}

  # next
  - id: b
    title: {zh: 二, en: two}
    note: |
      several
      lines
    empty:
"""


def data(text):
    return document_of(text, file="x.yaml").data


def lines_that_differ(before, after):
    return [line for line in after.split("\n") if line not in before.split("\n")]


scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.text(max_size=12),
    st.sampled_from(
        ["no", "on", "1e3", "08", "2026-02-30", "a: b", "# c", "{", "- x", "", " ", "'"]
    ),
)
values = st.recursive(
    scalars.filter(lambda v: not isinstance(v, str) or v.isprintable()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text("abc.", min_size=1, max_size=4), inner, max_size=3),
    ),
    max_leaves=6,
)  # fmt: skip


@given(values)
def test_what_is_written_on_one_line_is_read_back(value):
    written = flow({"x": value})

    assert "\n" not in written
    assert {"x": value} == data(written)


@given(values)
@pytest.mark.parametrize(
    "location",
    [
        ("id",),
        ("rules", 0, "title", "zh"),
        ("rules", 0, "applies"),
        ("rules", 0, "applies", "site.kind"),
        ("rules", 0, "applies", "site.staff", "gte"),
        ("rules", 0, "versions", "people", "count"),
        ("rules", 1, "note"),
        ("rules", 1, "empty"),
        ("rules", 1, "empty", "deep", "er"),
        ("rules", 0, "examples", 0, "facts"),
    ],
)
def test_a_field_is_set_and_every_other_field_stays(location, value):
    expected = json.loads(json.dumps(data(PACK)))
    at = expected
    for part in location[:-1]:
        if isinstance(at, dict) and at.get(part) is None:
            at[part] = {}
        at = at[part]
    at[location[-1]] = value

    assert expected == data(value_set(PACK, location, value))


def test_comments_spacing_and_quotes_elsewhere_stay():
    changed = value_set(PACK, ("rules", 0, "title", "zh"), "新：名")

    assert ["    title: {zh: 新：名, en: one}  # beside"] == lines_that_differ(PACK, changed)


def test_an_entry_is_added_at_the_end_of_its_list():
    changed = item_added(PACK, ("rules", 0, "examples"), {"name": "另", "facts": {}})

    assert ["      - {name: 另, facts: {}}"] == lines_that_differ(PACK, changed)
    assert 2 == len(data(changed)["rules"][0]["examples"])
    assert [{"a": 1}] == data(item_added(PACK, ("rules", 1, "examples"), {"a": 1}))["rules"][1][
        "examples"
    ]


def test_a_block_is_added_with_the_indentation_of_its_list():
    changed = block_added(PACK, ("rules",), "id: c\ntitle:\n  zh: 三\n  en: three")

    assert {"id": "c", "title": {"zh": "三", "en": "three"}} == data(changed)["rules"][2]


@pytest.mark.parametrize(
    "location",
    [
        ("rules", 0, "applies", "site.kind"),
        ("rules", 0, "applies", "site.staff"),
        ("rules", 0, "title", "zh"),
        ("rules", 0, "title", "en"),
        ("rules", 0, "id"),
        ("rules", 0, "title"),
        ("rules", 0),
        ("rules", 1),
        ("rules", 1, "note"),
        ("rules", 1, "empty"),
        ("id",),
    ],
)
def test_what_is_removed_is_gone_and_every_other_field_stays(location):
    expected = data(PACK)
    at = expected
    for part in location[:-1]:
        at = at[part]
    del at[location[-1]]

    assert expected == data(removed(PACK, location))


def test_a_list_that_loses_its_last_entry_is_an_empty_list():
    assert [] == data(removed(PACK, ("rules", 0, "examples", 0)))["rules"][0]["examples"]
    assert PACK == removed(PACK, ("rules", 0, "nothing"))


def test_a_way_through_what_is_no_list_is_refused():
    with pytest.raises(NoSuchPlace):
        item_added(PACK, ("id",), "x")
    with pytest.raises(NoSuchPlace):
        value_set(PACK, ("rules", 7, "id"), "x")


@pytest.mark.parametrize("path", sorted(BUILT_IN.rglob("*.yaml"))[:6], ids=lambda path: path.stem)
def test_a_title_of_a_built_in_pack_is_changed_on_its_line_alone(path):
    text = path.read_text(encoding="utf-8")

    changed = value_set(text, ("rules", 1, "title", "en"), "Another title")

    assert len(text.split("\n")) == len(changed.split("\n"))
    assert 1 == len(lines_that_differ(text, changed))
    assert yaml.safe_load(changed)["rules"][1]["title"]["en"] == "Another title"
