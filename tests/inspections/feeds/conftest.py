"""A school planned and assigned for four weeks, for calendars to show."""

import pytest

from inspections.importing import import_organisation
from inspections.planning import plan
from tests.inspections.feeds.a_feed import DAYS, NOW
from tests.inspections.poured import pour


@pytest.fixture
def school(session, campus, rulebook):
    """The record of the school, planned and assigned for four weeks."""

    def make(session):
        import_organisation(session, campus, now=NOW)
        plan(session, rulebook, organisation_id="campus", now=NOW, seconds=2, **DAYS)

    return pour(session, "campus assigned", make)
