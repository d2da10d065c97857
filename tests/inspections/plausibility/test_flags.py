"""Flags of a real record, on both databases: found, shown, looked into, and counted."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from inspections.device_clock import server_clock
from inspections.editing import Editor, NotAllowed
from inspections.errors import NotFound, Refused
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.importing import import_organisation
from inspections.models import AuditRow, DutyRow, OccurrenceRow
from inspections.photo_check import checked_photo
from inspections.planning import plan
from inspections.plausibility.flags import (
    RecordsJoined,
    Wanted,
    counts,
    flags_of,
    look_into,
    month_of,
)
from inspections.plausibility.house import (
    FigureOutOfRange,
    set_threshold,
    set_way,
    ways_of,
)
from inspections.plausibility.limits import house_limits
from inspections.recording import finish_inspection
from tests.inspections.poured import pour
from tests.inspections.recording.a_school import NOW, answer, start
from tests.photos import a_photo

MARCH = Wanted("campus", (), date(2026, 3, 1))
LATER = datetime(2026, 3, 31, 12, tzinfo=UTC)
OFFICER = Editor("campus", "officer", "safety-officer")


@pytest.fixture
def school(session, campus, rulebook):
    """The record of the school with its plan for March."""

    def make(session):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
        plan(session, rulebook, organisation_id="campus", now=NOW, seconds=5, **span)

    pour(session, "campus assigned in March", make)


def _occurrences(session, rule):
    query = select(OccurrenceRow).join(DutyRow).where(DutyRow.rule == rule)
    return session.scalars(query.order_by(OccurrenceRow.opens_at)).all()


def _do(session, rulebook, occurrence, *, answers, minutes=5):
    """Do a check: one answer a minute, in the order given; return the record's id."""
    at = occurrence.opens_at + timedelta(minutes=1)
    inspection = start(session, rulebook, occurrence, at=at)
    for number, (item, value) in enumerate(answers.items()):
        moment = at + timedelta(minutes=minutes * number)
        answer(session, rulebook, inspection, at=moment, **{item: value})
    done = server_clock(at + timedelta(minutes=minutes * len(answers)))
    finish_inspection(session, rulebook, inspection_id=inspection, clock=done)
    return inspection


def _open(session, wanted=MARCH):
    return [one.flag for one in flags_of(session, wanted) if one.is_open]


@pytest.fixture
def stuck(school, session, rulebook):
    """A thermometer that shows one value for two weeks; returns the records."""
    found = _occurrences(session, "kitchen-temperature")[:16]
    return [_do(session, rulebook, one, answers={"reading": 21}) for one in found]


def test_honest_month_has_no_flag(school, session, rulebook):
    for number, one in enumerate(_occurrences(session, "kitchen-temperature")[:16]):
        _do(session, rulebook, one, answers={"reading": 20.5 + number % 3 / 10})

    assert () == flags_of(session, MARCH)


def test_equal_readings_are_shown_with_title_unit_and_records(stuck, session):
    flag = _open(session)[0]

    assert ("identical", stuck) == (flag.kind, [record.id for record in flag.records])
    assert "“室温”连续 16 次读数都是 21 °C" in flag.said.zh
    assert "“Room temperature” read 21 °C 16 times in a row" in flag.said.en


def test_other_months_sites_and_organisations_show_none(stuck, session):
    assert [] == _open(session, Wanted("campus", (), date(2026, 4, 1)))
    assert [] == _open(session, Wanted("campus", ("elsewhere",), MARCH.month))


def test_look_into_a_flag_closes_it_until_records_join(stuck, session, rulebook):
    flag = _open(session)[0]

    look_into(
        session,
        MARCH,
        key=flag.key,
        digest=flag.digest,
        note="表坏了，已换",
        editor=OFFICER,
        now=LATER,
    )
    looked = flags_of(session, MARCH)[0]
    more = _occurrences(session, "kitchen-temperature")[16]
    _do(session, rulebook, more, answers={"reading": 21})
    again = flags_of(session, MARCH)[0]

    assert (False, "表坏了，已换") == (looked.is_open, looked.looks[0].note)
    assert {("identical", False): 1} == counts((looked,))
    assert (True, False) == (again.is_open, again.looks[0].is_current)
    assert flag.key == again.flag.key
    said = session.scalars(select(AuditRow).filter_by(action="flag.looked-into")).one()
    assert "表坏了，已换" == said.after["note"]


