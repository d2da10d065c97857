"""A reaction that tightens another asks for no less."""

import pytest

from rules.faults import InputInvalid
from tests.rules.builders import FINDING, pack, reaction, rulebook, words
from tests.rules.reacting.faulty import NOTICE, TASK, then

TIGHTER = {"amount": 1, "unit": "working-day"}
STAFF = {
    "do": "staffing",
    "id": "guards",
    "post_kind": "gate",
    "minimum": 2,
    "hours": {"amount": 4, "unit": "hour"},
}
LAW = [
    FINDING,
    TASK | {"not_before": {"amount": 6, "unit": "hour"}},
    STAFF,
]


def over_law(*ours, **changes):
    cited = {"instrument": "some-law", "clause": words(), "grade": "A", "origin": "Rule 3"}
    house = reaction("ours", source=cited, tightens="law", versions=then(*ours), **changes)
    return [
        pack(house, id="a-house", layer="group", instruments=[]),
        pack(reaction("law", versions=then(*LAW)), id="b-law"),
    ]


@pytest.mark.parametrize(
    ("index", "change", "field", "what"),
    [
        (0, {"severity": "minor"}, "then.0.severity", "its finding has another severity"),
        (
            0,
            {"deadline": {"amount": 4, "unit": "working-day"}},
            "then.0.deadline",
            "its deadline is 4 working days, below 3 working days",
        ),
        (0, {"deadline": None}, "then.0.deadline", "its deadline is none, below 3 working days"),
        (1, {"within": {"amount": 2, "unit": "day"}}, "then.1.within", "its limit is 2 days"),
        (1, {"not_before": None}, "then.1.not_before", "it may be done earlier"),
        (2, {"minimum": 1}, "then.2.minimum", "it wants 1 on the post, below 2"),
        (2, {"hours": {"amount": 3, "unit": "hour"}}, "then.2.hours", "it lasts less long"),
        (2, {"id": "others"}, "then", "it lacks the consequence guards"),
    ],
)
def test_a_reaction_that_loosens_the_one_it_tightens_is_refused(
    tmp_path, index, change, field, what
):
    ours = [*LAW]
    ours[index] = {key: value for key, value in (ours[index] | change).items() if value is not None}

    with pytest.raises(InputInvalid) as raised:
        rulebook(tmp_path, *over_law(*ours))

    (fault,) = raised.value.faults
    assert f"rules.0.versions.0.{field}" == fault.field
    assert "loosens law" in fault.message.en
    assert what in fault.message.en


def test_a_reaction_that_asks_for_more_may_tighten(tmp_path):
    ours = [FINDING | {"severity": "severe", "deadline": TIGHTER}, *LAW[1:], NOTICE]

    book = rulebook(tmp_path, *over_law(*ours))

    assert ["ours", "law"] == list(book.rules)


def test_a_reaction_to_another_event_tightens_nothing(tmp_path):
    elsewhere = over_law(
        *LAW,
        on="missed",
        applies={"missed.priority": 0},
        examples=[
            {"name": "a", "facts": {"missed.priority": 0}, "applies": True},
            {"name": "b", "facts": {"missed.priority": 1}, "applies": False},
        ],
    )

    with pytest.raises(InputInvalid) as raised:
        rulebook(tmp_path, *elsewhere)

    assert "it answers the event missed, below answer" in raised.value.faults[0].message.en
