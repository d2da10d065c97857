"""Items that are asked only after an earlier answer, and what lint finds wrong with items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.checklist import Checklist
from rules.loader import check_packs
from rules.shown_items import Answered, shown_items
from tests.rules.builders import pack, rule, written

T = {"zh": "项", "en": "item"}
LEAK = {"id": "leak", "type": "pass-fail", "title": T}
PLACE = {
    "id": "place",
    "type": "text",
    "title": T,
    "shown_when": {"item": "leak", "answers": ["fail"]},
}
VALVE = {
    "id": "valve",
    "type": "choice",
    "title": T,
    "choices": [{"id": "shut", "title": T}, {"id": "open", "title": T, "fails": True}],
    "shown_when": {"item": "leak", "answers": ["fail", "na"]},
}
WHY_OPEN = {
    "id": "why-open",
    "type": "text",
    "title": T,
    "shown_when": {"item": "valve", "answers": ["open"]},
}
GAS = Checklist.model_validate({"id": "gas", "title": T, "items": [LEAK, PLACE, VALVE, WHY_OPEN]})


def shown(**answers):
    given = {name.replace("_", "-"): Answered(*answer) for name, answer in answers.items()}
    return [item.id for item in shown_items(GAS, given)]


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, ["leak"]),
        ({"leak": ("pass", "pass")}, ["leak"]),
        ({"leak": ("fail", "fail")}, ["leak", "place", "valve"]),
        ({"leak": ("na", "na")}, ["leak", "valve"]),
        (
            {"leak": ("fail", "fail"), "valve": ("open", "fail")},
            ["leak", "place", "valve", "why-open"],
        ),
        ({"leak": ("fail", "fail"), "valve": ("shut", "pass")}, ["leak", "place", "valve"]),
    ],
)
def test_an_item_is_asked_after_the_answer_it_hangs_on(answers, asked):
    assert asked == shown(**answers)


def test_an_item_that_hangs_on_one_no_longer_asked_is_not_asked_either():
    asked = shown(leak=("pass", "pass"), valve=("open", "fail"))

    assert ["leak"] == asked


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "leak": st.sampled_from([Answered(one, one) for one in ("pass", "fail", "na")]),
        "place": st.just(Answered("kitchen", "noted")),
        "valve": st.sampled_from([Answered("shut", "pass"), Answered("open", "fail")]),
        "why-open": st.just(Answered("stuck", "noted")),
    },
)


@given(ANSWERS)
def test_answers_to_what_is_not_asked_change_nothing(answers):
    asked = shown_items(GAS, answers)

    kept = {item.id: answers[item.id] for item in asked if item.id in answers}

    assert asked == shown_items(GAS, kept)


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([PLACE, LEAK], "checklists.0.items.0.shown_when.item"),
        (
            [LEAK, {**PLACE, "shown_when": {"item": "leak", "answers": ["maybe"]}}],
            "checklists.0.items.1.shown_when.answers.0",
        ),
        (
            [{**LEAK, "not_applicable": False}, VALVE],
            "checklists.0.items.1.shown_when.answers.1",
        ),
        (
            [{"id": "note", "type": "text", "title": T, "immediate_danger": True}],
            "checklists.0.items.0.immediate_danger",
        ),
        (
            [{"id": "p", "type": "photo", "title": T, "minimum": 3, "maximum": 2}],
            "checklists.0.items.0.minimum",
        ),
    ],
)
def test_an_item_that_makes_no_sense_in_its_checklist_is_a_fault_at_its_field(
    tmp_path, items, field
):
    data = pack(rule(), checklists=[{"id": "gas", "title": T, "items": items}])

    faults = check_packs([written(tmp_path, data)]).faults

    assert [field] == [fault.field for fault in faults]


def test_a_sound_checklist_with_conditions_has_no_fault(tmp_path):
    data = pack(
        rule(),
        checklists=[{"id": "gas", "title": T, "items": [LEAK, PLACE, VALVE, WHY_OPEN]}],
    )

    assert () == tuple(check_packs([written(tmp_path, data)]).faults)
