"""A past plan is derived again from what is stored, whatever changed since."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from inspections.errors import NotFound
from inspections.importing import import_organisation
from inspections.models import KeptTextRow, PlanRunRow
from inspections.planning import plan
from inspections.published_packs import rulebook_for
from inspections.publishing_packs import publish_pack
from inspections.replaying import NotReplayable, replay, runs
from tests.inspections.test_change_dates import staffed, there_and_back
from tests.inspections.test_published_packs import own_pack, text_of
from tests.rules.builders import pack, rule, rulebook

NOW = datetime(2026, 5, 31, 16, tzinfo=UTC)
SINCE, UNTIL = date(2026, 6, 1), date(2026, 6, 28)


@pytest.fixture
def stored(session):
    import_organisation(session, staffed(), now=NOW, by="import")
    return session


def planned(session, book, *, since=SINCE, seed=0):
    result = plan(
        session,
        book,
        organisation_id="org",
        since=since,
        until=UNTIL,
        now=NOW,
        seed=seed,
        assign=False,
    )
    return result.run_id


def daily(tmp_path, **changes):
    return rulebook(tmp_path, pack(rule(**changes)))


def test_a_run_comes_out_identical(stored, tmp_path):
    run = planned(stored, there_and_back(tmp_path))

    again = replay(stored, run)

    assert again.identical
    assert (1, 4) == (again.duties, again.occurrences)


def test_a_run_comes_out_identical_after_the_facts_and_the_packs_changed(stored, tmp_path):
    book = daily(tmp_path)
    run = planned(stored, book)
    publish_pack(
        stored,
        organisation_id="org",
        text=text_of(own_pack()),
        note="Why",
        by="li",
        now=NOW,
        builtin=book,
    )
    import_organisation(stored, staffed(5), now=NOW, by="import")
    later = planned(stored, rulebook_for(stored, "org", book))

    assert replay(stored, run).identical
    assert (1, 2) == (replay(stored, run).duties, replay(stored, later).duties)
    assert replay(stored, later).identical


def test_a_run_of_random_draws_comes_out_identical_with_its_own_seed(stored, tmp_path):
    versions = [{"from": "2020-01-01", "cadence": {"type": "random", "times": 2, "per": "week"}}]
    run = planned(stored, daily(tmp_path, versions=versions), seed=7)

    assert replay(stored, run).identical


def test_a_duty_that_counts_from_its_start_comes_out_identical_in_a_later_run(stored, tmp_path):
    versions = [{"from": "2020-01-01", "cadence": {"type": "max-gap", "days": 5}}]
    book = daily(tmp_path, versions=versions)
    planned(stored, book)

    run = planned(stored, book, since=SINCE + timedelta(days=3))

    assert replay(stored, run).identical


def test_planning_again_with_nothing_changed_keeps_the_same_outcome(stored, tmp_path):
    book = daily(tmp_path)

    first, second = planned(stored, book), planned(stored, book)

    kept = [stored.get_one(PlanRunRow, run).result["outcome"] for run in (first, second)]
    assert kept[0] == kept[1]
    assert replay(stored, second).identical


def test_what_differs_is_told_rule_by_rule(stored, tmp_path):
    run = planned(stored, daily(tmp_path))
    digest = stored.get_one(PlanRunRow, run).packs[0]
    rarer = daily(
        tmp_path,
        versions=[{"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "week"}}],
    )
    swapped = update(KeptTextRow).where(KeptTextRow.digest == digest)
    stored.execute(swapped.values(text=rarer.texts["some-pack"]))

    found = replay(stored, run)

    assert not found.identical
    assert [("daily-check", 28, 4)] == [
        (each.rule, each.then["occurrences"], each.now["occurrences"]) for each in found.differences
    ]


def test_a_run_that_is_not_there_is_refused(stored):
    with pytest.raises(NotFound):
        replay(stored, 99)


def test_a_run_of_before_the_keeping_is_refused(stored, tmp_path):
    run = planned(stored, daily(tmp_path))
    row = stored.get_one(PlanRunRow, run)
    row.performed_digest = None

    with pytest.raises(NotReplayable):
        replay(stored, run)


def test_the_latest_runs_come_first(stored, tmp_path):
    book = daily(tmp_path)
    first, second = planned(stored, book), planned(stored, book)

    assert (second, first) == runs(stored, "org")
