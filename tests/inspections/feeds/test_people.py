"""Tasks and findings of people: theirs, handed over, renamed, extended."""

from datetime import timedelta

from sqlalchemy import select

from inspections.feeds.choices import Choices
from inspections.findings.opening import FindingReport, open_finding
from inspections.findings.rectification import assign_owner
from inspections.importing import import_organisation
from inspections.models import (
    AssignmentRow,
    PersonRow,
)
from inspections.occurrence_log import append
from inspections.planning import plan
from rules.organisation.model import DateSpan
from rules.text import Text
from tests.inspections.feeds.a_feed import COOK, DAYS, LATER, NOW, first_task, shown_by
from tests.inspections.more_time import grant


def test_a_person_sees_the_tasks_that_are_theirs_and_why(school, rulebook):
    shown = shown_by(school, rulebook, COOK)

    mine = select(AssignmentRow.occurrence_id).join(PersonRow).where(PersonRow.key == "cook")
    assert {f"occurrence-{id_}" for id_ in school.scalars(mine)} == shown.keys()
    assert all(any(one.key == "cook" and one.reason for one in item.who) for item in shown.values())


def test_what_is_handed_to_another_person_stays_cancelled_for_14_days(school, campus, rulebook):
    before = shown_by(school, rulebook, COOK)
    leave = DateSpan(
        since=DAYS["since"], until=DAYS["until"], reason=Text(zh="病假", en="Sick leave")
    )
    people = tuple(
        one.model_copy(update={"absences": (leave,)}) if one.id == "cook" else one
        for one in campus.people
    )
    import_organisation(school, campus.model_copy(update={"people": people}), now=LATER)
    plan(school, rulebook, organisation_id="campus", now=LATER, seconds=2, **DAYS)

    after = shown_by(school, rulebook, COOK, LATER)
    colleague = shown_by(school, rulebook, Choices(person="officer"), LATER)
    in_time = LATER + timedelta(days=14)
    gone = shown_by(school, rulebook, COOK, in_time)

    handed_over = {key for key, item in after.items() if item.handed_over}
    assert handed_over & colleague.keys()
    assert not any(colleague[key].handed_over for key in handed_over & colleague.keys())
    for key in handed_over & before.keys():
        assert after[key].revision == before[key].revision + 1
        assert LATER == after[key].changed_at
    assert not handed_over & gone.keys()


def test_a_choice_of_no_days_drops_what_was_handed_over_at_once(school, rulebook):
    row = first_task(school, "kitchen-temperature")
    append(school, row, "cancelled", at=NOW, recorded_at=NOW, by="plan")

    kept = shown_by(school, rulebook, Choices(shows="site", site="main"))
    dropped = shown_by(
        school, rulebook, Choices(shows="site", site="main", cancelled_days=0), LATER
    )

    assert "cancelled" == kept[f"occurrence-{row.id}"].state
    assert f"occurrence-{row.id}" not in dropped


def test_every_change_raises_the_revision_and_is_dated_by_the_record(school, rulebook):
    site = Choices(shows="site", site="main")
    row = first_task(school, "kitchen-temperature")
    key = f"occurrence-{row.id}"
    first = shown_by(school, rulebook, site)[key]
    append(school, row, "started", at=LATER, recorded_at=LATER, by="cook")

    started = shown_by(school, rulebook, site, LATER + timedelta(hours=1))[key]
    again = shown_by(school, rulebook, site, LATER + timedelta(hours=2))[key]

    assert (first.revision + 1, LATER) == (started.revision, started.changed_at)
    assert (started.revision, started.changed_at) == (again.revision, again.changed_at)


def test_a_new_name_of_a_place_raises_the_revision_of_what_happens_there(school, campus, rulebook):
    site = Choices(shows="site", site="main")
    before = shown_by(school, rulebook, site)
    home = campus.sites[0]
    places = tuple(
        one.model_copy(update={"name": Text(zh="主厨房", en="Main kitchen")})
        if one.id == "kitchen"
        else one
        for one in home.places
    )
    home = home.model_copy(update={"places": places})
    import_organisation(school, campus.model_copy(update={"sites": (home,)}), now=LATER)

    after = shown_by(school, rulebook, site, LATER)

    renamed = {key for key in before if after[key].place.zh == "主厨房"}
    assert renamed
    for key in before:
        assert after[key].revision == before[key].revision + (key in renamed)


def test_a_findings_deadline_follows_its_owner_and_its_extensions(school, rulebook):
    report = FindingReport(
        "campus", "main", Text(zh="地面破损", en="Broken floor"), "minor", "officer", owner="cook"
    )
    number = open_finding(school, rulebook, report, now=NOW)
    key = f"finding-{number}"
    opened = shown_by(school, rulebook, COOK)[key]
    until = opened.due_at.date() + timedelta(days=3)
    later = grant(school, number, until=until, now=LATER)
    extended = shown_by(school, rulebook, COOK, LATER)[key]
    assign_owner(school, finding_id=number, by="head", now=LATER, owner="fitter")

    handed_over = shown_by(school, rulebook, COOK, LATER)[key]
    taken = shown_by(school, rulebook, Choices(person="fitter"), LATER)[key]
    gone = shown_by(school, rulebook, COOK, LATER + timedelta(days=14))

    assert [0, 1, 2] == [opened.revision, extended.revision, handed_over.revision]
    assert opened.day is not None
    assert later == extended.due_at
    assert (True, False) == (handed_over.handed_over, taken.handed_over)
    assert key not in gone
