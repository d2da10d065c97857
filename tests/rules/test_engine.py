import json
import subprocess
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.conditions import All, parsed
from rules.conditions import Test as Comparison
from rules.engine import matcher
from rules.engine.attributes import fnv32, require_distinct
from rules.engine.compiled import (
    MAX_ATTRIBUTES,
    SHARD_SIZE,
    Atom,
    Conjunction,
    branches,
    conjunctions,
    sharded,
)
from rules.engine.gate import FactRefused, Gate
from rules.engine.python_matcher import PythonMatcher
from rules.kleene import truth
from tests.rules.conditions_strategy import VOCABULARY, conditions, facts
from tests.rules.engines import needs_both_engines

KEYS = {
    "all", "m", "$and", "$ex", "$neq", "$lt", "$lte", "$gt", "$gte", "type",
}  # fmt: skip


def compiled(rules):
    flat = [
        each
        for name, condition in rules.items()
        for each in conjunctions(name, "site", condition, VOCABULARY)
    ]
    return sharded(flat), Gate(rules.values(), VOCABULARY)


def bound(running, shards, record):
    return frozenset(rule for shard in shards for rule in running.match(shard, record))


@given(st.lists(conditions(), min_size=1, max_size=6), st.lists(facts(), min_size=1, max_size=4))
@needs_both_engines
def test_both_engines_and_the_logic_of_three_values_agree(drawn, situations):
    rules = {f"r{index}": condition for index, condition in enumerate(drawn)}
    shards, gate = compiled(rules)

    for known in situations:
        record = gate.record(known)
        expected = {name for name, condition in rules.items() if truth(condition, known) is True}
        assert expected == bound(PythonMatcher(), shards, record)
        assert expected == bound(matcher("durable"), shards, record)


@given(conditions(), facts(), facts())
@needs_both_engines
def test_facts_in_the_same_cells_bind_the_same_rules(condition, one, other):
    shards, gate = compiled({"r": condition})

    def cells(known):
        return {name: gate.cell(name, known[name]) for name in gate.facts if name in known}

    if cells(one) == cells(other):
        engines = (PythonMatcher(), matcher("durable"))
        answers = {
            bound(each, shards, gate.record(known)) for each in engines for known in (one, other)
        }
        assert 1 == len(answers)


@given(conditions())
@needs_both_engines
def test_only_what_was_measured_to_be_safe_reaches_the_engine(condition):
    from rules.engine.durable_matcher import definition

    shards, _ = compiled({"r": condition})

    for shard in shards:
        assert len(shard.conjunctions) <= SHARD_SIZE
        for rule in definition(shard).values():
            (match,) = rule["all"]
            tests = match["m"]["$and"]
            assert {"type": "site"} == tests[0]
            assert len(tests) > 1
            assert keys(rule) <= KEYS | set(shard.attributes)
            json.loads(json.dumps(rule, allow_nan=False))


def keys(data):
    if isinstance(data, dict):
        return set(data).union(*(keys(value) for value in data.values()))
    return set().union(*(keys(item) for item in data)) if isinstance(data, list) else set()


@needs_both_engines
@pytest.mark.parametrize("count", [70, 600])
def test_more_conditions_than_the_engine_can_hold_at_once_all_bind(count):
    rules = {f"r{index}": Comparison("site.staff", "gte", index) for index in range(count)}
    shards, gate = compiled(rules)

    assert count == len(bound(matcher("durable"), shards, gate.record({"site.staff": 10**6})))
    assert {"r0", "r1"} == bound(matcher("durable"), shards, gate.record({"site.staff": 1}))


@needs_both_engines
def test_memory_stays_flat_over_thousands_of_records():
    import psutil

    rules = {f"r{index}": Comparison("site.staff", "gte", index) for index in range(50)}
    shards, gate = compiled(rules)
    running, process = matcher("durable"), psutil.Process()

    def ask(times):
        for staff in range(times):
            bound(running, shards, gate.record({"site.staff": staff % 60}))

    ask(1000)
    before = process.memory_info().rss
    ask(4000)

    assert process.memory_info().rss - before < 4_000_000


