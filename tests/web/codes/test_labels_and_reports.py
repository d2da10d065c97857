"""Labels, the page behind one, and what strangers report: what each person sees and may do."""

import re
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import segno

from inspections.codes.short_code import code_from, shown
from inspections.database import open_database
from inspections.rounds.names import people_names
from tests.photos import a_photo
from tests.web.a_report import KITCHEN, send_report
from tests.web.conftest import MONDAY, application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER

LIFT, FRIDGE = "H4XA-28", "9359-H9"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('codes')}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture(scope="module")
def officer(app):
    return visitor_of(app, account=OFFICER)


@pytest.fixture
def stranger(app):
    return visitor_of(app)


def _file(content, name="photo.jpg"):
    return (BytesIO(content), name)


def test_stranger_sees_what_it_is_and_when_the_next_check_is_due_and_no_name(app, stranger):
    html = stranger.html(f"/a/{FRIDGE}")

    assert "熟食冰箱" in html
    assert "厨房" in html
    assert "下次检查" in html
    assert "上次检查" not in html
    assert "历史记录" not in html
    assert [] == [name for name in _people(app) if name in html]


def test_any_spelling_leads_to_the_one_address(stranger):
    for typed in (FRIDGE.lower(), FRIDGE.replace("-", ""), "9359%E2%80%93h9", "９３５９Ｈ９"):
        answer = stranger.raw.get(f"/a/{typed}")

        assert (302, f"/a/{FRIDGE}") == (answer.status_code, answer.location)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9359-H8", "有一个字符不对，或有两个字符颠倒"),
        ("9359", "少了 2 个字符"),
        ("9359-H9K", "多了 1 个字符"),
        ("9O59-H9", "第 2 个字符“O”不会出现在编码中"),
        (shown(code_from("elsewhere")), "编码拼写正确"),
    ],
)
def test_wrong_code_says_which_kind_of_mistake_it_is(stranger, typed, said):
    html = stranger.page(f"/a/{typed}", status=404)

    assert said in html
    assert f'href="/a/{FRIDGE}"' not in html


def test_people_of_the_organisation_are_offered_the_code_that_was_meant(officer):
    html = officer.page("/a/3959-H9", status=404)

    assert "有两个相邻字符颠倒了" in html
    assert f'href="/a/{FRIDGE}"' in html


def test_inspector_has_the_checklists_one_tap_away_the_due_one_first(app):
    html = visitor_of(app, account=INSPECTOR).page(f"/a/{KITCHEN}")
    runs = re.findall(r'href="/occurrences/(\d+)/run"', html)

    assert len(runs) == len(set(runs)) > 1
    assert html.index("11:00 前") < html.index("17:30 前")
    assert "报告问题" not in html


def test_report_is_confirmed_with_a_number_and_can_be_followed(app, stranger, officer):
    status, location, _html = send_report(
        stranger, "门把手松了", contact="王先生 137", photos=_file(a_photo()), code=FRIDGE
    )
    confirmed = stranger.page(location)
    number = re.search(r"R-2026-\d{5}", confirmed)[0]
    row = re.search(r'/reports/(\d+)">门把手松了', officer.page("/reports/"))[1]
    detail = officer.page(f"/reports/{row}")
    finding = {"step": "finding", "finding_title": "门把手松动", "severity": "moderate"}
    officer.post(f"/reports/{row}", finding, token_from=f"/reports/{row}")

    assert status == 302
    assert "王先生" not in confirmed
    assert number in detail
    assert "王先生 137" in detail
    photo = re.search(r'src="(/evidence/[0-9a-f]{64})"', detail)[1]
    with officer.raw.get(photo) as picture:
        assert picture.status_code == 200
    assert stranger.raw.get(photo).status_code == 302
    assert "正在整改" in stranger.page(location)
    assert "已转为问题" in officer.page(f"/reports/{row}")


def test_report_sent_again_by_an_impatient_finger_is_one(stranger, officer):
    client_id = str(uuid4())

    first = send_report(stranger, "重复提交", client_id=client_id)
    again = send_report(stranger, "重复提交", client_id=client_id)

    assert first[:2] == again[:2]
    assert officer.html("/reports/").count("重复提交") == 1


def test_report_edited_after_going_back_is_kept_as_another(stranger, officer):
    client_id = str(uuid4())
    send_report(stranger, "门关不上", client_id=client_id)

    status, _location, html = send_report(stranger, "门关不上，灯不亮", client_id=client_id)
    fresh = re.search(r'name="client_id" value="([^"]+)"', html)[1]
    kept = send_report(stranger, "门关不上，灯不亮", client_id=fresh)

    assert (409, 302) == (status, kept[0])
    assert "本次填写的内容尚未保存" in html
    assert "门关不上，灯不亮" in html
    assert "门关不上，灯不亮" in officer.html("/reports/")


