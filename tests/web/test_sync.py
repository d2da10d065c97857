"""The addresses that the program on a tablet calls."""

import io
import json
from hashlib import sha256
from uuid import uuid4

import pytest
from PIL import Image

from inspections.database import open_database
from inspections.models import OccurrenceRow
from inspections.rules_in_force import checklist_for, rule_behind
from tests.web.a_tablet import AT, DEVICE, a_finding, item_of, post_items, token_of
from tests.web.conftest import application, open_now, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER
from web import rulebook


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('sync')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def inspector(app):
    return visitor_of(app, account=INSPECTOR)


def test_token_tells_whose_session_it_is_and_what_time_it_is(inspector):
    said = inspector.raw.get("/sync/token").get_json()

    assert (INSPECTOR, "kindergarten") == (said["account"], said["organisation"])
    assert "2026-11-23T00:47:00+00:00" == said["server_at"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/sync/token"),
        ("post", "/sync/items"),
        ("put", "/sync/photos/5d0c0a34-0f0e-4b8e-9a8e-2f1f6f1f0d11"),
    ],
)
def test_whoever_is_signed_out_is_told_so_and_led_nowhere(app, method, path):
    answer = getattr(app.test_client(), method)(path)

    assert 401 == answer.status_code
    assert "signed-out" == answer.get_json()["code"]


def test_an_expired_token_is_named_so_that_the_device_fetches_another(inspector):
    item = item_of(INSPECTOR, "finding", a_finding("地面湿滑"), seq=1)

    answer = post_items(inspector, [item], token="stale")
    again = post_items(inspector, [item], token=token_of(inspector))

    assert (400, "csrf") == (answer.status_code, answer.get_json()["code"])
    assert ["stored"] == [one["status"] for one in again.get_json()["answers"]]


def test_each_item_is_acknowledged_by_its_hash_and_a_replay_changes_nothing(inspector):
    item = item_of(INSPECTOR, "finding", a_finding("窗锁损坏"), seq=1)
    token = token_of(inspector)

    first = post_items(inspector, [item], token=token).get_json()["answers"][0]
    again = post_items(inspector, [item], token=token).get_json()["answers"][0]

    assert (item["id"], item["sha256"], "stored") == (first["id"], first["sha256"], first["status"])
    assert ("replayed", item["sha256"]) == (again["status"], again["sha256"])


def test_what_another_account_recorded_is_not_taken_and_not_echoed(inspector):
    item = item_of(OFFICER, "finding", a_finding("别人记录的"), seq=1)

    answer = post_items(inspector, [item], token=token_of(inspector)).get_json()["answers"][0]

    assert ("refused", "", "other-account") == (
        answer["status"],
        answer["sha256"],
        answer["problem"]["code"],
    )
    assert "别人记录的" not in inspector.html("/findings?show=open")


def test_what_was_damaged_on_the_way_is_not_kept(inspector):
    item = {**item_of(INSPECTOR, "finding", a_finding("完整"), seq=1), "body": "{}"}

    answer = post_items(inspector, [item], token=token_of(inspector)).get_json()["answers"][0]

    assert ("refused", "damaged") == (answer["status"], answer["problem"]["code"])
    assert item["sha256"] != answer["sha256"]


@pytest.mark.parametrize(
    "body",
    [
        "not json",
        '{"finding": "x"}',
        '{"what": "\\u0000"}',
        '{"what": "\\ud800"}',
        "[" * 2000,
        '{"value": NaN}',
    ],
)
def test_what_cannot_be_read_is_kept_for_an_officer(inspector, body):
    item = item_of(INSPECTOR, "finding", {}, seq=1)
    item |= {"body": body, "sha256": sha256(body.encode()).hexdigest()}

    answer = post_items(inspector, [item], token=token_of(inspector)).get_json()["answers"][0]

    assert ("refused", "unreadable", item["sha256"]) == (
        answer["status"],
        answer["problem"]["code"],
        answer["sha256"],
    )


def test_more_than_fifty_items_are_too_many_for_a_request(inspector):
    items = [item_of(INSPECTOR, "finding", a_finding("x"), seq=n) for n in range(51)]

    answer = post_items(inspector, items, token=token_of(inspector))

    assert (400, "unreadable-batch") == (answer.status_code, answer.get_json()["code"])


def _photo():
    buffer = io.BytesIO()
    Image.new("RGB", (32, 24), (200, 30, 30)).save(buffer, "JPEG")
    return buffer.getvalue()


def _put(visitor, photo, content, *, told=None):
    headers = {
        "X-CSRFToken": token_of(visitor),
        "X-Content-SHA256": told or sha256(content).hexdigest(),
        "X-Device": DEVICE,
    }
    return visitor.raw.put(f"/sync/photos/{photo}", data=content, headers=headers)


