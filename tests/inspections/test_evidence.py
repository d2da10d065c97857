from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import func, select

from inspections.evidence import EvidenceStore, Owner, evidence_of, link_evidence
from inspections.findings.opening import FindingReport, open_finding
from inspections.importing import import_organisation
from inspections.models import EvidenceLinkRow, EvidenceRow
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
