from hypothesis import given
from hypothesis import strategies as st

from rules.conditions import parsed
from rules.kleene import support, truth, waits_for
from tests.rules.conditions_strategy import FACTS, conditions, facts


def test_all_is_false_as_soon_as_one_part_is():
    condition = parsed({"site.kind": "mall", "site.has_canteen": True})

    assert truth(condition, {"site.kind": "office"}) is False
    assert truth(condition, {"site.kind": "mall"}) is None
    assert truth(condition, {"site.kind": "mall", "site.has_canteen": True}) is True


def test_any_waits_only_for_facts_that_still_matter():
    condition = parsed(
        {"any": [{"site.kind": "mall", "site.has_canteen": True}, {"site.has_lifts": True}]}
    )

    assert ("site.has_lifts",) == waits_for(condition, {"site.kind": "office"})
    assert () == waits_for(condition, {"site.has_lifts": True})
    assert ("site.has_canteen", "site.has_lifts") == waits_for(condition, {"site.kind": "mall"})


def test_not_keeps_unknown_unknown():
    condition = parsed({"not": {"site.kind": "mall"}})

    assert truth(condition, {}) is None
    assert truth(condition, {"site.kind": "office"}) is True
    assert truth(condition, {"site.kind": "mall"}) is False


def test_known_is_never_unknown():
    condition = parsed({"site.kind": {"known": False}})

    assert truth(condition, {}) is True
    assert truth(condition, {"site.kind": "mall"}) is False


def test_true_is_not_one():
    assert truth(parsed({"site.has_canteen": 1}), {"site.has_canteen": True}) is False


def test_the_support_of_an_alternative_names_the_alternative_that_holds():
    condition = parsed({"any": [{"site.kind": "mall"}, {"site.has_canteen": True}]})

    because = support(condition, {"site.kind": "office", "site.has_canteen": True})

    assert {"site.has_canteen": True} == because


@given(conditions(with_known=False), facts(), st.data())
def test_answering_more_facts_never_changes_a_decided_outcome(condition, known, data):
    decided = truth(condition, known)
    more = {**data.draw(facts()), **known}

    assert decided is None or truth(condition, more) is decided


@given(conditions(with_known=False), facts(), st.data())
def test_facts_that_are_not_waited_for_change_nothing(condition, known, data):
    waiting = set(waits_for(condition, known))
    answered = data.draw(facts())
    besides = {name: value for name, value in answered.items() if name not in waiting}

    assert truth(condition, {**besides, **known}) is truth(condition, known)


@given(conditions(with_known=False), facts())
def test_the_support_alone_decides_the_outcome(condition, known):
    because = support(condition, known)

    assert truth(condition, known) is None or truth(condition, because) is truth(condition, known)


def test_the_strategy_covers_every_type_of_fact():
    assert {"enum", "boolean", "integer", "number", "text", "tags"} == {
        kind for kind, _ in FACTS.values()
    }
