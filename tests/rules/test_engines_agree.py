"""
On the built-in packs both engines and three-valued logic give the same answers.

XUNJIAN_AGREE_FACTS says on how many random facts, XUNJIAN_SEED which ones; without it the seed is
fresh every time and stands in the message of a failure.
"""

import os
import secrets
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.compiled_reactions import compiled_reactions
from rules.compiled_rules import compiled_rules
from rules.derive import derive
from rules.engine import matcher
from rules.event import Event
from rules.facts import EVENT_KINDS
from rules.kleene import truth
from rules.react import Reactor
from rules.vocabulary import load_vocabulary
from tests.rules.builders import organisation
from tests.rules.engines import needs_both_engines
from tests.rules.random_facts import RandomFacts
from tests.rules.sample_site import built_in

DAY = date(2026, 9, 1)
NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
_WIDER = 10 if os.environ.get("HYPOTHESIS_PROFILE") == "campaign" else 1
FACTS = int(os.environ.get("XUNJIAN_AGREE_FACTS", str(1_400 * _WIDER)))


def kinds():
    """Every kind of record with the rules that read it, their shards and their gate."""
    duties = compiled_rules(built_in(), DAY)
    found = [(name, kind.rules, kind.shards, duties.gate) for name, kind in duties.kinds.items()]
    answers = compiled_reactions(built_in(), DAY)
    for name, levels in answers.levels.items():
        rules = [rule for level in levels for rule in level.rules]
        shards = [shard for level in levels for shard in level.shards]
        found.append((name, rules, shards, answers.gate))
    return found


KINDS = ["site", "place", "asset", "post", "person", *EVENT_KINDS]


def test_every_kind_of_record_has_rules_to_agree_on():
    assert sorted(KINDS) == sorted(name for name, *_ in kinds())


@needs_both_engines
@pytest.mark.campaign
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("name", KINDS)
def test_on_random_facts_both_engines_and_the_logic_of_three_values_agree(name):
    seed = int(os.environ.get("XUNJIAN_SEED") or secrets.randbits(32))
    random = Random(f"{seed}/{name}")
    (rules, shards, gate) = next(rest for kind, *rest in kinds() if kind == name)
    drawn, (durable, python) = RandomFacts(rules), (matcher("durable"), matcher("python"))
    bound, least = 0, -(-FACTS // len(KINDS))

    for number in range(100 * least):
        if number >= least and bound:  # facts that no rule meets would prove nothing
            break
        facts = drawn.draw(random)
        record = gate.record(facts)
        expected = {each.rule.id for each in rules if truth(each.condition, facts) is True}
        one = {rule for shard in shards for rule in durable.match(shard, record)}
        other = {rule for shard in shards for rule in python.match(shard, record)}
        assert expected == one, (seed, facts)
        assert expected == other, (seed, facts)
        bound += len(expected)

    assert bound


@needs_both_engines
@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_on_random_events_both_engines_have_the_same_consequences():
    seed = int(os.environ.get("XUNJIAN_SEED") or secrets.randbits(32))
    random = Random(seed)
    zone = ZoneInfo("Asia/Shanghai")
    durable, python = (Reactor(built_in(), zone, name) for name in ("durable", "python"))
    drawn = {
        name: RandomFacts([rule for level in levels for rule in level.rules])
        for name, levels in compiled_reactions(built_in(), DAY).levels.items()
    }
    found = 0

    for number in range(FACTS // 4):
        kind = random.choice(sorted(drawn))
        event = Event(kind, f"{kind}/{number}", "s", None, None, NOON, drawn[kind].draw(random))
        consequences = durable.consequences(event)
        assert consequences == python.consequences(event), (seed, event)
        found += len(consequences)

    assert found


def site_facts():
    values = {}
    for name, definition in load_vocabulary().items():
        if definition.target == "site":
            values[name] = _values(definition)
    return st.fixed_dictionaries({}, optional=values)


def _values(definition):
    if definition.type == "boolean":
        return st.booleans()
    if definition.type == "enum":
        return st.sampled_from([choice.value for choice in definition.choices])
    if definition.type == "text":
        return st.sampled_from(["北京", "上海", "广东", "深圳"])
    return st.sampled_from([1, 5, 23, 24, 100, 1000, 5000, 100000])


@needs_both_engines
@settings(max_examples=10)
@given(site_facts())
def test_on_all_packs_both_engines_derive_the_same(facts):
    book = built_in()
    named = [pack.id for pack in book.packs if not pack.product_default]
    org = organisation(facts, packs=named)

    durable = derive(book, org, DAY, engine="durable")

    assert durable == derive(book, org, DAY, engine="python")
    bound = {each.rule for each in durable if each.status == "binds"}
    for each in book.rules.values():
        settled = each.reading is None and "$" not in str(each.applies)
        duty = each.target == "site" and each.kind != "reaction"
        if duty and settled and book.in_force(each, DAY):
            assert truth(each.applies, facts) is not True or each.id in bound
