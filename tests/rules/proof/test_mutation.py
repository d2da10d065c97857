"""Every careless change of a condition is made, and the examples that miss it are told."""

import pytest

from rules.conditions import parsed
from rules.facts import FactDefinition
from rules.kleene import truth
from rules.proof.example_coverage import seen
from rules.proof.mutants import beside, mutants
from rules.proof.mutation import mutation_report
from rules.proof.report import percent, proof_of
from rules.proof.suggestions import suggestions
from rules.vocabulary import load_vocabulary
from tests.rules.builders import pack, rule, rulebook

VOCABULARY = load_vocabulary()


def changes(condition):
    return {(each.kind, each.key) for each in mutants(parsed(condition), VOCABULARY)}


def binds(**facts):
    return {
        "name": f"{facts}",
        "facts": {f"site.{name}": value for name, value in facts.items()},
        "applies": True,
    }


def spares(**facts):
    return binds(**facts) | {"applies": False}


def book(tmp_path, applies, *examples, **changed):
    return rulebook(tmp_path, pack(rule(applies=applies, examples=list(examples), **changed)))


def report(book):
    return mutation_report(book, book.rule("daily-check"), VOCABULARY)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"site.kind": "mall"}, {("operator", "site.kind.ne")}),
        (
            {"site.staff": {"gte": 50}},
            {
                ("operator", "site.staff.gt"),
                ("operator", "site.staff.lt"),
                ("threshold", "site.staff.-step"),
                ("threshold", "site.staff.+step"),
            },
        ),
        (
            {"site.kind": {"in": ["mall", "office"]}},
            {
                ("operator", "site.kind.not_in"),
                ("value-dropped", "site.kind.0.dropped"),
                ("value-dropped", "site.kind.1.dropped"),
            },
        ),
        ({"site.staff": {"known": True}}, {("operator", "site.staff.known")}),
        ({"person.roles": {"has": "cook"}}, {("operator", "person.roles.has")}),
        (
            {"not": {"site.kind": "mall"}},
            {("operator", "not"), ("operator", "not.site.kind.ne")},
        ),
        (
            {"any": [{"site.kind": "mall"}, {"site.boarding": True}]},
            {
                ("all-any", "all-any"),
                ("condition-dropped", "0.dropped"),
                ("condition-dropped", "1.dropped"),
                ("operator", "0.site.kind.ne"),
                ("operator", "1.site.boarding.ne"),
            },
        ),
    ],
)
def test_every_change_of_a_condition_is_made(condition, expected):
    assert expected == changes(condition)


@pytest.mark.parametrize(
    ("kind", "threshold", "below", "above"),
    [
        ("integer", 50, 49, 51),
        ("number", 24, 23.9, 24.1),
        ("number", 0.25, 0.24, 0.26),
        ("date", "2026-03-01", "2026-02-28", "2026-03-02"),
        ("boolean", True, None, None),
        ("text", "a", None, None),
    ],
)
def test_a_threshold_moves_by_its_smallest_step(kind, threshold, below, above):
    definition = FactDefinition(name="site.x", type=kind, title={"zh": "事", "en": "fact"})

    moved = beside(definition, threshold)

    assert (() if below is None else (below, above)) == moved


def test_examples_at_both_sides_of_the_limit_notice_every_change(tmp_path):
    sound = book(tmp_path, {"site.staff": {"gte": 50}}, binds(staff=50), spares(staff=49))

    found = report(sound)

    assert (4, 4, (), ()) == (found.made, found.killed, found.survivors, found.equivalent)


def test_examples_away_from_the_limit_miss_what_moves_it(tmp_path):
    loose = book(tmp_path, {"site.staff": {"gte": 50}}, binds(staff=90), spares(staff=5))

    missed = {each.mutant.key for each in report(loose).survivors}

    assert {"site.staff.gt", "site.staff.-step", "site.staff.+step"} == missed


