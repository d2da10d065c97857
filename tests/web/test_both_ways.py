"""The plain form and the tablet record the same thing."""

import json
import shutil
from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select

from inspections.database import open_database
from inspections.models import (
    AnswerRow,
    EvidenceLinkRow,
    FindingRow,
    InspectionRow,
    OccurrenceRow,
)
from tests.web.a_round import form_of, submit
from tests.web.conftest import MONDAY, application, occurrence_of, planned_record, visitor_of
from tests.web.pages import INSPECTOR

WRONG = {"container": "没有盖", "label": "没有写时间"}
READING = 7.4


@pytest.fixture(scope="module")
def two_apps(tmp_path_factory):
    """The same planned record twice."""
    folder = tmp_path_factory.mktemp("both")
    planned_record(f"sqlite:///{folder / 'plain.db'}")
    shutil.copy(folder / "plain.db", folder / "tablet.db")
    return [application(f"sqlite:///{folder / name}.db") for name in ("plain", "tablet")]


def photo():
    held = BytesIO()
    Image.new("RGB", (64, 48), (120, 60, 60)).save(held, "JPEG")
    return held.getvalue()


def by_the_form(app):
    visitor = visitor_of(app, account=INSPECTOR)
    path = f"/occurrences/{occurrence_of(app, 'moe45-samples')}/run"
    data = form_of(visitor.html(path)) | {"a-temperature": str(READING), "a-weight": "130"}
    for item, words in WRONG.items():
        data |= {f"a-{item}": "fail", f"n-{item}": words}
    data |= {"s-label": "severe", "d-container": "1", "action": "review"}
    data |= {name: (BytesIO(photo()), "a.jpg") for name in ("p-label", "a-photo")}
    review = visitor.post(path, data, token_from=path).location
    submit(visitor, review)


def by_the_tablet(app):
    visitor = visitor_of(app, account=INSPECTOR)
    occurrence = occurrence_of(app, "moe45-samples")
    form = form_of(visitor.html(f"/occurrences/{occurrence}/run"))
    inspection, picture = str(uuid4()), sha256(photo()).hexdigest()
    about = {"inspection": inspection, "occurrence": occurrence, "begun_at": MONDAY.isoformat()}
    given = {name[2:]: value for name, value in form.items() if name.startswith("a-")}
    given |= {"temperature": READING, "weight": 130, "photo": [picture]} | dict.fromkeys(
        WRONG, "fail"
    )
    told = {"label": {"severity": "severe"}, "container": {"danger": True}}
    items = [
        ("answer", {**about, "item": item, "value": value, "note": WRONG.get(item, "")})
        for item, value in given.items()
    ]
    items = [(kind, {**body, **told.get(body["item"], {})}) for kind, body in items]
    photos = {str(uuid4()): item for item in ("label", "photo")}
    items += [
        ("photo", {"inspection": inspection, "item": item, "photo": id_, "sha256": picture})
        for id_, item in photos.items()
    ]
    end = {**about, "note": "", "digest": "", "answers": len(given), "photos": len(photos)}
    send(visitor, photos, [*items, ("finish", end)])


def send(visitor, photos, items):
    token = visitor.raw.get("/sync/token").json
    headers = {"X-CSRFToken": token["token"]}
    for id_ in photos:
        more = {"X-Content-SHA256": sha256(photo()).hexdigest(), "Content-Type": "image/jpeg"}
        assert visitor.raw.put(f"/sync/photos/{id_}", data=photo(), headers=headers | more).json
    sent = [
        {
            "id": str(uuid4()),
            "kind": kind,
            "seq": number,
            "account": token["account"],
            "device_at": MONDAY.isoformat(),
            "body": (body := json.dumps(payload)),
            "sha256": sha256(body.encode()).hexdigest(),
        }
        for number, (kind, payload) in enumerate(items, 1)
    ]
    batch = {"device": str(uuid4()), "sent_at": MONDAY.isoformat(), "offset_seconds": 0}
    answer = visitor.raw.post("/sync/items", json={**batch, "items": sent}, headers=headers)
    assert {"stored"} == {one["status"] for one in answer.json["answers"]}, answer.json


def what_is_on_record(app):
    with open_database(app.config["DATABASE_URL"])() as session:
        answers = {
            row.item: (row.attempt, row.value, row.verdict, row.note, row.told)
            for row in session.scalars(select(AnswerRow))
        }
        columns = ("title", "detail", "why", "severity", "owner", "due_at", "arithmetic", "state")
        findings = {
            row.item: [getattr(row, name) for name in columns]
            for row in session.scalars(select(FindingRow))
        }
        (inspection,) = session.scalars(select(InspectionRow))
        state = session.get_one(OccurrenceRow, inspection.occurrence_id).state
        photos = {
            (row.item, row.sha256) for row in session.scalars(select(EvidenceLinkRow)) if row.item
        }
        return answers, findings, inspection.checklist, inspection.by, state, photos


def test_the_form_and_the_tablet_record_the_same(two_apps):
    plain, tablet = two_apps

    by_the_form(plain)
    by_the_tablet(tablet)

    one, other = what_is_on_record(plain), what_is_on_record(tablet)
    assert set(WRONG) == set(one[1])
    assert one == other