def test_refused_report_keeps_what_was_typed(stranger):
    words = "灯不亮<b>"
    faulty = {
        "no photo": send_report(stranger, words, photos=_file(b"<svg onload=alert(1)>", "x.jpg")),
        "trap": send_report(stranger, words, website="https://spam.example"),
        "empty": send_report(stranger, "  ", contact="灯不亮<b>"),
        "too long": send_report(stranger, "灯不亮<b>" + "。" * 400),
    }

    assert {"no photo": 409, "trap": 422, "empty": 422, "too long": 422} == {
        name: status for name, (status, _location, _html) in faulty.items()
    }
    assert [] == [name for name, sent in faulty.items() if "灯不亮&lt;b&gt;" not in sent[2]]


def test_too_many_reports_are_refused_with_a_wait_and_nothing_is_lost(app, stranger, monkeypatch):
    monkeypatch.setitem(app.config, "REPORTS_OF_LABEL_LIMIT", "1/day")
    send_report(stranger, "第一份", code=LIFT)

    status, _location, html = send_report(stranger, "第二份", code=LIFT)

    assert status == 429
    assert "第二份" in html
    assert "此处提交的报告过多" in html


def test_trying_codes_one_after_the_other_is_slowed_down(app, stranger, monkeypatch):
    monkeypatch.setitem(app.config, "UNKNOWN_CODE_LIMIT", "2/hour")
    unknown = [shown(code_from(str(number))) for number in range(3)]

    answers = [stranger.raw.get(f"/a/{code}").status_code for code in unknown]

    assert answers[-1] == 429


def test_dismissing_asks_for_a_reason_and_can_be_taken_back(stranger, officer):
    _status, location, _html = send_report(stranger, "好像有味道")
    row = re.search(r'/reports/(\d+)">好像有味道', officer.html("/reports/"))[1]
    path = f"/reports/{row}"

    bare = officer.post(path, {"step": "dismiss", "reason": " "}, token_from=path)
    officer.post(path, {"step": "dismiss", "reason": "张三来看过"}, token_from=path)
    told = stranger.page(location)
    officer.post(path, {"step": "take-back"}, token_from=path)

    assert bare.status_code == 422
    assert "无需进一步处理" in told
    assert "张三" not in told
    assert 'value="dismiss"' in officer.page(path)


def test_results_are_shown_to_strangers_only_where_the_site_says_so(app, officer, stranger):
    before = stranger.html(f"/a/{KITCHEN}")
    officer.post("/labels/results/chunmiao", {"shown": "1"}, token_from="/labels")
    during = officer.page("/labels")
    officer.post("/labels/results/chunmiao", {"shown": "0"}, token_from="/labels")

    assert "上次检查" not in before
    assert "公开结果" in during
    assert "不公开结果" in officer.page("/labels")


def test_sheet_has_a_square_and_the_code_for_every_place_and_asset(officer):
    html = officer.page("/labels/sheet?site=chunmiao&kind=place&kind=asset&size=40x50&marks=1")

    assert len(re.findall(r'class="xj-label__code">[2-9A-Z]{4}-[2-9A-Z]{2}<', html)) == 30
    assert html.count("<svg viewBox") == 30
    assert html.count('class="xj-sheet ') == 2
    drawn = segno.make(f"http://localhost/a/{FRIDGE}", error="m", micro=False)
    assert drawn.svg_inline(scale=1, border=4, omitsize=True) in html
    assert "Cooked-food refrigerator" in html
    assert "熟食冰箱" in html


def test_who_may_not_print_decide_or_read_is_told_so(app):
    inspector = visitor_of(app, account=INSPECTOR)

    closed = ("/labels", "/labels/sheet?site=chunmiao", "/reports/")

    assert [403, 403, 403] == [inspector.raw.get(path).status_code for path in closed]


def test_tablet_gets_its_codes_with_the_open_checklists_and_a_digest(app, monkeypatch):
    # At noon the observation of lunch is open, which the plan gives to this inspector.
    monkeypatch.setitem(app.config, "CLOCK", lambda: MONDAY + timedelta(hours=2, minutes=40))
    inspector = visitor_of(app, account=INSPECTOR)
    answer = inspector.raw.get("/sync/codes")
    body = answer.get_json()
    again = inspector.raw.get("/sync/codes", headers={"If-None-Match": answer.headers["ETag"]})
    by_code = {code: (url, name, checks) for code, url, name, checks in body["codes"]}

    assert by_code["9359H9"][0] == f"/a/{FRIDGE}"
    assert "熟食冰箱" in by_code["9359H9"][1]
    ((url, _name, checks),) = [each for each in by_code.values() if each[2]]
    assert [url] == [address for address, _title in checks]
    assert re.fullmatch(r"/occurrences/\d+/run", url)
    assert 304 == again.status_code
    assert 401 == visitor_of(app).raw.get("/sync/codes").status_code


def _people(app):
    with closing(open_database(app.config["DATABASE_URL"])()) as session:
        return [name.zh for name in people_names(session, "kindergarten").values()]
