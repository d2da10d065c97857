"""The record of the small school with its plan for March."""

from datetime import date

import pytest

from inspections.importing import import_organisation
from inspections.planning import plan
from tests.inspections.poured import pour
from tests.inspections.recording.a_school import (
    NOW,
)


@pytest.fixture
def school(session, campus, rulebook):
    """The record of the school with its plan for March."""

    def make(session):
        import_organisation(session, campus, now=NOW)
        span = {"since": date(2026, 3, 2), "until": date(2026, 3, 31)}
        plan(session, rulebook, organisation_id="campus", now=NOW, assign=False, **span)

    return pour(session, "campus in March", make)
