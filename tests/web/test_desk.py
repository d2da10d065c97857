"""The officer's desk through its pages: register, Excel, many at once, letters, proof."""

import re
import shutil
from io import BytesIO

import pytest
from openpyxl import load_workbook

from inspections.demonstration.picture import demonstration_picture
from tests.web.a_mall import mall_application, mall_with_a_finding
from tests.web.conftest import visitor_of
from web.pdf import NoChineseFont, NoPdf, chinese_font

REGISTER = "/rectification/"


@pytest.fixture(scope="module")
def mall(tmp_path_factory):
    """A planned record with one finding, copied by each test, since each changes it."""
    path = tmp_path_factory.mktemp("desk") / "record.db"
    return path, mall_with_a_finding(f"sqlite:///{path}")


@pytest.fixture
def desk(mall, tmp_path):
    """The finding's path and somebody who looks."""
    path, finding = mall
    app = mall_application(f"sqlite:///{shutil.copy(path, tmp_path)}")
    app.config["EVIDENCE_FOLDER"] = str(tmp_path / "evidence")
    return finding, lambda role: visitor_of(app, account=f"mall-{role}")


def _rows(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/findings/(\d+)"', html)


def test_every_figure_of_the_totals_leads_to_as_many_findings(desk):
    _finding, visitor = desk
    officer = visitor("safety-officer")
    html = officer.page(REGISTER)
    figures = re.findall(r'<td class="xj-num-r"><a href="([^"]+)"[^>]*>(\d+)</a>', html)

    assert figures
    for address, count in figures:
        assert int(count) == len(_rows(officer.page(address.replace("&amp;", "&"))))


def test_words_that_nothing_says_find_nothing_and_lead_back(desk):
    _finding, visitor = desk

    html = visitor("viewer").page(f"{REGISTER}?q=%E6%B2%A1%E6%9C%89")

    assert [] == _rows(html)
    assert "没有符合筛选条件的问题" in html


def test_the_workbook_holds_the_same_findings_and_totals(desk):
    finding, visitor = desk
    answer = visitor("viewer").raw.get(f"{REGISTER}register.xlsx?state=all")

    listed, totals = load_workbook(BytesIO(answer.get_data())).worksheets

    rows = [row for row in listed.iter_rows(min_row=2, values_only=True) if row[1]]
    assert ["F-2026-00001"] == [row[0] for row in rows]
    assert ("合计", 1, 0, 0, 1) == next(totals.iter_rows(min_row=3, values_only=True))[:5]
    assert finding == 1


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"action": "assign", "assign_to": "a-engineer-2"}, "finding"),
        ({"action": "assign", "finding": "1"}, "assign_to"),
        ({"action": "escalate", "finding": "1", "escalate_to": "a-leader"}, "escalate_note"),
        ({"action": "ask", "finding": "1", "ask_note": "x", "ask_until": "x"}, "ask_until"),
        ({"action": "confirm", "finding": "1"}, "finding"),
    ],
)
def test_an_action_that_says_too_little_changes_nothing(desk, data, field):
    _finding, visitor = desk

    answer = visitor("safety-officer").post(f"{REGISTER}actions", data, token_from=REGISTER)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)


def test_an_owner_is_named_for_many_and_taken_back(desk):
    finding, visitor = desk
    officer = visitor("safety-officer")
    before = officer.html(f"/findings/{finding}")
    data = {"action": "assign", "all": "1", "assign_to": "a-engineer-2"}

    result = officer.post(f"{REGISTER}actions", data, token_from=REGISTER).location
    shown = officer.page(result)
    undone = officer.post(f"{result}/undo", {}, token_from=result)

    assert "1 个问题全部办理完成" in shown
    assert undone.location == result
    assert "已撤销" in officer.page(result)
    owner = r"<dt>责任人</dt><dd>([^<]+)</dd>"
    after = officer.page(f"/findings/{finding}")
    assert re.search(owner, before)[1] == re.search(owner, after)[1]


def test_a_letter_is_written_as_page_and_as_pdf(desk):
    _finding, visitor = desk
    officer = visitor("safety-officer")
    officer.post(
        f"{REGISTER}actions",
        {"action": "assign", "all": "1", "assign_to": "a-engineer-2"},
        token_from=REGISTER,
    )
    # What looks like code of the typesetter is text.
    data = {"action": "chase", "all": "1", "chase_note": '#panic("x") *速办* $ <b>'}
    result = officer.post(f"{REGISTER}actions", data, token_from=REGISTER).location
    letter = re.search(r'href="(/rectification/letters/\d+)"', officer.page(result))[1]

    html = officer.page(letter)

    assert "C-2026-00001" in html
    assert "*速办* $ &lt;b&gt;" in html
    assert "发催办函 C-2026-00001" in officer.page("/findings/1")
    try:
        chinese_font()
    except (NoPdf, NoChineseFont) as missing:
        pytest.skip(str(missing))
    assert officer.raw.get(f"{letter}.pdf").get_data().startswith(b"%PDF")


def test_more_time_is_asked_for_on_the_page_and_not_granted_by_who_asked(desk):
    finding, visitor = desk
    officer, path = visitor("safety-officer"), f"/findings/{finding}"
    asked = {"action": "ask", "until": "2026-12-10", "reason": "配件未到"}

    sent = officer.post(path, asked, token_from=path)
    html = officer.page(path)
    granted = officer.post(path, {"action": "grant", "decision": "好"}, token_from=path)
    back = officer.post(path, {"action": "take-back"}, token_from=path)

    assert (302, 422, 302) == (sent.status_code, granted.status_code, back.status_code)
    assert "延期申请待审批" in html
    assert 'value="grant"' not in html
    assert "撤回延期申请" in officer.page(path)


def test_a_photo_proves_a_rectification_and_what_is_no_photo_is_refused(desk):
    finding, visitor = desk
    officer, path = visitor("safety-officer"), f"/findings/{finding}"

    def submit(content):
        data = {"action": "submit", "note": "已调低", "proof": (BytesIO(content), "a.png")}
        return officer.post(path, data, token_from=path)

    refused, taken = submit(b"MZ no photo"), submit(demonstration_picture())

    assert (422, 302) == (refused.status_code, taken.status_code)
    assert 'href="#proof"' in refused.get_data(as_text=True)
    photo = re.search(r'href="(/evidence/[0-9a-f]{64})"', officer.page(path))[1]
    assert officer.raw.get(photo, buffered=True).mimetype == "image/png"
