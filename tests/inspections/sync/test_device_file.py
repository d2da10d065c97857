"""The file of a tablet that found no network."""

import json
from base64 import b64encode
from hashlib import sha256

import pytest
from sqlalchemy import select

from inspections.evidence import EvidenceStore
from inspections.models import AuditRow, SyncItemRow
from inspections.sync.device_file import read_device_file
from inspections.sync.file_import import import_device_file
from rules.faults import InputInvalid
from tests.inspections.recording.a_school import nth_occurrence
from tests.inspections.sync.a_tablet import LATER, the_record
from tests.inspections.sync.conftest import tablet_at


@pytest.fixture
def one(open_school, rulebook, tmp_path):
    """A tablet with a round and a photo on it."""
    with open_school() as session:
        made = tablet_at(session, rulebook, tmp_path)
        yard = nth_occurrence(session, "yard-daily")
        made.answer("round", yard, "surface", "fail", photos=1)
        made.photo("crack", inspection="round", item="surface")
        made.answer("round", yard, "gate", "locked")
        made.finish("round")
    return made


def written(tablet, **changes):
    """The file as the device writes it."""
    document = {
        "format": "xunjian-tablet/1",
        "device": tablet.device,
        "account": tablet.account.name,
        "made_at": LATER.isoformat(),
        "offset_seconds": 0,
        "items": [{k: v for k, v in one.items() if k != "subject"} for one in tablet.items],
        "photos": [
            {
                "id": photo,
                "account": tablet.account.name,
                "sha256": sha256(content).hexdigest(),
                "type": "image/png",
                "bytes": b64encode(content).decode(),
            }
            for photo, content in tablet.pictures.items()
        ],
    }
    return json.dumps({**document, **changes}).encode()


def imported(sessions, rulebook, content, folder):
    return import_device_file(
        sessions,
        rulebook,
        read_device_file(content, name="xunjian.json"),
        organisation="campus",
        name="xunjian.json",
        store=EvidenceStore(folder),
        by="head",
        now=LATER,
    )


def test_a_file_ends_in_the_record_that_the_network_would_have_made(
    open_school, rulebook, one, tmp_path
):
    with open_school() as session:
        one.session = session
        one.send_all()
        expected = the_record(session)
        session.rollback()
    content = written(one)

    first = imported(open_school, rulebook, content, tmp_path / "store")
    again = imported(open_school, rulebook, content, tmp_path / "store")

    assert ({"stored": 4}, 1) == (first.statuses, first.photos)
    assert {"replayed": 4} == again.statuses
    with open_school() as session:
        assert expected == the_record(session)
        assert {"head"} == set(session.scalars(select(SyncItemRow.imported_by)))
        told = session.scalars(select(AuditRow).filter_by(action="sync.file-imported"))
        assert 2 == len(told.all())


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"format": "other/1"}', b"\xff\xfe\x00", b"[" * 5000]
)
def test_a_foreign_file_is_refused_as_a_whole(content):
    with pytest.raises(InputInvalid) as refusal:
        read_device_file(content, name="holiday.jpg")

    assert ["holiday.jpg"] == [fault.file for fault in refusal.value.faults]


def test_everything_damaged_is_told_at_once_and_the_rest_can_be_read(one):
    document = json.loads(written(one))
    document["items"][1]["body"] += " "
    document["items"][2] = {"id": "x"}
    document["photos"][0]["bytes"] = document["photos"][0]["bytes"][:-8] + "AAAAAAA="

    found = read_device_file(json.dumps(document).encode(), name="x.json")

    assert ["items[2]", "items[3]", "photos[1]"] == [fault.field for fault in found.faults]
    assert (2, 0) == (sum(map(len, found.items.values())), len(found.pictures))


def test_a_file_of_another_organisation_brings_nothing_in(open_school, rulebook, one, tmp_path):
    items = [{**json.loads(written(one))["items"][0], "account": "stranger"}]
    content = written(one, items=items)

    with pytest.raises(InputInvalid) as refusal:
        imported(open_school, rulebook, content, tmp_path)

    assert ["account"] == [fault.field for fault in refusal.value.faults]
    with open_school() as session:
        assert [] == list(session.scalars(select(SyncItemRow)))
