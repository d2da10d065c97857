"""What a change would come to: the same as if it were really made, and nothing is made."""

from datetime import date

import pytest

from rules.faults import InputInvalid
from rules.whatif.applying import supposed
from rules.whatif.changes import Changes
from scheduler.whatif.asking import Asking
from scheduler.whatif.forecast import Forecaster
from tests.rules.builders import OPENING, organisation, pack, rule, rulebook, words

SINCE, UNTIL = date(2026, 6, 1), date(2026, 6, 28)
SOURCE = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}
DAILY = {"type": "periodic", "unit": "day"}
WEEKLY = {"type": "periodic", "unit": "week"}


def site(name, kind="mall", **facts):
    return {
        "id": name,
        "name": words(name, name),
        "facts": {"site.kind": kind, **facts},
        "calendar": OPENING,
    }


def person(name, *sites, roles=("guard",), **changes):
    return {"id": name, "name": words(), "sites": sites, "roles": roles, **changes}


def company(**changes):
    sites = [site("east"), site("west", **{"site.staff": 80}), site("office", "office")]
    people = [
        person("li", "east", "west"),
        person("wang", "east"),
        person("zhao", "office", roles=("cook",)),
    ]
    return organisation(**{"sites": sites, "people": people, **changes})


def many_staff():
    return rule(
        "many",
        applies={"site.staff": {"gte": "$many"}},
        versions=[{"from": "2020-01-01", "cadence": WEEKLY}],
        examples=[
            {"name": "many", "facts": {"site.staff": 500}, "applies": True},
            {"name": "few", "facts": {"site.staff": 1}, "applies": False},
        ],
    )


@pytest.fixture
def book(tmp_path):
    values = [{"from": "2020-01-01", "value": 100}]
    parameter = {"id": "many", "title": words(), "unit": "person", "values": values}
    version = {
        "from": "2020-01-01",
        "cadence": DAILY,
        "minutes": 10,
        "people": {"roles": ["guard"]},
    }
    return rulebook(tmp_path, pack(rule(versions=[version]), many_staff(), parameters=[parameter]))


def changes(*found):
    return Changes.model_validate({"changes": found}).changes


def effect(book, *found, company=None, until=UNTIL):
    return Asking(book, company or globals()["company"](), SINCE, until).effect(changes(*found))