def test_what_is_suggested_leaves_nothing_unnoticed(tmp_path):
    condition = {
        "site.kind": {"in": ["mall", "office", "hotel"]},
        "any": [{"site.height_m": {"gt": 24}}, {"site.staff": {"gte": 50}}],
    }
    loose = [binds(kind="mall", height_m=90, staff=90), spares(kind="factory")]
    poor = book(tmp_path, condition, *loose)
    added = suggestions(poor, poor.rule("daily-check"))

    rich = book(tmp_path, condition, *loose, *added)

    assert report(poor).survivors
    assert () == report(rich).survivors
    assert not proof_of(rich, {"some-pack"})[0].failed
    assert len(added) == len({each["name"] for each in added})


def test_a_superfluous_condition_is_told_as_such(tmp_path):
    told = book(
        tmp_path,
        {"all": [{"site.staff": {"gte": 50}}, {"site.staff": {"gte": 20}}]},
        binds(staff=50),
        spares(staff=49),
    )

    found = report(told).equivalent

    assert "1.dropped" in {each.mutant.key for each in found}
    assert all(each.proved for each in found)


def test_every_missing_situation_tells_the_mutant_apart(tmp_path):
    poor = book(
        tmp_path,
        {"site.kind": "mall", "site.staff": {"gte": 50}, "site.has_canteen": True},
        binds(kind="mall", staff=70, has_canteen=True),
        spares(kind="office"),
    )

    for survivor in report(poor).survivors:
        original = poor.rule("daily-check").applies
        facts = survivor.missing.facts
        assert truth(original, facts) is survivor.missing.answer
        assert truth(survivor.mutant.condition, facts) is not survivor.missing.answer


def test_a_parameter_is_changed_at_its_value_of_the_examples_day(tmp_path):
    parameter = {
        "id": "limit",
        "title": {"zh": "界", "en": "limit"},
        "unit": "person",
        "values": [{"from": "2020-01-01", "value": 50}, {"from": "2026-06-01", "value": 60}],
    }
    examples = [
        binds(staff=50),
        spares(staff=49),
        binds(staff=60) | {"on": "2026-06-01"},
    ]
    data = pack(
        rule(applies={"site.staff": {"gte": "$limit"}}, examples=examples), parameters=[parameter]
    )

    found = report(rulebook(tmp_path, data))

    assert (4, ()) == (found.made, found.survivors)


def test_conditions_are_told_that_were_never_seen_false(tmp_path):
    told = book(
        tmp_path,
        {"site.kind": "mall", "site.has_canteen": True},
        binds(kind="mall", has_canteen=True),
        spares(kind="mall", has_canteen=False),
    )

    found = {each.text.en: (each.true, each.false) for each in seen(told, told.rule("daily-check"))}

    assert {"Has a canteen = yes": (True, True), "Kind of site = Mall": (True, False)} == found
    proof = proof_of(told, {"some-pack"})[0]
    assert (3, 4, 75.0) == (
        proof.outcomes_seen,
        proof.outcomes,
        percent(proof.outcomes_seen, proof.outcomes),
    )


def test_an_example_is_suggested_for_a_condition_never_seen_false(tmp_path):
    # The first part of the condition is superfluous, so no mutant asks for it to be false.
    condition = {"any": [{"site.staff": {"gte": 60}}, {"site.staff": {"gte": 50}}]}
    poor = book(tmp_path, condition, binds(staff=60), binds(staff=61), spares(staff=49))
    rich = suggestions(poor, poor.rule("daily-check"))

    mended = book(tmp_path, condition, binds(staff=60), spares(staff=49), *rich)

    assert rich
    assert all(each.outcomes == 2 for each in seen(mended, mended.rule("daily-check")))


def test_the_share_is_never_rounded_up_to_all():
    assert (99.9, 100.0, 100.0) == (percent(9999, 10000), percent(3, 3), percent(0, 0))
