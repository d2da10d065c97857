"""What comes as a surprise stays one: nothing that people or programs read tells of it before."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from inspections.database import open_database
from inspections.device_clock import DeviceClock
from inspections.draw_secret import draw_seed
from inspections.drills.programme import year_of
from inspections.errors import NotFound
from inspections.models import AssignmentRow, DrawSecretRow, OccurrenceRow, PlanRunRow
from inspections.planning import plan
from inspections.reactions.sweeping import sweep_everything
from inspections.recording import start_inspection
from inspections.replaying import replay
from inspections.rounds.occurrence import occurrence_detail
from tests.inspections.drills.a_year import (
    BEFORE,
    MALL,
    OFFICER,
    SURPRISE,
    YEAR,
    book,
    planned,
    published,
)


def spot_checks(session):
    query = select(OccurrenceRow).where(OccurrenceRow.hidden_until > BEFORE)
    return session.scalars(query.order_by(OccurrenceRow.id)).all()


def test_draws_hang_on_a_secret_that_a_replay_knows_and_another_record_does_not(mall, session):
    planned(session)

    drawn = [[row.opens_at for row in spot_checks(one)] for one in (mall, session)]

    run = mall.scalars(select(PlanRunRow.id)).first()
    assert all(drawn)
    assert drawn[0] != drawn[1]
    assert replay(mall, run).identical
    later = BEFORE + timedelta(days=1)
    assert draw_seed(mall, MALL, 0, at=later) != draw_seed(session, MALL, 0, at=later)


def test_runs_of_before_the_secret_are_derived_again_as_they_were(mall):
    mall.get_one(DrawSecretRow, MALL).since = datetime(2027, 1, 1, tzinfo=UTC)

    assert f"{MALL}:7" == draw_seed(mall, MALL, 7, at=BEFORE)


def test_a_plan_lists_no_day_of_what_is_hidden(session):
    planned(session)
    session.query(OccurrenceRow).filter(OccurrenceRow.hidden_until > BEFORE).delete()

    again = plan(
        session, book(), organisation_id=MALL, since=BEFORE.date(),
        until=BEFORE.date() + timedelta(days=15), now=BEFORE, assign=False,
    )  # fmt: skip

    surprises = {row.duty.rule for row in spot_checks(session)}
    told = [one for one in again.changes.added if one.duty.rule in surprises]
    assert told
    assert {(None, None)} == {(one.before, one.after) for one in told}


def test_neither_a_page_nor_a_refusal_tells_when_a_spot_check_opens(mall):
    one = spot_checks(mall)[0]
    clock = DeviceClock(BEFORE, BEFORE)

    with pytest.raises(NotFound):
        occurrence_detail(mall, one.id, organisation=MALL, now=BEFORE)
    with pytest.raises(NotFound) as refused:
        start_inspection(
            mall, book(), inspection_id="i", occurrence_id=one.id, by="a-guard-1", clock=clock
        )

    assert one.opens_at.strftime("%m-%d") not in f"{refused.value.text.zh}{refused.value.text.en}"


def test_nobody_is_sent_to_an_unannounced_drill_before_it_starts(mall):
    published(mall, hidden=SURPRISE)
    end = BEFORE.date() + timedelta(days=14)
    plan(
        mall, book(), organisation_id=MALL, since=BEFORE.date(), until=end, now=BEFORE, seconds=1
    )  # fmt: skip

    hidden = [
        served.occurrence
        for drill in year_of(mall, book(), MALL, YEAR, by=OFFICER, now=BEFORE).drills
        for served in drill.serves
        if drill.hidden and served.occurrence is not None
    ]
    sent = set(mall.scalars(select(AssignmentRow.occurrence_id)))
    assert hidden
    assert set() == sent & set(hidden)


def test_the_number_of_a_drill_says_nothing_of_its_day(mall):
    published(mall, hidden=SURPRISE)

    drills = year_of(mall, book(), MALL, YEAR, by=OFFICER, now=BEFORE).drills

    hidden = sorted((one for one in drills if one.hidden), key=lambda one: one.id)
    later = sum(one.on < two.on for one, two in pairwise(hidden))
    assert max(one.id for one in drills if not one.hidden) < hidden[0].id
    assert 0.35 < later / len(hidden) < 0.65


def test_a_drill_comes_to_light_with_the_first_sweep_after_it_starts(mall):
    published(mall, hidden=SURPRISE)
    mall.commit()
    drills = year_of(mall, book(), MALL, YEAR, by=OFFICER, now=BEFORE).drills
    one = next(drill for drill in drills if drill.hidden)
    row = one.serves[0].occurrence

    sweep_everything(
        open_database(str(mall.get_bind().url)), book(), now=one.starts_at + timedelta(minutes=1)
    )

    mall.rollback()
    found = mall.get_one(OccurrenceRow, row)
    assert (None, one.on) == (found.hidden_until, found.planned_on)