NEW_RULE = rule(
    "new",
    source=SOURCE,
    applies={"site.kind": "office"},
    versions=[{"from": "2026-06-10", "cadence": DAILY}],
    examples=[],
)
EVERY_KIND = {
    "change-rule": {"rule": "daily-check", "from": "2026-06-15", "set": {"cadence": WEEKLY}},
    "add-rule": {"rule": NEW_RULE},
    "move-rule": {"rule": "daily-check", "to": "2026-06-10"},
    "end-rule": {"rule": "daily-check", "last": "2026-06-03"},
    "set-parameter": {"parameter": "many", "from": "2026-06-15", "value": 50},
    "set-facts": {"site": "office", "facts": {"site.kind": "mall", "site.staff": 500}},
    "add-site": {"copy": "west", "id": "south"},
    "lose-person": {"person": "li"},
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_is_touched_alone_comes_out_as_if_all_were_made_anew(book, kind):
    found = changes({"change": kind, **EVERY_KIND[kind]})
    asked = supposed(book, company(), found, since=SINCE)
    forecaster = Forecaster(since=SINCE, until=UNTIL, seed="org")
    present = forecaster.forecast(book, company())

    partly = forecaster.changed(present, asked.rulebook, asked.organisation, asked.sites)

    anew = Forecaster(since=SINCE, until=UNTIL, seed="org")
    assert told(anew.forecast(asked.rulebook, asked.organisation)) == told(partly)


def told(forecast):
    return {
        key: (line.held.spans, [each.due_at for part in line.parts for each in part.occurrences])
        for key, line in forecast.lines.items()
    }


def test_a_rarer_check_from_a_day_on_removes_what_no_longer_falls_due(book):
    found = effect(book, {"change": "change-rule", **EVERY_KIND["change-rule"]})

    assert {"removed": 28, "added": 4} == dict(found.counts)
    assert found.before.occurrences - 24 == found.after.occurrences
    assert () == found.duties


def test_minutes_fall_from_the_week_of_the_change(book):
    found = effect(book, {"change": "change-rule", **EVERY_KIND["change-rule"]})

    assert [
        (date(2026, 6, 1), 140, 140),
        (date(2026, 6, 8), 140, 140),
        (date(2026, 6, 15), 140, 20),
        (date(2026, 6, 22), 140, 20),
    ] == list(found.weeks())


def test_more_people_at_once_take_more_minutes(book):
    set_people = {"people": {"count": 2}}
    found = effect(book, {"change": "change-rule", "rule": "daily-check", "set": set_people})

    assert 2 * found.before.minutes == found.after.minutes


def test_a_new_building_brings_its_duties(book):
    found = effect(book, {"change": "add-site", **EVERY_KIND["add-site"]})

    assert [("daily-check", "south", None, "binds")] == [tuple(each) for each in found.duties]
    assert {"duties_added": 1, "added": 28} == dict(found.counts)


def test_a_person_lost_leaves_a_gap_where_nobody_else_may_do_it(book):
    found = effect(book, {"change": "lose-person", "person": "li"})

    assert [] == [gap.site for gap in found.before.staffing.uncovered]
    assert [("west", "li")] == [(gap.site, *gap.able) for gap in found.before.staffing.single]
    assert [("west", 28)] == [(gap.site, gap.inspections) for gap in found.after.staffing.uncovered]
    assert [("east", "wang")] == [(gap.site, *gap.able) for gap in found.after.staffing.single]


def test_work_is_shared_evenly_among_those_who_may_do_it(book):
    found = effect(book, {"change": "lose-person", "person": "wang"})

    before, after = found.before.staffing.people, found.after.staffing.people
    assert (105, 35) == (before["li"][0], before["wang"][0])
    assert 140 == after["li"][0]
    assert "wang" not in after


def test_more_work_than_time_is_told(book):
    people = [person("li", "east", "west", minutes_per_day=10)]
    found = effect(
        book,
        {"change": "change-rule", "rule": "daily-check", "set": {"minutes": 60}},
        company=company(people=people),
    )

    assert [("li", 4, 140, 50)] == [
        (each.person, each.weeks, each.most_minutes, each.minutes_a_week)
        for each in found.before.staffing.overloaded
    ]
    assert [840] == [each.most_minutes for each in found.after.staffing.overloaded]


def test_a_certificate_that_a_change_asks_for_is_told_with_its_holders(book):
    held = [{"kind": "electrician", "from": "2020-01-01"}]
    people = [person("li", "east", qualifications=held), person("wang", "west")]
    asked = {"people": {"qualifications": ["electrician"]}}
    found = effect(
        book,
        {"change": "change-rule", "rule": "daily-check", "set": asked},
        company=company(people=people),
    )

    assert () == found.before.staffing.certificates
    assert [("east", "electrician", ("li",)), ("west", "electrician", ())] == [
        (need.site, need.kind, need.holders) for need in found.after.staffing.certificates
    ]


def test_one_visit_that_serves_two_clauses_takes_its_minutes_once(tmp_path):
    checklist = {
        "id": "round",
        "title": words(),
        "items": [{"id": "one", "type": "pass-fail", "title": words()}],
    }
    version = {"from": "2020-01-01", "cadence": DAILY, "minutes": 10, "checklist": "round"}
    two = [rule("one", versions=[version]), rule("two", versions=[version])]
    book = rulebook(tmp_path, pack(*two, checklists=[checklist]))

    _, figures = Asking(book, company(), SINCE, UNTIL).present()

    assert (112, 56, 560) == (figures.occurrences, figures.inspections, figures.minutes)


def test_a_rule_that_a_stricter_one_serves_takes_no_time_of_its_own(tmp_path):
    law = rule(versions=[{"from": "2020-01-01", "cadence": WEEKLY, "minutes": 10}])
    ours = rule(
        "ours",
        source=SOURCE,
        tightens="daily-check",
        versions=[{"from": "2020-01-01", "cadence": DAILY, "minutes": 10}],
    )
    house = pack(ours, id="house", layer="site", instruments=None)
    book = rulebook(tmp_path, pack(law), house)
    house_named = company(packs=["house"])

    _, figures = Asking(book.for_organisation(house_named), house_named, SINCE, UNTIL).present()

    assert (64, 56, 560) == (figures.occurrences, figures.inspections, figures.minutes)


def test_every_fault_of_every_change_is_told(book):
    with pytest.raises(InputInvalid) as refused:
        effect(
            book,
            {"change": "move-rule", "rule": "nobody", "to": "2026-06-10"},
            {"change": "lose-person", "person": "nobody"},
            {"change": "change-rule", "rule": "many", "set": {"minutes": 0, "colour": "red"}},
            {"change": "add-site"},
            {"change": "add-site", "copy": "east", "id": "west"},
            {"change": "set-parameter", "parameter": "nothing", "value": 1},
            {"change": "add-rule", "rule": {**NEW_RULE, "id": "many"}},
        )

    assert [
        "changes.0.rule",
        "changes.1.person",
        "changes.2.set.colour",
        "changes.2.set.minutes",
        "changes.3.site",
        "changes.4.id",
        "changes.5.parameter",
        "changes.6.rule.id",
    ] == sorted(fault.field for fault in refused.value.faults)


def test_two_questions_share_how_things_stand(book):
    asking = Asking(book, company(), SINCE, UNTIL)

    first = asking.effect(changes({"change": "lose-person", "person": "li"}))
    second = asking.effect(changes({"change": "add-site", **EVERY_KIND["add-site"]}))

    assert first.before is second.before


def test_a_post_that_a_rule_wants_staffed_names_its_certificate(tmp_path):
    coverage = {"post": "fire-control-room", "minimum": 2, "qualifications": ["electrician"]}
    staffed = rule(
        "staffed", kind="coverage", versions=[{"from": "2020-01-01", "coverage": coverage}]
    )
    book = rulebook(tmp_path, pack(staffed))

    found = effect(book, {"change": "add-site", **EVERY_KIND["add-site"]})

    assert ["east", "west"] == [need.site for need in found.before.staffing.certificates]
    assert ["east", "south", "west"] == [need.site for need in found.after.staffing.certificates]
