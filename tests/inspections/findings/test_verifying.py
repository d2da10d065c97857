"""Who may verify: every person at every standing, and the photos that a rule asks for."""

import hashlib
from itertools import product

import pytest
from sqlalchemy import select

from inspections.errors import ProofMissing, Refused
from inspections.evidence import EvidenceStore, Owner, evidence_of
from inspections.findings.rectification import (
    confirm,
    reject,
    start_rectification,
    submit_rectification,
)
from inspections.models import AssetRow, FindingEventRow, FindingRow
from tests.inspections.findings.conftest import LATER

PEOPLE = ("cook", "guard", "fitter", "head")


def _outcome(step, session, finding, by):
    given = {"finding_id": finding, "by": by, "now": LATER}
    try:
        step(session, note="x", **given)
    except Refused as refusal:
        return refusal.code
    return "ok"


@pytest.mark.parametrize("step", [confirm, reject])
@pytest.mark.parametrize("separate", [True, False])
def test_neither_rectifier_nor_maintainer_judges_a_rectification(school, found, step, separate):
    """The guard began, the cook submitted, the fitter maintains the alarm, the head did nothing."""
    outcomes = {}
    for person, about in product(PEOPLE, ("alarm", "fridge")):
        finding = found(asset=about, place=None)
        school.get_one(FindingRow, finding).separate_verifier = separate
        start_rectification(school, finding_id=finding, by="guard", now=LATER)
        submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="x")
        outcomes[person, about] = _outcome(step, school, finding, person)

    rectifier = "same-person" if separate else "ok"
    expected = {
        ("cook", "alarm"): rectifier,
        ("guard", "alarm"): rectifier,
        ("fitter", "alarm"): "maintainer-confirms",
        ("head", "alarm"): "ok",
        ("cook", "fridge"): rectifier,
        ("guard", "fridge"): rectifier,
        ("fitter", "fridge"): "ok",
        ("head", "fridge"): "ok",
    }
    assert expected == outcomes


def test_who_took_over_the_upkeep_since_does_not_confirm_either(school, found):
    finding = found(asset="alarm", place=None)
    submit_rectification(school, finding_id=finding, by="cook", now=LATER, note="x")
    school.scalars(select(AssetRow).filter_by(key="alarm")).one().maintainer = "head"
    school.flush()

    outcomes = [_outcome(confirm, school, finding, one) for one in ("head", "fitter", "officer")]

    assert ["maintainer-confirms", "maintainer-confirms", "ok"] == outcomes


@pytest.fixture
def photo(school, tmp_path):
    store = EvidenceStore(tmp_path)
    return store.keep(school, b"photo", media_type="image/jpeg", now=LATER)


def test_a_rule_that_asks_for_evidence_gets_a_photo_at_both_steps(school, found, photo):
    finding = found()
    row = school.get_one(FindingRow, finding)
    row.proof = [{"zh": "整改照片", "en": "photo"}]
    school.flush()
    given = {"finding_id": finding, "now": LATER}

    with pytest.raises(ProofMissing, match="photo"):
        submit_rectification(school, by="cook", note="x", **given)
    assert "open" == row.state
    submit_rectification(school, by="cook", note="x", photos=[photo, photo], **given)
    with pytest.raises(ProofMissing):
        confirm(school, by="head", **given)
    assert "closed" == confirm(school, by="head", photos=[photo], **given)

    query = select(FindingEventRow.data).where(FindingEventRow.kind == "submitted")
    assert {"photos": [photo]} == school.scalars(query).one()
    assert (hashlib.sha256(b"photo").hexdigest(),) == evidence_of(school, Owner(finding_id=finding))
