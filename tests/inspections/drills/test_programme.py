"""A year of drills: proposed, published, moved, and taken back, on both databases."""

from datetime import timedelta

import pytest

from inspections.drills.programme import (
    BreaksRules,
    YearChanged,
    cancel,
    check_move,
    move,
    propose,
    publish,
    take_back_move,
    withdraw,
    year_of,
)
from inspections.errors import NotFound
from inspections.models import AuditRow, OccurrenceRow
from tests.inspections.drills.a_year import (
    BEFORE,
    MALL,
    OFFICER,
    SURPRISE,
    VIEWER,
    YEAR,
    book,
    planned,
    proposed,
    published,
)


def year(session, by=OFFICER, now=BEFORE):
    return year_of(session, book(), MALL, YEAR, by=by, now=now)


def first(found, kind, *, site="store-a"):
    return next(one for one in found.drills if (one.kind, one.site) == (kind, site))


def test_a_year_is_kept_alike_by_both_databases(session):
    planned(session)

    done = published(session)

    shown = year(session)
    session.commit()
    assert len(done.drills) == len(shown.drills) == len(year(session, VIEWER).drills)


def test_two_stores_hold_208_evacuation_drills_and_72_others_together(mall):
    found = proposed(mall)

    kinds = [one.kind for one in found.found]
    together = [one for one in found.found if one.kind == "mall-emergency-drill"]
    assert (208, 72, ()) == (kinds.count("evacuation-drill"), len(together), found.short)
    assert {("store-a", "store-b")} == {
        tuple(dict.fromkeys(served.site for served in one.serves)) for one in together
    }
    scenarios = [one.scenario.zh for one in together]
    assert {12} == {scenarios.count(name) for name in scenarios}


def test_a_year_is_seen_by_all_once_published_and_taken_back_for_all(mall):
    proposed(mall)
    before = len(year(mall, VIEWER).drills)

    done = publish(mall, MALL, YEAR, by=OFFICER, now=BEFORE, revision=year(mall).revision)

    shown = year(mall, VIEWER)
    on = first(shown, "evacuation-drill")
    served = mall.get_one(OccurrenceRow, on.serves[0].occurrence)
    assert (0, len(done.drills)) == (before, len(shown.drills))
    assert on.on == served.planned_on
    assert len(done.drills) == len(withdraw(mall, MALL, YEAR, by=OFFICER, now=BEFORE).drills)
    assert () == year(mall, VIEWER).drills


def test_a_look_at_one_site_shows_what_it_shares_with_others(published_mall):
    whole = [one for one in year(published_mall).drills if "store-b" in one.sites]

    found = year_of(
        published_mall, book(), MALL, YEAR, by=OFFICER, now=BEFORE, sites=["store-b"]
    )  # fmt: skip

    def told(drills):
        return [(one.id, one.sites, one.state, one.leader_name) for one in drills]

    assert ["store-b"] == [site.key for site in found.sites]
    assert told(whole) == told(found.drills)
    assert ("store-a", "store-b") in {one.sites for one in found.drills}


def test_what_is_published_stands_when_the_year_is_proposed_again(published_mall):
    mall = published_mall
    before = {one.id: one.on for one in year(mall).drills}
    gone = first(year(mall), "evacuation-drill")
    cancel(mall, book(), gone.id, why="停电检修", by=OFFICER, now=BEFORE)

    again = propose(mall, book(), MALL, YEAR, by=OFFICER, now=BEFORE, steps=5)

    after = {one.id: one.on for one in year(mall).drills}
    assert before == {id_: after[id_] for id_ in before}
    assert [one.wanted.key for one in gone.serves] == [
        served.key for one in again.found for served in one.serves
    ]


def test_a_move_says_what_breaks_is_made_knowingly_and_is_taken_back(published_mall):
    mall = published_mall
    one = first(year(mall), "evacuation-drill")
    far = one.on + timedelta(days=40)

    told = {breach.code for breach in check_move(mall, book(), one.id, far, by=OFFICER, now=BEFORE)}
    with pytest.raises(BreaksRules) as refused:
        move(mall, book(), one.id, far, by=OFFICER, now=BEFORE)
    moved = move(mall, book(), one.id, far, by=OFFICER, now=BEFORE, despite=True)
    back = take_back_move(mall, book(), one.id, by=OFFICER, now=BEFORE)

    assert "outside-window" in told
    assert told >= {breach.code for breach in refused.value.breaches}
    assert (far, True) == (moved.on, moved.pinned)
    assert (one.on, one.starts_at, False) == (back.on, back.starts_at, back.pinned)


def test_nobody_changes_a_year_that_changed_meanwhile(mall):
    proposed(mall)
    seen = year(mall).revision
    proposed(mall)

    with pytest.raises(YearChanged):
        publish(mall, MALL, YEAR, by=OFFICER, now=BEFORE, revision=seen)


def test_an_unannounced_drill_is_seen_by_planners_alone_until_it_starts(mall):
    published(mall, hidden=SURPRISE)
    one = next(drill for drill in year(mall).drills if drill.hidden)
    minute = timedelta(minutes=1)

    def seen(now):
        return year(mall, VIEWER, now).of(one.id) is not None

    assert (False, False, True) == (
        seen(BEFORE),
        seen(one.starts_at - minute),
        seen(one.starts_at + minute),
    )
    with pytest.raises(NotFound):
        check_move(
            mall, book(), one.id, one.on, by=OFFICER.__class__("other", "x", "safety-officer"),
            now=BEFORE,
        )  # fmt: skip


def test_nothing_stored_beside_the_drill_tells_when_it_comes(mall):
    published(mall, hidden=SURPRISE)
    hidden = [drill for drill in year(mall).drills if drill.hidden]

    for drill in hidden:
        for served in drill.serves:
            if served.occurrence is not None:
                row = mall.get_one(OccurrenceRow, served.occurrence)
                assert (row.due_at, served.wanted.until) == (row.hidden_until, row.planned_on)
    move(mall, book(), hidden[1].id, hidden[1].on, by=OFFICER, now=BEFORE, despite=True)
    audited = [f"{row.before} {row.after}" for row in mall.query(AuditRow)]
    assert not any(hidden[1].on.isoformat() in text for text in audited)
