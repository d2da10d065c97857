from pathlib import Path

import pytest

from rules.faults import InputInvalid
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation, organisation_from_data
from tests.rules.builders import organisation_data, pack, rule, words, written

ABSENCE = {"from": "2026-05-01", "until": "2026-05-05", "reason": words()}
SHIFT = {"code": "D", "name": words(), "since": "08:00", "until": "20:00"}
EVENT = {"id": "e", "site": "store", "kind": "fire", "at": "2026-05-01T08:00:00+08:00"}
PERFORMED = {"rule": "daily-check", "target": "store", "on": "2026-05-01"}
DECISION = {
    "rule": "x",
    "site": "store",
    "applies": True,
    "note": words(),
    "by": "zhang",
    "on": "2026-01-01",
}


def changed(path, value):
    data = organisation_data()
    *parents, last = path
    part = data
    for key in parents:
        part = part[key]
    part[last] = value
    return data


def faults_of(tmp_path, data):
    try:
        load_organisation(written(tmp_path, data))
    except InputInvalid as error:
        return error.faults
    return ()


SITE = ("sites", 0)
CALENDAR = ("sites", 0, "calendar")


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ((*SITE, "facts"), {"site.kindd": "mall"}, "sites.0.facts.site.kindd"),
        ((*SITE, "facts"), {"site.kind": "barn"}, "sites.0.facts.site.kind"),
        ((*SITE, "facts"), {"site.staff": "12"}, "sites.0.facts.site.staff"),
        ((*SITE, "facts"), {"site.has_canteen": "yes"}, "sites.0.facts.site.has_canteen"),
        ((*SITE, "facts"), {"place.kind": "kitchen"}, "sites.0.facts.place.kind"),
        ((*SITE, "facts"), {"site.kind": None}, "sites.0.facts.site.kind"),
        (
            ("events",),
            [{**EVENT, "facts": {"weather.level": "purple"}}],
            "events.0.facts.weather.level",
        ),
        (("events",), [{**EVENT, "facts": {"site.staff": 3}}], "events.0.facts.site.staff"),
        ((*SITE, "assets", 0, "place"), "attic", "sites.0.assets.0.place"),
        ((*SITE, "assets", 0, "keeper"), "li", "sites.0.assets.0.keeper"),
        ((*SITE, "assets", 0, "maintainer"), "li", "sites.0.assets.0.maintainer"),
        ((*SITE, "places", 0, "keeper"), "li", "sites.0.places.0.keeper"),
        ((*SITE, "assets", 0, "id"), "kitchen", "sites.0.assets.0.id"),
        ((*SITE, "assets", 0, "id"), "zhang", "people.0.id"),
        (
            (*SITE, "posts"),
            [{"id": "gate", "name": words(), "shifts": [SHIFT, SHIFT]}],
            "sites.0.posts.0.shifts.1.code",
        ),
        (
            (*SITE, "posts"),
            [{"id": "gate", "name": words(), "shifts": [SHIFT | {"minimum": 2, "preferred": 1}]}],
            "sites.0.posts.0.shifts.0.preferred",
        ),
        (
            (*SITE, "posts"),
            [{"id": "gate", "name": words(), "shifts": [SHIFT | {"preferred": 3, "maximum": 2}]}],
            "sites.0.posts.0.shifts.0.maximum",
        ),
        (("people", 0, "id"), {"zh": "x"}, "people.0.id"),
        (("country",), "ZZ", "country"),
        (("country",), "China", "country"),
        (("time_zone",), "../../etc/passwd", "time_zone"),
        ((*CALENDAR, "opening", 0, "opens"), 7, "sites.0.calendar.opening.0.opens"),
        ((*CALENDAR, "opening", 0, "opens"), "08:00+08:00", "sites.0.calendar.opening.0.opens"),
        (("events",), [EVENT | {"at": 99999999999}], "events.0.at"),
        (("events",), [EVENT | {"at": "0001-01-01T00:00:00+08:00"}], "events.0.at"),
        (("events",), [EVENT | {"target": "lift-9"}], "events.0.target"),
        (("performed",), [PERFORMED | {"on": "0001-01-01"}], "performed.0.on"),
        (("performed",), [PERFORMED | {"target": "attic"}], "performed.0.target"),
        (("people", 0, "sites"), ["elsewhere"], "people.0.sites.0"),
        (("people", 0, "roles"), ["wizard"], "people.0.roles.0"),
        (("people", 0, "works"), ["someday"], "people.0.works.0"),
        (
            ("people", 0, "absences"),
            [ABSENCE, ABSENCE | {"from": "2026-05-05", "until": "2026-05-06"}],
            "people.0.absences.1.from",
        ),
        (
            ("people", 0, "absences"),
            [ABSENCE | {"until": "2026-04-30"}],
            "people.0.absences.0.until",
        ),
        (
            ("people", 0, "absences"),
            [ABSENCE | {"until": "2026-02-30"}],
            "people.0.absences.0.until",
        ),
        (
            ("people", 0, "qualifications"),
            [{"kind": "x", "from": "2026-05-01", "until": "2026-04-01"}],
            "people.0.qualifications.0.until",
        ),
        ((*CALENDAR, "meals"), [{"meal": "lunch", "at": "03:00"}], "sites.0.calendar.meals.0.at"),
        ((*CALENDAR, "meals"), [{"meal": "lunch", "at": "25:00"}], "sites.0.calendar.meals.0.at"),
        (
            (*CALENDAR, "meals"),
            [{"meal": "lunch", "at": "11:00"}, {"meal": "lunch", "at": "12:00"}],
            "sites.0.calendar.meals.1.meal",
        ),
        (
            (*CALENDAR, "opening"),
            [
                {"days": ["mon"], "opens": "08:00", "closes": "12:00"},
                {"days": ["mon"], "opens": "11:00", "closes": "18:00"},
            ],
            "sites.0.calendar.opening.1.opens",
        ),
        ((*CALENDAR, "opening"), [], "sites.0.calendar.opening"),
        (
            (*CALENDAR, "closed"),
            [ABSENCE | {"until": "2026-04-30"}],
            "sites.0.calendar.closed.0.until",
        ),
        (("decisions",), [DECISION | {"site": "elsewhere"}], "decisions.0.site"),
        (("decisions",), [DECISION | {"by": "li"}], "decisions.0.by"),
        (("decisions",), [DECISION, DECISION], "decisions.1.rule"),
        (
            ("events",),
            [{"id": "e", "site": "elsewhere", "kind": "storm", "at": "2026-05-01T08:00:00Z"}],
            "events.0.site",
        ),
        (
            ("performed",),
            [{"rule": "x", "target": "attic", "on": "2026-01-01"}],
            "performed.0.target",
        ),
        (("time_zone",), "Mars/Olympus", "time_zone"),
        (("nonsense",), 1, "nonsense"),
    ],
)
def test_one_fault_is_reported_at_its_field(tmp_path, path, value, field):
    faults = faults_of(tmp_path, changed(path, value))

    assert [field] == [fault.field for fault in faults]
    assert all(fault.message.zh and fault.remedy.zh for fault in faults)


