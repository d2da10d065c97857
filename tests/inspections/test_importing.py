from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from inspections.errors import NotFound
from inspections.importing import ImportSummary, import_organisation, load_from_record
from inspections.models import AuditRow, CertificateRow, PersonRow, PlaceRow, SiteRow
from rules.organisation.happened import Event
from rules.organisation.model import Organisation
from rules.text import Text

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))


def _count(session, row_type):
    return session.scalar(select(func.count()).select_from(row_type))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_organisation_comes_back_from_the_record_as_it_went_in(session, path):
    organisation = Organisation.model_validate(yaml.safe_load(path.read_text("utf-8")))

    import_organisation(session, organisation, now=NOW)
    session.expire_all()

    assert organisation == load_from_record(session, organisation.id)


def test_importing_again_changes_nothing_and_leaves_no_trace(session, campus):
    import_organisation(session, campus, now=NOW)
    people, notes = _count(session, PersonRow), _count(session, AuditRow)

    summary = import_organisation(session, campus, now=NOW)

    assert ImportSummary({}, {}, {}) == summary
    assert (people, notes) == (_count(session, PersonRow), _count(session, AuditRow))


def test_a_changed_fact_changes_one_row(session, campus):
    import_organisation(session, campus, now=NOW)
    site = campus.sites[0].model_copy(update={"facts": {"site.kind": "mall"}})
    changed = campus.model_copy(update={"sites": (site, *campus.sites[1:])})

    summary = import_organisation(session, changed, now=NOW)

    assert ImportSummary({}, {"site": 1}, {}) == summary
    assert changed == load_from_record(session, campus.id)


def test_what_is_no_longer_named_ends_and_stays_in_the_record(session, campus):
    import_organisation(session, campus, now=NOW)
    without = campus.model_copy(update={"people": campus.people[1:]})

    summary = import_organisation(session, without, now=NOW)

    gone = session.scalars(select(PersonRow).filter_by(key=campus.people[0].id)).one()
    assert summary.ended["person"] == 1
    assert date(2026, 3, 2) == gone.ended_on
    assert without == load_from_record(session, campus.id)


def test_what_is_named_again_is_the_same_row_as_before(session, campus):
    import_organisation(session, campus, now=NOW)
    before = session.scalars(select(PersonRow.id).filter_by(key=campus.people[0].id)).one()
    import_organisation(session, campus.model_copy(update={"people": ()}), now=NOW)

    import_organisation(session, campus, now=NOW)

    after = session.scalars(select(PersonRow.id).filter_by(key=campus.people[0].id)).one()
    assert before == after
    assert campus == load_from_record(session, campus.id)


def test_two_organisations_may_use_the_same_ids(session, campus):
    other = campus.model_copy(update={"id": "other"})

    import_organisation(session, campus, now=NOW)
    import_organisation(session, other, now=NOW)

    assert 2 * len(campus.sites) == _count(session, SiteRow)
    assert other == load_from_record(session, "other")


def test_the_same_place_id_in_two_sites_is_two_places(session, campus):
    twin = campus.sites[0].model_copy(update={"id": "twin"})
    both = campus.model_copy(update={"sites": (campus.sites[0], twin)})

    import_organisation(session, both, now=NOW)

    assert 2 * len(campus.sites[0].places) == _count(session, PlaceRow)


def test_a_renewed_certificate_is_a_new_row_and_the_old_one_ends(session, campus):
    import_organisation(session, campus, now=NOW)
    person = next(p for p in campus.people if p.qualifications)
    renewed = person.qualifications[0].model_copy(update={"since": date(2027, 1, 1), "until": None})
    people = tuple(
        p if p is not person else p.model_copy(update={"qualifications": (renewed,)})
        for p in campus.people
    )

    import_organisation(session, campus.model_copy(update={"people": people}), now=NOW)

    rows = session.scalars(select(CertificateRow).order_by(CertificateRow.since)).all()
    assert [date(2026, 3, 2), None] == [row.ended_on for row in rows]


def test_an_event_without_zone_is_on_the_clock_of_the_organisation(session, campus):
    naive = datetime(2026, 3, 5, 8, 0)  # noqa: DTZ001
    event = Event(id="snow", site=campus.sites[0].id, kind="weather-warning", at=naive)

    import_organisation(session, campus.model_copy(update={"events": (event,)}), now=NOW)

    assert (
        datetime(2026, 3, 5, 0, 0, tzinfo=UTC) == load_from_record(session, campus.id).events[0].at
    )


def test_an_unknown_organisation_is_refused_by_name(session):
    with pytest.raises(NotFound) as refusal:
        load_from_record(session, "nowhere")

    assert (
        Text(
            zh="没有找到单位“nowhere”。请从列表中重新选择。",
            en="There is no organisation nowhere. Please choose it again from the list.",
        )
        == refusal.value.text
    )
