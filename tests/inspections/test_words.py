"""Texts in both languages, as columns."""

from datetime import UTC, datetime

from sqlalchemy import select

from inspections.importing import import_organisation
from inspections.models import PersonRow


def test_a_text_that_is_not_there_can_be_asked_for_as_null_on_every_database(session, campus):
    import_organisation(session, campus, now=datetime(2026, 3, 1, tzinfo=UTC))
    session.commit()

    own_staff = session.scalars(select(PersonRow.key).where(PersonRow.employer.is_(None))).all()

    assert sorted(person.id for person in campus.people) == sorted(own_staff)
