"""Packs read together: counted, referring to each other, every fault of every file at once."""

import pytest

from rules.faults import InputInvalid
from rules.loader import check_packs, load_rulebook
from tests.rules.builders import pack, rule, written


def test_a_sound_pack_has_no_faults_and_is_counted(tmp_path):
    checked = check_packs([written(tmp_path, pack(rule("one"), rule("two")))])

    assert (1, 2, 4, ()) == (checked.packs, checked.rules, checked.examples, checked.faults)


def test_ids_used_in_two_packs_are_reported_in_the_second(tmp_path):
    first = written(tmp_path, pack(id="first"), "a.yaml")
    second = written(tmp_path, pack(id="second"), "b.yaml")

    faults = check_packs([first, second]).faults

    assert {str(second)} == {fault.file for fault in faults}
    assert {"instruments.0.id", "rules.0.id"} == {fault.field for fault in faults}


def test_a_pack_may_cite_an_instrument_and_checklist_of_another_pack(tmp_path):
    first = written(tmp_path, pack(id="first"), "a.yaml")
    other = pack(rule("other"), id="second", instruments=None)
    second = written(tmp_path, other, "b.yaml")

    assert () == check_packs([second], beside=[first]).faults


def test_a_given_pack_stands_in_for_the_one_beside_it_with_the_same_id(tmp_path):
    beside = written(tmp_path, pack(), "a.yaml")
    edited = written(tmp_path, pack(rule("renamed")), "b.yaml")

    checked = check_packs([edited], beside=[beside])

    assert (1, ()) == (checked.packs, checked.faults)


def test_every_fault_of_every_file_is_reported_at_once_with_its_line(tmp_path):
    broken = written(tmp_path, "rules: [\n", "broken.yaml")
    faulty = written(
        tmp_path,
        pack(rule("one", source=None, examples=None), rule("two", applies={"site.kind": "barn"})),
        "faulty.yaml",
    )

    with pytest.raises(InputInvalid) as raised:
        load_rulebook([broken, faulty])

    faults = raised.value.faults
    lines = faulty.read_text(encoding="utf-8").splitlines()
    assert {str(broken), str(faulty)} == {fault.file for fault in faults}
    by_field = {fault.field: fault for fault in faults if fault.file == str(faulty)}
    assert {
        "rules.0.source",
        "rules.0.examples",
        "rules.1.applies.site.kind",
    } == set(by_field)
    assert "site.kind: barn" in lines[by_field["rules.1.applies.site.kind"].line - 1]
    assert all(fault.remedy.zh and fault.remedy.en for fault in faults)


def test_the_built_in_packs_have_no_faults():
    assert () == check_packs().faults
