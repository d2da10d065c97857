import pytest
from sqlalchemy import select, update

from inspections.errors import NotFound
from inspections.messages.listing import (
    NotAgain,
    Seen,
    outbox_counts,
    outbox_page,
    send_again,
    unreached,
)
from inspections.models import MessageRow, PersonRow
from tests.inspections.messages.conftest import NOW, choose, draft, put_drafts

ALL = Seen("campus")


@pytest.fixture
def failed(school):
    """A message that failed; returns its number."""
    put_drafts(school, draft())
    with school.begin() as session:
        session.execute(update(MessageRow).values(state="dead"))
        return session.scalars(select(MessageRow.id)).one()


def test_what_failed_is_listed_and_counted(school, failed):
    with school() as session:
        found = outbox_page(session, ALL)

        assert [(failed, "王校长")] == [(one.id, one.to.zh) for one in found.lines]
        assert {"trouble": 1, "waiting": 0, "sent": 0, "withdrawn": 0} == outbox_counts(
            session, ALL
        )


@pytest.mark.parametrize("seen", [Seen("campus", ("elsewhere",)), Seen("another")])
def test_who_sees_other_sites_or_another_organisation_sees_no_message(school, failed, seen):
    with school.begin() as session:
        assert () == outbox_page(session, seen).lines
        assert 0 == outbox_counts(session, seen)["trouble"]
        assert () == unreached(session, seen)
        with pytest.raises(NotFound):
            send_again(session, failed, seen=seen, by="officer", now=NOW)


def test_who_sees_the_site_may_send_again_once(school, failed):
    seen = Seen("campus", ("main",))
    with school.begin() as session:
        send_again(session, failed, seen=seen, by="officer", now=NOW)

        with pytest.raises(NotAgain):
            send_again(session, failed, seen=seen, by="officer", now=NOW)


def test_who_gets_no_mail_is_named_with_the_reason(school):
    choose(school, "officer", mode="off")
    with school.begin() as session:
        session.execute(update(PersonRow).filter_by(key="cook").values(email=None))

        assert [("officer", "off"), ("cook", "no-mailbox")] == [
            (key, why) for key, _name, why in unreached(session, ALL)
        ]
