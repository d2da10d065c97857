"""The checker names what is lost, doubled or changed; else a campaign would prove nothing."""

import shutil
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, update

from inspections.answers import AnswerGiven
from inspections.database import open_database
from inspections.device_clock import server_clock
from inspections.evidence import EvidenceStore, Owner, link_evidence
from inspections.models import AnswerRow, FindingRow, InspectionRow, SignatureRow
from inspections.published_packs import rulebook_for
from inspections.recording import finish_inspection, record_answers, start_inspection
from rules.loader import load_rulebook
from tests.campaign.held_against import differences
from tests.campaign.numbered_picture import number_of, picture
from tests.campaign.told import Told, ToldFinding
from tests.campaign.walked_record import ORGANISATION, WALKER, open_checks, walked_record

NUMBER = 40_321


@pytest.fixture(scope="module")
def walked(tmp_path_factory):
    """One finished check with a failure, a picture and a signature, as it was told."""
    folder = tmp_path_factory.mktemp("walked")
    url = f"sqlite:///{folder}/record.db"
    walked_record(url)
    sessions, now = open_database(url), datetime.now(UTC)
    occurrence = open_checks(sessions, WALKER)[0]
    with sessions.begin() as session:
        book = rulebook_for(session, ORGANISATION, load_rulebook())
        id_, clock = str(uuid4()), server_clock(now)
        start_inspection(
            session, book, inspection_id=id_, occurrence_id=occurrence, by="guard", clock=clock
        )
        given = {"door": "fail", "leak": "pass", "level": 4, "lamp": "lit"}
        answers = {item: AnswerGiven(value) for item, value in given.items()}
        record_answers(session, book, inspection_id=id_, answers=answers, clock=clock)
        store = EvidenceStore(folder / "evidence")
        kept = store.keep(session, picture(NUMBER), media_type="image/jpeg", now=now)
        link_evidence(session, kept, Owner(inspection_id=id_, item="door"), by="guard", now=now)
        drawn = store.keep(session, picture(1), media_type="image/jpeg", now=now)
        signature = {"name": "孙师傅", "sha256": drawn, "digest": "d", "by": "guard", "at": now}
        session.add(SignatureRow(inspection_id=id_, **signature))
        finish_inspection(session, book, inspection_id=id_, clock=clock)
    sessions.kw["bind"].dispose()
    return folder, occurrence


@pytest.fixture
def told(walked):
    _folder, occurrence = walked
    made = Told()
    check = made.check(occurrence)
    for name, value in (("door", "fail"), ("leak", "pass"), ("level", 4), ("lamp", "lit")):
        check.item(name).answer(value, fails=value == "fail")
    check.item("door").photos.append(NUMBER)
    check.finished = True
    return made


@pytest.fixture
def found(walked, told, tmp_path):
    """Return what tells the differences after a change of the record."""
    folder, _occurrence = walked
    shutil.copy(folder / "record.db", tmp_path / "record.db")
    sessions = open_database(f"sqlite:///{tmp_path}/record.db")

    def after(*changes):
        with sessions() as session:
            for change in changes:
                session.execute(change)
            return list(differences(session, told, by="guard", evidence=folder / "evidence"))

    yield after
    sessions.kw["bind"].dispose()


def test_a_number_survives_as_stripes_of_a_picture():
    assert NUMBER == number_of(picture(NUMBER))


def test_a_record_that_is_as_it_was_told_has_no_difference(found):
    assert [] == found()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (delete(AnswerRow).where(AnswerRow.item == "leak"), "told 'pass', in the record None"),
        (update(AnswerRow).where(AnswerRow.item == "lamp").values(value="dark"), "told 'lit'"),
        (update(FindingRow).values(item="leak"), "0 findings instead of 1"),
        (delete(SignatureRow), "0 signatures in the record"),
        (update(InspectionRow).values(finished_at=None), "told finished: True"),
        (update(InspectionRow).values(by="second"), "recorded by second instead of guard"),
        (update(InspectionRow).values(occurrence_id=2), "0 inspections instead of one"),
    ],
)
def test_what_is_lost_or_changed_is_named(found, change, said):
    assert any(said in one for one in found(change))


def test_a_picture_that_was_never_told_and_one_that_is_lost_are_named(found, told, walked):
    told.check(walked[1]).item("door").photos[:] = [NUMBER + 1]

    assert ["40321", "40322"] == sorted(one.split("“")[1][:5] for one in found())


def test_a_finding_that_did_not_arrive_is_named(found, told):
    told.findings.append(ToldFinding("地面破损"))

    assert ["finding “地面破损”: told 1, in the record 0"] == found()
