"""Reacting: which consequences an event has, why, and that asking again changes nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from rules.engine.gate import FactRefused
from rules.event import Event
from rules.react import Reactor, react
from tests.rules.builders import FINDING, on_finding, pack, reaction, rulebook, words

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 5, 11, 4, tzinfo=UTC)
FAIL = {"answer.verdict": "fail"}
TASK = {"do": "task", "id": "cause", "title": words(), "within": {"amount": 5, "unit": "day"}}


def answer(facts=None, *, key="answer/1/lamp/1", at=NOON):
    return Event("answer", key, "store", "site", "store", at, FAIL if facts is None else facts)


def keys(book, *events, zone=SHANGHAI):
    return [each.key for each in react(book, events, zone=zone)]


def test_an_event_that_meets_a_reaction_has_its_consequences(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))

    (found,) = react(book, [answer()], zone=SHANGHAI)

    assert "failed-item/answer/1/lamp/1/broken" == found.key
    assert ("failed-item", "2020-01-01") == (found.rule, found.since.isoformat())
    assert FAIL == found.because
    assert () == found.chain


def test_an_event_that_meets_none_has_none(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))

    assert [] == keys(book, answer({"answer.verdict": "pass"}))


def test_a_reaction_waits_for_facts_that_are_unknown(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))

    assert [] == keys(book, answer({"answer.severity": "severe"}))


def test_events_of_another_kind_are_not_answered(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))
    sample = Event("sample", "sample/1", "store", None, None, NOON, {"sample.grams": 1})

    assert [] == keys(book, sample)


def test_asking_again_gives_the_same_keys(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))
    events = [answer(), answer(), answer(key="answer/2/lamp/1")]

    once = keys(book, *events)

    assert ["failed-item/answer/1/lamp/1/broken", "failed-item/answer/2/lamp/1/broken"] == once
    assert once == keys(book, *events, *events)


def test_a_finding_is_an_event_in_turn_and_says_where_it_came_from(tmp_path):
    severe = FINDING | {"severity": "severe"}
    book = rulebook(
        tmp_path,
        pack(
            reaction(versions=[{"from": "2020-01-01", "then": [severe]}]),
            on_finding("root-cause", TASK),
        ),
    )

    opened, cause = react(book, [answer(FAIL | {"site.kind": "mall"})], zone=SHANGHAI)

    assert ("failed-item", "root-cause") == (opened.rule, cause.rule)
    assert ("failed-item",) == cause.chain
    assert f"finding-of/{opened.key}" == cause.event.key
    assert ("failed-item", "mall") == (
        cause.event.facts["finding.from_rule"],
        cause.event.facts["site.kind"],
    )
    assert "answer.verdict" not in cause.event.facts


def test_a_finding_takes_over_how_often_it_came_back(tmp_path):
    repeats = {"finding.repeats_30d": {"gte": 1}}
    again = on_finding(
        "again",
        TASK,
        applies=repeats,
        examples=[
            {"name": "again", "facts": {"finding.repeats_30d": 1}, "applies": True},
            {"name": "first", "facts": {"finding.repeats_30d": 0}, "applies": False},
        ],
    )
    book = rulebook(tmp_path, pack(reaction(), again))

    first = keys(book, answer(FAIL | {"answer.repeats_30d": 0}))
    second = keys(book, answer(FAIL | {"answer.repeats_30d": 1}))

    assert 1 == len(first)
    assert 2 == len(second)


def concluding(rule_id, conclusion, applies, facts):
    (fact, value), *_ = conclusion.items()
    conclude = {"do": "conclude", "id": "so", "fact": fact, "value": value}
    return reaction(
        rule_id,
        applies=applies,
        versions=[{"from": "2020-01-01", "then": [conclude]}],
        examples=[
            {"name": "yes", "facts": facts, "applies": True},
            {"name": "no", "facts": {"answer.verdict": "pass"} | FALSE, "applies": False},
        ],
    )


FALSE = {"answer.immediate_danger": False, "answer.measure": "dust", "answer.severity": "minor"}


def chained(*order):
    gas = concluding(
        "gas-is-dangerous",
        {"answer.immediate_danger": True},
        {"answer.measure": "gas", "answer.verdict": "fail"},
        FAIL | {"answer.measure": "gas"},
    )
    grave = concluding(
        "danger-is-severe",
        {"answer.severity": "severe"},
        {"answer.immediate_danger": True},
        {"answer.immediate_danger": True},
    )
    acts = reaction(
        "severe-finding",
        applies={"answer.severity": "severe"},
        examples=[
            {"name": "yes", "facts": {"answer.severity": "severe"}, "applies": True},
            {"name": "no", "facts": {"answer.severity": "minor"}, "applies": False},
        ],
    )
    rules = {"gas": gas, "grave": grave, "acts": acts}
    return pack(*(rules[name] for name in order))


@pytest.mark.parametrize(
    "order", [("gas", "grave", "acts"), ("acts", "grave", "gas"), ("grave", "acts", "gas")]
)
def test_conclusions_chain_to_a_fixed_point_whatever_the_order_of_rules(tmp_path, order):
    book = rulebook(tmp_path, chained(*order))

    (found,) = react(book, [answer(FAIL | {"answer.measure": "gas"})], zone=SHANGHAI)

    assert "severe-finding" == found.rule
    assert {"answer.severity": "severe"} == found.because
    assert ("danger-is-severe",) == found.chain


def test_a_conclusion_never_overrides_a_known_fact(tmp_path):
    book = rulebook(tmp_path, chained("gas", "grave", "acts"))

    assert [] == keys(book, answer(FAIL | {"answer.measure": "gas", "answer.severity": "minor"}))


def test_the_local_date_of_the_event_chooses_the_version(tmp_path):
    strict = FINDING | {"id": "strict"}
    book = rulebook(
        tmp_path,
        pack(
            reaction(
                versions=[
                    {"from": "2020-01-01", "then": [FINDING]},
                    {"from": "2026-06-01", "then": [strict]},
                ]
            )
        ),
    )
    midnight = datetime(2026, 5, 31, 16, tzinfo=UTC)  # 1 June in Shanghai, 31 May in London
    event = answer(at=midnight)

    assert ["failed-item/answer/1/lamp/1/strict"] == keys(book, event)
    assert ["failed-item/answer/1/lamp/1/broken"] == keys(
        book, event, zone=ZoneInfo("Europe/London")
    )


def test_the_local_date_of_the_event_chooses_the_figure(tmp_path):
    figure = {
        "id": "least",
        "title": words(),
        "unit": "g",
        "values": [{"from": "2020-01-01", "value": 100}, {"from": "2026-06-01", "value": 125}],
    }
    light = reaction(
        on="sample",
        applies={"sample.grams": {"lt": "$least"}},
        examples=[
            {"name": "light", "facts": {"sample.grams": 99}, "applies": True},
            {"name": "heavy", "facts": {"sample.grams": 125}, "applies": False},
        ],
    )
    book = rulebook(tmp_path, pack(light, parameters=[figure]))

    def found(at):
        return keys(book, Event("sample", "sample/1", "store", None, None, at, GRAMS))

    assert [] == found(datetime(2026, 5, 31, 15, 59, tzinfo=UTC))
    assert ["failed-item/sample/1/broken"] == found(datetime(2026, 5, 31, 16, tzinfo=UTC))


GRAMS = {"sample.grams": 110}


def test_a_reaction_that_ended_answers_no_later_event(tmp_path):
    ended = {"from": "2020-01-01", "until": "2026-05-10", "then": [FINDING]}
    book = rulebook(tmp_path, pack(reaction(versions=[ended])))

    assert [] == keys(book, answer())
    assert 1 == len(keys(book, answer(at=datetime(2026, 5, 10, 4, tzinfo=UTC))))


def test_who_asks_for_the_same_is_answered_once_and_strictly_enough_for_all(tmp_path):
    law = FINDING | {"severity": "minor", "deadline": {"amount": 1, "unit": "day"}}
    house = FINDING | {"severity": "severe", "deadline": {"amount": 1, "unit": "week"}}
    cited = {"instrument": "some-law", "clause": words(), "grade": "A", "origin": "Rule 3"}
    book = rulebook(
        tmp_path,
        pack(
            reaction("house", source=cited, versions=[{"from": "2020-01-01", "then": [house]}]),
            id="a-house",
            layer="group",
            instruments=[],
        ),
        pack(
            reaction("law", versions=[{"from": "2020-01-01", "then": [law]}]),
            id="b-law",
        ),
    )

    (found,) = react(book, [answer()], zone=SHANGHAI)

    assert ("law", ("house",)) == (found.rule, found.also)
    assert ("severe", 1, "day") == (
        found.do.severity,
        found.do.deadline.amount,
        found.do.deadline.unit,
    )


def test_a_fact_of_the_wrong_type_is_refused(tmp_path):
    book = rulebook(tmp_path, pack(reaction()))

    with pytest.raises(FactRefused):
        keys(book, answer({"answer.verdict": True}))


def test_a_reactor_answers_events_of_all_its_spans(tmp_path):
    later = {"from": "2026-06-01", "then": [FINDING | {"id": "later"}]}
    book = rulebook(
        tmp_path, pack(reaction(versions=[{"from": "2020-01-01", "then": [FINDING]}, later]))
    )
    reactor = Reactor(book, SHANGHAI)
    days = [datetime(2026, month, 2, tzinfo=UTC) for month in (7, 5, 7)]

    found = [each.do.id for day in days for each in reactor.consequences(answer(at=day))]

    assert ["later", "broken", "later"] == found