def test_look_at_what_is_no_longer_so_is_refused(stuck, session):
    flag = _open(session)[0]
    common = {"note": "x", "now": LATER}

    with pytest.raises(RecordsJoined):
        look_into(session, MARCH, key=flag.key, digest="0", editor=OFFICER, **common)
    with pytest.raises(NotFound):
        look_into(session, MARCH, key="0", digest=flag.digest, editor=OFFICER, **common)
    inspector = Editor("campus", "cook", "inspector")
    with pytest.raises(NotAllowed):
        look_into(session, MARCH, key=flag.key, digest=flag.digest, editor=inspector, **common)
    assert [flag] == _open(session)


def test_photo_that_serves_two_records_is_shown_once(school, session, rulebook, tmp_path):
    done = [
        _do(session, rulebook, one, answers={"reading": 20 + number / 10})
        for number, one in enumerate(_occurrences(session, "kitchen-temperature")[:3])
    ]
    store = EvidenceStore(tmp_path)
    for number, inspection in enumerate(done):
        photo = a_photo(seed=1 if number < 2 else 2)
        digest = store.keep(
            session, photo, media_type="image/jpeg", now=LATER, look=checked_photo(photo).look
        )
        owner = Owner(inspection_id=inspection, item="reading")
        link_evidence(session, digest, owner, by="cook", now=LATER + timedelta(minutes=number))

    flags = _open(session)

    assert [("photo", done[:2])] == [
        (flag.kind, [record.id for record in flag.records]) for flag in flags
    ]


def test_house_sets_a_figure_from_a_day_on(stuck, session):
    april = date(2026, 4, 1)

    set_threshold(session, "identical_records", value=20, since=april, editor=OFFICER, now=LATER)
    before = _open(session)
    set_threshold(
        session, "identical_records", value=17, since=MARCH.month, editor=OFFICER, now=LATER
    )

    assert 1 == len(before)
    assert [] == _open(session)
    known = [house_limits(session, "campus", day) for day in (MARCH.month, april)]
    assert [17, 20] == [limits["identical_records"] for limits in known]
    audited = session.scalars(select(AuditRow).filter_by(action="plausibility.figure-set")).all()
    assert [{"value": 10}, {"value": 10}] == [row.before for row in audited]


@pytest.mark.parametrize(
    ("name", "value", "editor"),
    [
        ("identical_records", 1, OFFICER),
        ("burst_share", 101, OFFICER),
        ("no-such", 5, OFFICER),
        ("identical_records", 12, Editor("campus", "x", "safety-officer", ("main",))),
        ("identical_records", 12, Editor("campus", "x", "inspector")),
    ],
)
def test_figure_that_makes_no_sense_or_is_not_theirs_to_set_is_refused(
    school, session, name, value, editor
):
    before = house_limits(session, "campus", MARCH.month)

    with pytest.raises(Refused):
        set_threshold(session, name, value=value, since=MARCH.month, editor=editor, now=LATER)

    assert before == house_limits(session, "campus", MARCH.month)


def test_measured_way_between_two_places_counts(school, session, rulebook):
    """The yard is answered a minute after the kitchen; the way between takes seven."""
    cold = _occurrences(session, "kitchen-temperature")
    yard = next(one for one in _occurrences(session, "yard-daily"))
    near = next(one for one in cold if one.opens_at.date() == yard.opens_at.date())
    at = yard.opens_at + timedelta(minutes=5)
    done = []
    for number, (one, given) in enumerate(
        ((near, {"reading": 21}), (yard, {"surface": "pass", "gate": "locked"}))
    ):
        moment = at + timedelta(minutes=number)
        done.append(start(session, rulebook, one, at=moment, id=str(uuid4())))
        answer(session, rulebook, done[-1], at=moment, **given)
        clock = server_clock(moment + timedelta(seconds=20))
        finish_inspection(session, rulebook, inspection_id=done[-1], clock=clock)
    before = _open(session)

    places = ("kitchen", "yard")
    set_way(session, "main", places=places, minutes=7, editor=OFFICER, now=LATER)

    assert [] == before
    assert [("walking", done)] == [
        (flag.kind, [record.id for record in flag.records]) for flag in _open(session)
    ]
    assert [7] == [way.minutes for way in ways_of(session, [yard.site_id])]


@pytest.mark.parametrize(
    ("places", "minutes"),
    [(("kitchen", "kitchen"), 5), (("kitchen", "yard"), 0), (("kitchen", "moon"), 5)],
)
def test_way_that_is_none_is_refused(school, session, places, minutes):
    with pytest.raises((FigureOutOfRange, NotFound)):
        set_way(session, "main", places=places, minutes=minutes, editor=OFFICER, now=LATER)


def test_month_is_read_and_anything_else_is_this_month():
    today = date(2026, 11, 22)

    assert date(2026, 2, 1) == month_of("2026-02", today)
    assert date(2026, 11, 1) == month_of("2026-13", today)
    assert date(2026, 11, 1) == month_of("<script>", today)
