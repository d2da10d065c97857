"""What reactions may read: facts of their event, and never in a circle."""

from tests.rules.builders import reaction
from tests.rules.reacting.faulty import faults, then


def test_an_unknown_fact_is_refused(tmp_path):
    wrong = reaction(
        applies={"answer.colour": "red"},
        examples=[
            {"name": "a", "facts": {"answer.verdict": "fail"}, "applies": True},
            {"name": "b", "facts": {"answer.verdict": "pass"}, "applies": False},
        ],
    )

    found = faults(tmp_path, wrong)

    assert ("applies.answer.colour", "There is no fact answer.colour.") in found


def test_a_fact_of_another_kind_of_event_is_refused(tmp_path):
    wrong = reaction(
        applies={"sample.grams": {"lt": 125}},
        examples=[
            {"name": "a", "facts": {"sample.grams": 1}, "applies": True},
            {"name": "b", "facts": {"answer.verdict": "pass"}, "applies": False},
        ],
    )

    assert [
        (
            "applies.sample.grams.lt",
            "A reaction to the event answer cannot read sample.grams.",
        ),
        (
            "examples.0.facts.sample.grams",
            "A reaction to the event answer cannot read sample.grams.",
        ),
    ] == faults(tmp_path, wrong)


def concluding(rule_id, read, fact):
    conclude = {"do": "conclude", "id": "so", "fact": fact, "value": "x"}
    return reaction(
        rule_id,
        applies={read: "x"},
        versions=then(conclude),
        examples=[
            {"name": "a", "facts": {read: "x"}, "applies": True},
            {"name": "b", "facts": {read: "y"}, "applies": False},
        ],
    )


def test_reactions_that_conclude_in_a_circle_are_refused(tmp_path):
    one = concluding("one", "answer.measure", "answer.unit")
    two = concluding("two", "answer.unit", "answer.choice")
    three = concluding("three", "answer.choice", "answer.measure")
    after = concluding("after", "answer.choice", "answer.rule")

    found = faults(tmp_path, one, two, three, after)

    assert ["applies", "rules.1.applies", "rules.2.applies"] == [field for field, _ in found]
    assert {"This reaction and others wait in a circle for facts that they conclude."} == {
        message for _, message in found
    }


def test_a_reaction_that_waits_for_itself_is_refused(tmp_path):
    alone = concluding("alone", "answer.measure", "answer.measure")

    assert ["applies"] == [field for field, _ in faults(tmp_path, alone)]
