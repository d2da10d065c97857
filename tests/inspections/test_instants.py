from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from inspections.models import AuditRow


def _entry(at):
    return AuditRow(at=at, by="x", action="a", subject="s")


def test_an_instant_comes_back_in_utc_whatever_its_zone_was(session):
    at = datetime(2026, 3, 1, 8, 0, 0, 500, tzinfo=timezone(timedelta(hours=8)))
    session.add(_entry(at))
    session.commit()

    found = session.scalars(select(AuditRow.at)).one()

    assert datetime(2026, 3, 1, 0, 0, 0, 500, tzinfo=UTC) == found
    assert UTC == found.tzinfo


def test_a_time_without_zone_is_refused(session):
    session.add(_entry(datetime(2026, 3, 1, 8, 0)))  # noqa: DTZ001

    with pytest.raises(StatementError, match="without a zone"):
        session.commit()


def test_instants_sort_in_the_order_of_time_with_and_without_fractions(session):
    whole = datetime(2026, 3, 1, tzinfo=UTC)
    moments = [whole, whole + timedelta(microseconds=1), whole + timedelta(seconds=1)]
    for at in reversed(moments):
        session.add(_entry(at))
    session.commit()

    found = session.scalars(select(AuditRow.at).order_by(AuditRow.at)).all()

    assert moments == list(found)
