"""Immediate danger, warnings of the weather and missed rounds."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from inspections.findings.rectification import (
    confirm,
    reopen,
    submit_rectification,
)
from inspections.importing import import_organisation
from inspections.models import (
    FindingEventRow,
    FindingRow,
    OccurrenceRow,
    ReactionAppliedRow,
    StaffingNeedRow,
    StopUseRow,
)
from inspections.reactions.provenance import notices
from inspections.reactions.stops import active_stops, stops_on
from rules.organisation.happened import Event
from rules.rulebook import RuleBook
from rules.text import Text
from tests.inspections.reactions.a_school import DAY, MONDAY, NOW, all_rows, fail, sweep_at


def _dangerous(book):
    """The same book, with a lock that fails into danger."""
    house, *others = book.packs
    lists = []
    for each in house.checklists:
        items = [
            item.model_copy(update={"immediate_danger": True}) if item.id == "rings" else item
            for item in each.items
        ]
        lists.append(each.model_copy(update={"items": tuple(items)}))
    changed = house.model_copy(update={"checklists": tuple(lists)})
    texts = {**book.texts, house.id: book.texts[house.id] + "# dangerous"}
    return RuleBook((changed, *others), texts)


def test_immediate_danger_stops_use_until_somebody_else_confirms(school, book):
    at = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    fail(school, _dangerous(book), "alarm-monthly", at=at, rings="fail")
    finding = school.scalars(select(FindingRow)).one()
    site = finding.site_id

    (stop,) = active_stops(school, "campus")
    told = notices(school, "campus", NOW)
    submit_rectification(school, finding_id=finding.id, by="fitter", now=at, note="new horn")
    still = active_stops(school, "campus")
    confirm(school, finding_id=finding.id, by="officer", now=at)

    assert ("asset", "alarm", finding.number) == (stop.scope, stop.target, stop.number)
    assert (stop,) == stops_on([stop], (site, "asset", "alarm"))
    assert () == stops_on([stop], (site, "place", "yard"))
    assert ("safety-officer", "officer", finding.id) == (
        told[0].role,
        told[0].to,
        told[0].finding,
    )
    assert 1 == len(still)
    assert () == active_stops(school, "campus")
    reopen(school, finding_id=finding.id, by="head", now=at, note="silent again")
    assert 1 == len(active_stops(school, "campus"))
    assert 1 == len(all_rows(school, StopUseRow))


def test_missed_rounds_of_one_rule_gather_in_one_finding_of_the_supervisor(school, book):
    wednesday = MONDAY + 2 * DAY

    sweep_at(school, book, wednesday)

    yard = [row for row in all_rows(school, FindingRow) if "操场每日巡查" in row.title.zh]
    assert [("officer", "yard")] == [(row.owner, row.place) for row in yard]
    noted = [row for row in all_rows(school, FindingEventRow) if (row.data or {}).get("event")]
    assert [yard[0].id] == [row.finding_id for row in noted if row.finding_id == yard[0].id]
    answered = select(func.count(ReactionAppliedRow.event_key.distinct()))
    answered = answered.filter_by(event_kind="missed")
    missed = select(func.count()).select_from(OccurrenceRow).filter_by(state="missed")
    assert school.scalar(missed) == school.scalar(answered)


def test_a_weather_warning_raises_the_posts_for_its_span(school, book, campus):
    storm = Event(
        id="storm",
        site="main",
        kind="weather-warning",
        at=MONDAY,
        facts={"weather.kind": "snowstorm", "weather.level": "red"},
        note=Text(zh="暴雪红色预警", en="Red snowstorm warning"),
    )
    import_organisation(school, campus.model_copy(update={"events": (storm,)}), now=MONDAY)

    first = sweep_at(school, book, MONDAY + timedelta(minutes=5))
    again = sweep_at(school, book, MONDAY + timedelta(minutes=6))

    (need,) = all_rows(school, StaffingNeedRow)
    assert ("patrol", 2, MONDAY, MONDAY + timedelta(hours=12)) == (
        need.post_kind,
        need.minimum,
        need.since,
        need.until,
    )
    assert {"staffing", "open-checklist"} <= {each.do for each in first}
    assert () == again
