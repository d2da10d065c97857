"""What the linter refuses in consequences and examples: one pack, one fault, at its place."""

import pytest

from tests.rules.builders import FINDING, on_finding, pack, reaction, rule, words
from tests.rules.reacting.faulty import NOTICE, TASK, asking, faults, then


def asked_of_finding(do):
    return on_finding("told", do)


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        (
            reaction(versions=then(TASK, TASK)),
            "versions.0.then.1.id",
            "The consequence t is there twice.",
        ),
        (reaction(versions=then()), "versions.0.then", "The reaction starts nothing."),
        (reaction(on=None), "on", "The event it answers is missing."),
        (
            reaction(target="site"),
            "target",
            "The event says what a reaction concerns; it has no target.",
        ),
        (
            reaction(reading=words()),
            "reading",
            "A reaction cannot wait for a reading to be settled.",
        ),
        (
            asked_of_finding(FINDING),
            "versions.0.then.0.do",
            "A reaction to a finding cannot open a finding: it would never end.",
        ),
        (
            asking({"do": "escalate", "id": "e", "to": "owner", "rung": 1}),
            "versions.0.then.0.do",
            "escalate does not fit the event answer, only finding.",
        ),
        (
            asking(FINDING | {"owner": "wizard"}),
            "versions.0.then.0.owner",
            "There is no role wizard.",
        ),
        (asking(NOTICE | {"to": "wizard"}), "versions.0.then.0.to", "There is no role wizard."),
        (
            asking(TASK | {"qualification": "magic"}),
            "versions.0.then.0.qualification",
            "There is no certificate magic.",
        ),
        (
            asking(TASK | {"not_before": {"amount": 2, "unit": "day"}}),
            "versions.0.then.0.not_before",
            "It may not be done before it is due.",
        ),
        (
            asking(TASK | {"within": {"amount": 0, "unit": "day"}}),
            "versions.0.then.0.within",
            "A limit of no length.",
        ),
        (
            asking(
                {
                    "do": "staffing",
                    "id": "s",
                    "post_kind": "tower",
                    "minimum": 1,
                    "hours": {"amount": 1, "unit": "hour"},
                }
            ),
            "versions.0.then.0.post_kind",
            "There is no kind of post tower.",
        ),
        (
            asking({"do": "open-checklist", "id": "o", "within": {"amount": 1, "unit": "hour"}}),
            "versions.0.then.0.rule",
            "Exactly one of rule and checklist is needed.",
        ),
        (
            asking(
                {
                    "do": "open-checklist",
                    "id": "o",
                    "checklist": "nowhere",
                    "within": {"amount": 1, "unit": "hour"},
                }
            ),
            "versions.0.then.0.checklist",
            "There is no checklist nowhere.",
        ),
        (
            asking({"do": "conclude", "id": "c", "fact": "site.kind", "value": "mall"}),
            "versions.0.then.0.fact",
            "A reaction to the event answer cannot conclude site.kind.",
        ),
        (
            asking({"do": "conclude", "id": "c", "fact": "answer.verdict", "value": "maybe"}),
            "versions.0.then.0.value",
            "There is no choice 'maybe'; use one of pass, fail.",
        ),
        (
            reaction(
                versions=[
                    {"from": "2020-01-01", "then": [FINDING]},
                    {"from": "2020-01-01", "then": [FINDING]},
                ]
            ),
            "versions.1.from",
            "The versions are not in the order of their dates.",
        ),
        (rule(on="answer"), "on", "Only a rule of kind reaction has this field."),
        (rule(target=None), "target", "This field is missing."),
    ],
)
def test_a_faulty_reaction_is_refused_at_its_place(tmp_path, wrong, field, message):
    assert (field, message) in faults(tmp_path, wrong)


@pytest.mark.parametrize(
    ("do", "field"),
    [
        ({"do": "explode", "id": "x"}, "versions.0.then.0"),
        ({"do": "notice", "id": "x", "to": "owner", "text": {"zh": "文"}}, "versions.0.then.0"),
    ],
)
def test_an_unknown_consequence_or_a_missing_translation_is_refused(tmp_path, do, field):
    (found, *_) = faults(tmp_path, asking(do))

    assert found[0].startswith(field)


def test_an_open_checklist_must_name_a_rule_that_waits_for_an_event(tmp_path):
    opening = asking(
        {
            "do": "open-checklist",
            "id": "o",
            "rule": "daily-check",
            "within": {"amount": 1, "unit": "hour"},
        }
    )

    assert [
        (
            "versions.0.then.0.rule",
            "The cadence of the rule daily-check does not wait for an event.",
        )
    ] == faults(tmp_path, opening, rule())


def test_an_example_that_expects_other_consequences_fails(tmp_path):
    from rules.loader import check_packs
    from tests.rules.builders import written

    wrong = reaction(
        examples=[
            {"name": "a", "facts": {"answer.verdict": "fail"}, "applies": True, "then": ["other"]},
            {"name": "b", "facts": {"answer.verdict": "pass"}, "applies": False},
        ]
    )

    (fault,) = check_packs([written(tmp_path, pack(wrong))]).faults

    assert "rules.0.examples.0.then" == fault.field
    assert "expects other, the rule starts broken" in fault.message.en


def test_an_example_that_does_not_apply_names_no_consequences(tmp_path):
    wrong = reaction(
        examples=[
            {"name": "a", "facts": {"answer.verdict": "fail"}, "applies": True},
            {"name": "b", "facts": {"answer.verdict": "pass"}, "applies": False, "then": ["x"]},
        ]
    )

    assert [("examples.1.then", "An example that does not apply has no consequences.")] == faults(
        tmp_path, wrong
    )