@needs_both_engines
def test_threads_get_their_own_answers():
    rules = {f"r{index}": Comparison("site.staff", "eq", index) for index in range(20)}
    shards, gate = compiled(rules)
    wrong = []

    def ask(staff):
        for _ in range(100):
            found = bound(matcher("durable"), shards, gate.record({"site.staff": staff}))
            if found != {f"r{staff}"}:
                wrong.append((staff, found))

    threads = [threading.Thread(target=ask, args=(staff,)) for staff in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == wrong


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("site.staff", "5"),
        ("site.staff", True),
        ("site.staff", 5.5),
        ("site.staff", -1),
        ("site.has_canteen", 1),
        ("site.has_canteen", "true"),
        ("site.kind", "barn"),
        ("site.city", "line\nbreak"),
        ("site.height_m", float("nan")),
        ("site.height_m", float("inf")),
        ("site.height_m", 1e300),
        ("site.height_m", 1e-9),
        ("person.roles", "cook"),
        ("person.roles", ("wizard",)),
    ],
)
def test_the_gate_refuses_values_of_the_wrong_type(name, value):
    operator = "has" if name == "person.roles" else "eq"
    gate = Gate([Comparison(name, operator, "cook" if operator == "has" else 1)], VOCABULARY)

    with pytest.raises(FactRefused):
        gate.record({name: value})
    with pytest.raises(FactRefused):
        gate.cell(name, value)


def test_in_and_any_are_written_out_as_alternatives():
    condition = parsed(
        {"site.kind": {"in": ["mall", "office"]}, "any": [{"site.staff": 1}, {"site.staff": 2}]}
    )

    assert 4 == branches(condition)
    assert 4 == len(conjunctions("r", "site", condition, VOCABULARY))


def test_a_condition_with_thousands_of_alternatives_is_refused():
    kinds = ["mall", "office", "hospital", "clinic", "hotel", "market", "library"]
    part = {"site.kind": {"in": kinds}}
    condition = parsed({"all": [part] * 4})

    with pytest.raises(ValueError, match="more than 1000 alternatives"):
        conjunctions("r", "site", condition, VOCABULARY)


def test_attributes_that_share_a_hash_are_refused():
    assert fnv32("") == 0x811C9DC5
    require_distinct(["site_kind", "site_city"])
    with pytest.raises(ValueError, match="share a hash"):
        require_distinct(["costarring", "liquid"])


def test_without_durable_rules_the_plain_python_engine_runs():
    code = (
        "import sys; sys.modules['durable'] = None\n"
        "from rules.engine import engine_name, matcher\n"
        "print(engine_name(), matcher().name)"
    )

    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "python python" == answer.stdout.strip()


def wide(count):
    """A conjunction for each of sixty rules, which together read many attributes."""
    return [
        Conjunction(f"r{rule}", "site", tuple(Atom(f"a{rule}_{n}", "gte", 1) for n in range(count)))
        for rule in range(60)
    ]


@pytest.mark.parametrize("count", [3, 4, 6, 100])
@needs_both_engines
def test_a_shard_reads_no_more_attributes_than_the_engine_takes(count):
    shards = sharded(wide(count))
    record = {atom.attribute: 1 for each in wide(count) for atom in each.atoms}

    assert max(len(shard.attributes) for shard in shards) <= MAX_ATTRIBUTES
    assert {f"r{rule}" for rule in range(60)} == bound(matcher("durable"), shards, record)


def test_a_condition_that_reads_too_much_for_the_engine_is_refused():
    tests = [Comparison(f"site.f{number}", "known", value=True) for number in range(201)]

    with pytest.raises(ValueError, match="more than 200 attributes"):
        conjunctions("r", "site", All(tuple(tests)), VOCABULARY)
