"""The year of drills through its pages: proposed, looked through, published, taken back, moved."""

import re

from inspections.demo_accounts import PASSWORD
from tests.web.client import CarefulClient

YEAR = "/drills/?year=2027"
DRILL = re.compile(r'id="drill-(\d+)"')
ANNOUNCED = re.compile(r'id="drill-(\d+)"[^>]*aria-label="[^"]*应急演练 ·')


def _say(visitor: CarefulClient, path: str, data: dict[str, str]) -> str:
    """Post a form and return the page that it leads to, once what it began is done."""
    answer = visitor.post(path, data, token_from="/account/")
    while answer.status_code == 302 or "Refresh" in answer.headers:
        answer = visitor.raw.get(answer.location or answer.request.path)
    return answer.get_data(as_text=True)


def test_a_year_is_proposed_looked_through_published_and_taken_back(mall):
    app = mall("bare")
    officer, viewer = CarefulClient(app), CarefulClient(app)
    officer.sign_in("mall-safety-officer", PASSWORD)
    viewer.sign_in("mall-viewer", PASSWORD)
    choices = {"year": "2027", "chosen": "1", "together": "mall-emergency-drill"}

    proposed = _say(officer, "/drills/propose", choices)
    unseen = viewer.page(YEAR)
    preview = officer.page("/drills/publish?year=2027")
    revision = re.search(r'name="revision" value="(\d+)"', preview)[1]
    published = _say(officer, "/drills/publish", {"year": "2027", "revision": revision})
    seen = viewer.page(YEAR)
    back = _say(officer, "/drills/withdraw", {"year": "2027"})

    count = len(DRILL.findall(proposed))
    assert count > 280
    assert f"已提议 {count} 次演练" in proposed
    assert [] == DRILL.findall(unseen)
    assert f"事先通知 {count} 次" in preview
    assert f"已公布 {count} 次演练" in published
    assert count == len(DRILL.findall(seen))
    assert f"{count} 次演练已改回提议" in back
    assert [] == DRILL.findall(viewer.html(YEAR))


def test_what_somebody_changed_after_the_preview_is_not_published(desk):
    officer = desk()

    answer = officer.post(
        "/drills/publish", {"year": "2027", "revision": "0"}, token_from="/account/"
    )

    assert 409 == answer.status_code
    assert "演练计划已被他人修改" in answer.get_data(as_text=True)
    assert "提议，只有计划人员能看到" in officer.html(YEAR)


def test_a_year_without_drills_says_where_they_come_from(desk):
    assert "xj-empty" in desk("viewer", "en").page("/drills/?year=2010")


def test_a_move_is_made_despite_a_breach_only_knowingly_and_is_taken_back(desk):
    officer = desk()
    drill = ANNOUNCED.search(officer.html(YEAR))[1]
    move, stood = f"/drills/{drill}/move", _stands(officer, drill)
    breaking = {"day": "2027-12-24", "at": "10:00"}

    panel = officer.raw.get(f"{move}?day=2027-12-24&part=1").get_data(as_text=True)
    page = officer.page(f"{move}?day=2027-12-24")
    refused = officer.post(move, breaking, token_from="/account/")
    after_refusal = _stands(officer, drill)
    moved = _say(officer, move, {**breaking, "despite": "1"})
    back = _say(officer, f"/drills/{drill}/move-back", {})

    assert "data-breaks" in panel
    assert "期外" in panel
    assert "如果改到" in page
    assert 409 == refused.status_code
    assert stood == after_refusal
    assert "已改到 2027年12月24日 周五 10:00" in moved
    assert "日期已定" in moved
    assert f"已恢复到 {stood}" in back


def test_a_day_of_another_year_offers_no_button(desk):
    officer = desk()
    drill = ANNOUNCED.search(officer.html(YEAR))[1]

    panel = officer.raw.get(f"/drills/{drill}/move?day=2028-01-02&part=1").get_data(as_text=True)

    assert "不能改到这一天" in panel
    assert "<form" not in panel


def test_a_day_that_is_none_is_named_beside_its_field(desk):
    officer = desk()
    drill = ANNOUNCED.search(officer.html(YEAR))[1]

    html = officer.page(f"/drills/{drill}/move?day=soon", status=422)

    assert 'href="#day"' in html


def test_a_drill_is_cancelled_with_a_reason_only(desk):
    officer = desk()
    drill = ANNOUNCED.search(officer.html(YEAR))[1]

    without = officer.post(f"/drills/{drill}/cancel", {"why": " "}, token_from="/account/")
    cancelled = _say(officer, f"/drills/{drill}/cancel", {"why": "全店停电检修"})

    assert 422 == without.status_code
    assert "全店停电检修" in cancelled
    assert "取消" in officer.page(f"/drills/{drill}")


def _stands(visitor: CarefulClient, drill: str) -> str:
    """Return day and time of a drill as its page says them."""
    html = visitor.html(f"/drills/{drill}")
    return re.search(r'xj-head__sub">[^<]* · ([^<]*\d\d:\d\d)–', html)[1]
