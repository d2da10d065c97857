"""Wishes of the organisation file reach the planner, and come back out of the record as written."""

from datetime import UTC, datetime, timedelta

from inspections.assignment_problem import stored_problem
from inspections.importing import import_organisation
from inspections.one_piece import person_now
from inspections.record_as_organisation import load_from_record

NOW = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)


def _wishing(campus):
    site = campus.sites[0]
    first = campus.people[0].model_copy(update={"prefers": (site.places[0].id,)})
    people = (first, *campus.people[1:])
    return campus.model_copy(update={"people": people, "most_running": 3})


def test_wishes_are_kept_with_the_organisation(session, campus):
    wished = _wishing(campus)

    import_organisation(session, wished, now=NOW)

    assert wished == load_from_record(session, wished.id)
    first = wished.people[0]
    assert first.prefers == person_now(session, wished.id, first.id).prefers


def test_the_planner_is_asked_for_the_wishes(session, campus, rulebook):
    wished = _wishing(campus)
    import_organisation(session, wished, now=NOW)
    span = (NOW, NOW + timedelta(days=7))

    problem = stored_problem(
        session, wished, rulebook.for_organisation(wished), span=span, now=NOW
    ).problem

    assert 3 == problem.most_running
    assert frozenset(wished.people[0].prefers) == problem.workers[0].prefers