def test_a_finding_says_how_many_of_its_photos_have_arrived(inspector):
    finding, token = str(uuid4()), token_of(inspector)
    photos = {str(uuid4()): _photo() + bytes([n]) for n in range(3)}
    body = {**a_finding("墙面渗水", finding), "photos_expected": 3}
    items = [item_of(INSPECTOR, "finding", body, seq=1)]
    for number, (photo, content) in enumerate(photos.items()):
        about = {"photo": photo, "sha256": sha256(content).hexdigest(), "finding": finding}
        items.append(item_of(INSPECTOR, "photo", about, seq=2 + number))

    said = post_items(inspector, items, token=token).get_json()["answers"]
    arrived = [_put(inspector, *pair).get_json()["status"] for pair in list(photos.items())[:2]]

    assert ["stored", "waiting", "waiting", "waiting"] == [one["status"] for one in said]
    assert ["stored", "stored"] == arrived
    link = inspector.html("/findings?show=open").split("墙面渗水")[0].rsplit("/findings/", 1)[1]
    assert "照片 3 张，已收到 2 张" in inspector.html(f"/findings/{link.split(chr(34))[0]}")


def test_a_photo_that_is_none_or_was_damaged_is_not_echoed(inspector):
    text = _put(inspector, uuid4(), b"<script>alert(1)</script>").get_json()
    cut = _put(inspector, uuid4(), _photo()[:-9], told=sha256(_photo()).hexdigest()).get_json()

    assert ("refused", "", "not-a-photo") == (
        text["status"],
        text["sha256"],
        text["problem"]["code"],
    )
    assert ("refused", "", "damaged") == (cut["status"], cut["sha256"], cut["problem"]["code"])


def test_a_photo_of_fifty_megabytes_is_refused_as_json(inspector):
    answer = _put(inspector, uuid4(), b"\xff\xd8\xff" + bytes(70 * 2**20), told="0" * 64)

    assert (413, "too-large") == (answer.status_code, answer.get_json()["code"])


def test_the_officer_sees_what_a_tablet_holds_and_keeps_both_versions(app, inspector):
    first = item_of(INSPECTOR, "finding", a_finding("护栏松动"), seq=1)
    second = item_of(
        INSPECTOR,
        "finding",
        {**json.loads(first["body"]), "what": "护栏松动，已用绳固定"},
        seq=1,
        id=first["id"],
    )
    token = token_of(inspector)
    post_items(inspector, [first], token=token)
    answer = post_items(inspector, [second], token=token, waiting=7, oldest_at=AT).get_json()
    officer = visitor_of(app, account=OFFICER)

    number = officer.html("/tablets/items").split("/tablets/items/")[1].split('"')[0]
    decided = officer.post(f"/tablets/items/{number}", {"action": "both"})
    officer.html(f"/tablets/items/{number}")
    again = officer.post(f"/tablets/items/{number}", {"action": "first"})
    page = officer.html(f"/tablets/items/{number}")

    assert "conflict" == answer["answers"][0]["status"]
    assert (302, 302) == (decided.status_code, again.status_code)
    assert "</svg>6</span>" in officer.html("/tablets/")
    assert "护栏松动" in page
    assert "护栏松动，已用绳固定" in page
    assert "该条已处理" in page
    assert "两个版本都保留" in page


def test_two_pictures_under_one_id_are_shown_to_choose_from(app, inspector):
    photo = uuid4()
    _put(inspector, photo, _photo())
    _put(inspector, photo, _photo() + b"another")
    officer = visitor_of(app, account=OFFICER)
    listed = officer.html("/tablets/items?show=conflict")
    number = listed.split("/tablets/items/")[1].split('"')[0]

    shown = officer.raw.get(f"/tablets/items/{number}/picture", buffered=True)

    assert f"/tablets/items/{number}/picture" in officer.html(f"/tablets/items/{number}")
    assert (_photo() + b"another", "image/jpeg") == (shown.data, shown.mimetype)
    assert 403 == inspector.raw.get(f"/tablets/items/{number}/picture").status_code


def test_two_people_on_one_checklist_are_shown_as_two_records(app, inspector):
    occurrence, mine = open_now(app)[0], str(uuid4())
    first = _first_item(app, occurrence)
    officer = visitor_of(app, account=OFFICER)
    for visitor, account, id_ in (
        (inspector, INSPECTOR, mine),
        (officer, OFFICER, str(uuid4())),
    ):
        about = {"inspection": id_, "occurrence": occurrence, "begun_at": AT}
        item = item_of(account, "answer", {**about, "item": first, "value": "pass"}, seq=1)
        post_items(visitor, [item], token=token_of(visitor))

    record = inspector.html(f"/inspections/{mine}")

    assert "有 2 人记录了此任务" in inspector.html(f"/occurrences/{occurrence}")
    assert "另有 1 人也记录了此任务" in record
    assert "校正 240 秒" in record


def _first_item(app, occurrence):
    book = rulebook.load_rulebook()
    with open_database(app.config["DATABASE_URL"])() as session:
        row = session.get_one(OccurrenceRow, occurrence)
        return checklist_for(book, rule_behind(session, book, row)).items[0].id
