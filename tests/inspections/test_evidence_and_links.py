from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from inspections.errors import NotFound
from inspections.evidence import EvidenceStore, Owner, evidence_of, link_evidence
from inspections.findings.opening import FindingReport, open_finding
from inspections.importing import import_organisation
from inspections.models import EvidenceLinkRow, EvidenceRow, FeedSubscriptionRow
from inspections.subscriptions import by_token, revoke, subscribe, subscriptions
from rules.text import Text

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_the_same_photo_is_stored_once_and_linked_to_each_record(
    session, campus, rulebook, tmp_path
):
    import_organisation(session, campus, now=NOW)
    title = Text(zh="问题", en="finding")
    reports = [FindingReport("campus", "main", title, "minor", "head") for _ in range(2)]
    findings = [open_finding(session, rulebook, report, now=NOW) for report in reports]
    store = EvidenceStore(tmp_path / "evidence")

    for finding in [*findings, findings[0]]:
        digest = store.keep(session, b"photo", media_type="image/jpeg", now=NOW)
        link_evidence(session, digest, Owner(finding_id=finding), by="head", now=NOW)

    assert sha256(b"photo").hexdigest() == digest
    assert b"photo" == store.path(digest).read_bytes()
    assert 1 == len([path for path in store.folder.rglob("*") if path.is_file()])
    assert 1 == session.scalar(select(func.count()).select_from(EvidenceRow))
    assert 2 == session.scalar(select(func.count()).select_from(EvidenceLinkRow))
    assert (digest,) == evidence_of(session, Owner(finding_id=findings[1]))


def test_a_link_is_found_by_its_secret_which_is_not_stored(session, campus):
    import_organisation(session, campus, now=NOW)
    given = {"organisation_id": "campus", "label": "phone", "by": "head", "now": NOW}

    number, token = subscribe(session, person="head", **given)

    found = by_token(session, token, now=NOW + timedelta(hours=1))
    assert (number, "head", None) == (found.id, found.person, found.revoked_at)
    row = session.get_one(FeedSubscriptionRow, number)
    assert token not in {row.token_sha256, row.label}
    assert NOW + timedelta(hours=1) == row.fetched_at
    assert by_token(session, "guess", now=NOW) is None


def test_a_revoked_link_stays_as_a_tombstone(session, campus):
    import_organisation(session, campus, now=NOW)
    given = {"organisation_id": "campus", "label": "office", "by": "head", "now": NOW}
    number, token = subscribe(session, site="main", **given)

    revoke(session, number, now=NOW)
    revoke(session, number, now=NOW + timedelta(days=1))

    assert NOW == by_token(session, token, now=NOW).revoked_at
    assert [number] == [link.id for link in subscriptions(session, "campus")]


def test_a_link_is_of_a_person_or_of_a_site_that_exists(session, campus):
    import_organisation(session, campus, now=NOW)
    given = {"organisation_id": "campus", "label": "x", "by": "head", "now": NOW}

    with pytest.raises(NotFound):
        subscribe(session, person="nobody", **given)
    with pytest.raises(ValueError, match="person or a site"):
        subscribe(session, **given)
