"""Codes in the record: made once, kept for ever, and found again by whoever mistypes one."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import column as col
from sqlalchemy import delete, insert, select, table, text

from inspections.codes.behind import behind
from inspections.codes.issuing import issue_codes
from inspections.codes.labels import Choice, labels_of
from inspections.codes.near_codes import near_codes
from inspections.codes.on_device import codes_on_device
from inspections.codes.short_code import ALPHABET, code_from, fits, seed_of, shown
from inspections.database import open_engine
from inspections.errors import NotFound
from inspections.importing import import_organisation
from inspections.migrations import upgrade
from inspections.models import ShortCodeRow

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
FRIDGE = code_from(seed_of("campus", "main", "asset", "fridge"))
KITCHEN = code_from(seed_of("campus", "main", "place", "kitchen"))


@pytest.fixture
def school(session, campus):
    import_organisation(session, campus, now=NOW)
    return session


def _codes(session):
    columns = (ShortCodeRow.target_kind, ShortCodeRow.target, ShortCodeRow.code)
    return {(kind, key): code for kind, key, code in session.execute(select(*columns))}


def _insert(connection, name, values):
    connection.execute(insert(table(name, *map(col, values))).values(values))


def _without(campus, asset):
    site = campus.sites[0]
    left = tuple(each for each in site.assets if each.id != asset)
    return campus.model_copy(update={"sites": (site.model_copy(update={"assets": left}),)})


def test_importing_gives_the_site_every_place_and_every_asset_a_code(school):
    codes = _codes(school)

    assert {
        ("site", "main"),
        ("place", "kitchen"),
        ("place", "yard"),
        ("asset", "alarm"),
        ("asset", "fridge"),
    } == set(codes)
    assert all(fits(code) for code in codes.values())


def test_codes_outlive_a_second_import_and_a_move_to_another_record(school, campus):
    before = _codes(school)

    import_organisation(school, campus, now=LATER)
    again = _codes(school)
    school.execute(delete(ShortCodeRow))
    issue_codes(school, "campus", now=LATER)

    assert before == again == _codes(school)


def test_code_of_an_asset_that_is_gone_says_so_until_it_comes_back(school, campus):
    import_organisation(school, _without(campus, "fridge"), now=LATER)

    found = behind(school, FRIDGE)

    assert date(2026, 4, 1) == found.ended_on
    assert ("Sample fridge", "Kitchen", KITCHEN) == (
        found.name.en,
        found.place.en,
        found.place_code,
    )
    import_organisation(school, campus, now=LATER + timedelta(days=1))
    assert behind(school, FRIDGE).ended_on is None
    with pytest.raises(NotFound):
        behind(school, code_from("nothing"))


def test_slip_is_named_with_the_code_that_was_meant(school):
    swapped = FRIDGE[1] + FRIDGE[0] + FRIDGE[2:]
    other = next(each for each in ALPHABET if each != FRIDGE[2])

    found = near_codes(school, "campus", swapped)
    wrong = near_codes(school, "campus", FRIDGE[:2] + other + FRIDGE[3:])

    assert (FRIDGE, "swapped", 0) in [(each.code, each.slip, each.at) for each in found]
    assert (FRIDGE, "wrong", 2) in [(each.code, each.slip, each.at) for each in wrong]
    assert () == near_codes(school, "elsewhere", swapped)


def test_labels_come_place_by_place_and_those_of_one_place_alone(school):
    everything = Choice("main", ("site", "place", "asset"))
    kitchen = Choice("main", ("place", "asset"), ("kitchen",))

    found = labels_of(school, "campus", everything)
    of_kitchen = labels_of(school, "campus", kitchen)

    assert ["main", "kitchen", "fridge", "yard", "alarm"] == [each.on[2] for each in found]
    assert shown(FRIDGE) == found[2].code
    assert ["kitchen", "fridge"] == [each.on[2] for each in of_kitchen]
    assert () == labels_of(school, "elsewhere", everything)


def test_only_what_was_added_after_the_last_print_is_printed(school, campus):
    site = campus.sites[0]
    hood = site.assets[1].model_copy(update={"id": "hood"})
    more = site.model_copy(update={"assets": (*site.assets, hood)})
    import_organisation(school, campus.model_copy(update={"sites": (more,)}), now=LATER)

    found = labels_of(school, "campus", Choice("main", ("place", "asset"), since=LATER))

    assert ["hood"] == [each.on[2] for each in found]


def test_tablet_keeps_the_codes_of_its_sites_without_what_is_gone(school, campus):
    import_organisation(school, _without(campus, "fridge"), now=LATER)

    found = codes_on_device(school, "campus", person="guard", now=LATER)
    elsewhere = codes_on_device(school, "campus", person="guard", sites=("other",), now=LATER)

    assert ["Fire alarm", "Kitchen", "Main campus", "Yard"] == sorted(e.name.en for e in found)
    assert () == elsewhere


def test_code_is_unique_in_the_whole_record(school, campus):
    import_organisation(school, campus.model_copy(update={"id": "campus-2"}), now=NOW)

    codes = school.scalars(select(ShortCodeRow.code)).all()

    assert 10 == len(codes) == len(set(codes))


def test_what_stood_in_the_record_before_there_were_codes_gets_them(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/old.db")
    upgrade(engine, "0009")
    with engine.begin() as old:
        words, none = '{"zh": "x", "en": "x"}', "{}"
        campus = {"id": "campus", "name": words, "time_zone": "Asia/Shanghai", "country": "CN"}
        _insert(old, "organisation", {**campus, "packs": "[]", "changed_at": "2026-01-01"})
        site = {"id": 7, "organisation_id": "campus", "key": "main", "position": 0}
        _insert(old, "site", {**site, "name": words, "facts": none, "calendar": none})
        asset = {"id": 3, "site_id": 7, "key": "fridge", "position": 0}
        _insert(old, "asset", {**asset, "name": words, "facts": none})

    upgrade(engine)

    with engine.connect() as new:
        found = new.execute(text("SELECT target_kind, target, site_id, code FROM short_code")).all()
    assert {("site", "main", 7), ("asset", "fridge", 7)} == {each[:3] for each in found}
    assert FRIDGE in {each.code for each in found}
    engine.dispose()