def test_every_fault_is_reported_at_once_with_its_line(tmp_path):
    data = changed((*SITE, "facts"), {"site.staff": "12"})
    data["people"][0]["roles"] = ["wizard"]
    data["people"][0]["minutes_per_day"] = -1
    path = written(tmp_path, data)

    faults = faults_of(tmp_path, data)

    lines = path.read_text(encoding="utf-8").splitlines()
    assert {
        "people.0.minutes_per_day": "minutes_per_day: -1",
        "people.0.roles.0": "- wizard",
        "sites.0.facts.site.staff": "site.staff: '12'",
    } == {fault.field: lines[fault.line - 1].strip() for fault in faults}


def test_absences_may_touch_without_sharing_a_day(tmp_path):
    after = ABSENCE | {"from": "2026-05-06", "until": "2026-05-07"}

    assert () == faults_of(tmp_path, changed(("people", 0, "absences"), [ABSENCE, after]))


def test_the_same_id_may_stand_at_two_sites(tmp_path):
    data = organisation_data()
    data["sites"].append(data["sites"][0] | {"id": "other"})

    assert () == faults_of(tmp_path, data)


def test_what_was_performed_is_named_in_full(tmp_path):
    data = organisation_data(performed=[{"rule": "x", "target": "fridge", "on": "2026-01-01"}])

    loaded = load_organisation(written(tmp_path, data))

    assert "store/fridge" == loaded.performed[0].target


@pytest.mark.parametrize("text", ["rules: []\n", "- a list\n", "just text\n", "sites: [\n", ""])
def test_another_kind_of_file_is_refused(tmp_path, text):
    assert 1 == len(faults_of(tmp_path, text))


def test_data_from_elsewhere_is_checked_with_its_own_places():
    data = changed(("people", 0, "roles"), ["wizard"])
    data["people"][0]["minutes_per_day"] = "many"

    def locate(location):
        return "plan.xlsx", 7, f"People!{location[-1]}"

    with pytest.raises(InputInvalid) as raised:
        organisation_from_data(data, locate)

    assert {("plan.xlsx", 7, "People!0"), ("plan.xlsx", 7, "People!minutes_per_day")} == {
        (fault.file, fault.line, fault.field) for fault in raised.value.faults
    }


@pytest.mark.parametrize(
    "path", sorted(Path("examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_example_organisations_are_sound(path):
    assert load_organisation(path).sites


def test_packs_and_rules_that_the_rule_book_lacks_are_refused_at_their_lines(tmp_path):
    packs = tmp_path / "packs"
    packs.mkdir()
    rulebook = load_rulebook([written(packs, pack(rule("daily-check")))])
    data = organisation_data(
        packs=["house-nobody"],
        decisions=[DECISION | {"rule": "daly-check"}],
        performed=[PERFORMED, PERFORMED | {"rule": "nothing-like-it"}],
    )

    with pytest.raises(InputInvalid) as refused:
        load_organisation(written(tmp_path, data), rulebook)

    found = {fault.field: fault.remedy.en for fault in refused.value.faults}
    assert {
        "packs.0": "rules/packs lists the ids.",
        "decisions.0.rule": "Did you mean daily-check?",
        "performed.1.rule": "rules/packs lists the ids.",
    } == found


def test_a_preferred_place_is_one_of_the_persons_sites(tmp_path):
    data = organisation_data()
    data["people"][0]["prefers"] = ["nowhere"]

    with pytest.raises(InputInvalid) as refusal:
        load_organisation(written(tmp_path, data))

    assert ["people.0.prefers.0"] == [fault.field for fault in refusal.value.faults]
