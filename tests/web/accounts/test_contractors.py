"""An outside contractor has their own findings, and nothing else of the organisation."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from inspections.accounts import NewAccount, ensure_account
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.models import FindingEventRow, FindingRow, PersonRow, SiteRow
from rules.text import Text
from tests.photos import a_photo
from tests.web.accounts.conftest import MONDAY, PASSWORD


@pytest.fixture
def findings(sessions):
    """Ids of a finding that names the contractor as owner and of one that names somebody else."""
    with sessions.begin() as session:
        mine = {"organisation_id": "kindergarten"}
        firm, other = (
            session.query(PersonRow.key).filter_by(**mine).order_by(PersonRow.position.desc())[:2]
        )
        site = session.query(SiteRow).filter_by(**mine).first()
        account = NewAccount("kindergarten", "firm", PASSWORD, "contractor", firm.key)
        ensure_account(session, account, now=MONDAY)
        rows = [_finding(site.id, owner.key, number) for number, owner in enumerate((firm, other))]
        session.add_all(rows)
        session.flush()
        session.add_all(_opened(row) for row in rows)
        return [row.id for row in rows]


def _finding(site, owner, number):
    return FindingRow(
        organisation_id="kindergarten",
        number=f"F-{number}",
        site_id=site,
        title=Text(zh=f"问题{number}", en=f"Finding {number}"),
        severity="moderate",
        owner=owner,
        state="open",
        found_at=MONDAY,
        due_at=MONDAY + timedelta(days=3),
        arithmetic={"text": {"zh": "3 天", "en": "3 days"}, "days": []},
        without=[],
    )


def _opened(row):
    data = {"due_at": row.due_at.isoformat()}
    return FindingEventRow(finding_id=row.id, kind="opened", at=MONDAY, by="x", data=data)


def _state(sessions, finding):
    with sessions() as session:
        return session.get(FindingRow, finding).state


def test_contractor_starts_at_their_findings_and_sees_no_others(visitor, findings):
    own, others = findings
    firm = visitor("firm")

    home = firm.raw.get("/").location
    listed = firm.page("/findings")
    every = firm.page("/findings?show=open")

    assert home == "/findings"
    assert [True, False] == [f"/findings/{each}" in listed for each in (own, others)]
    assert [True, False] == [f"/findings/{each}" in every for each in (own, others)]
    assert firm.raw.get(f"/findings/{others}").status_code == 404
    assert "问题0" in firm.page(f"/findings/{own}")


def test_contractor_puts_right_and_leaves_the_rest_to_the_organisation(visitor, findings, sessions):
    own, others = findings
    firm = visitor("firm")
    page = f"/findings/{own}"

    begun = firm.post(page, {"action": "start"}, token_from=page)
    foreign = firm.post(f"/findings/{others}", {"action": "start"}, token_from=page)
    tried = [
        firm.post(page, {"action": step, "note": "x", "escalate_note": "x"}, token_from=page)
        for step in ("confirm", "escalate", "assign", "know", "reopen")
    ]

    assert (302, 404) == (begun.status_code, foreign.status_code)
    assert {422} == {answer.status_code for answer in tried}
    assert ("in_progress", "open") == (_state(sessions, own), _state(sessions, others))


def test_contractor_sees_the_photos_of_their_own_findings_only(app, visitor, findings, sessions):
    store = EvidenceStore(Path(app.config["EVIDENCE_FOLDER"]))
    with sessions.begin() as session:
        digests = [
            _linked(session, store, finding, seed)
            for finding, seed in zip(findings, (1, 2), strict=True)
        ]
    firm, officer = visitor("firm"), visitor("officer")

    seen = {
        name: [_status(each, digest) for digest in digests]
        for name, each in (("firm", firm), ("officer", officer))
    }

    assert {"firm": [200, 404], "officer": [200, 200]} == seen


def _status(client, digest):
    with client.raw.get(f"/evidence/{digest}", buffered=True) as answer:
        return answer.status_code


def _linked(session, store, finding, seed):
    digest = store.keep(session, a_photo(seed=seed), media_type="image/jpeg", now=MONDAY)
    link_evidence(session, digest, Owner(finding_id=finding), by="x", now=MONDAY)
    return digest


def test_navigation_of_a_contractor_leads_nowhere_that_is_closed(visitor, findings):
    firm = visitor("firm")
    html = firm.html("/findings")

    rail = html.split("<nav", 1)[1].split("</nav>", 1)[0]
    links = re.findall(r'<a class="xj-nav" href="([^"]+)"', rail)

    assert "/findings" in links
    assert {200, 302} >= {firm.raw.get(link).status_code for link in links}
