"""The report of a drill through its page, and what it leaves in the next script."""

from io import BytesIO

import pytest

from inspections.demonstration.picture import demonstration_picture

REPORT = {
    "expected": "60",
    "present": "57",
    "taken": "3:25",
    "summary": "按脚本进行",
    "short-0": "B 出口闭门器损坏",
    "standard-0": "疏散门维护标准",
    "short-1": "",
}


@pytest.fixture
def desk(told):
    return told[0]


@pytest.fixture
def drills(told, clock):
    """Return two drills of a kind at a site; the first has just ended."""
    same = [one for one in told[1] if one.kind == "mall-emergency-drill"]
    clock.now = same[0].ends_at
    return same[0], same[1]


def _sent(drill, **other):
    start, end = (f"{at.hour + 8:02d}:{at:%M}" for at in (drill.starts_at, drill.ends_at))
    return {**REPORT, "held": drill.on.isoformat(), "began": start, "ended": end, **other}


def test_a_report_with_a_shortcoming_stands_in_the_next_script(desk, drills):
    held, later = drills
    officer = desk()
    photo = (BytesIO(demonstration_picture()), "drill.png")

    answer = officer.post(
        f"/drills/{held.id}/report", {**_sent(held), "proof": photo}, token_from="/account/"
    )

    assert f"/drills/{held.id}" == answer.location
    html = officer.page(f"/drills/{held.id}")
    for said in ("57 / 60", "3:25", "按脚本进行", "B 出口闭门器损坏", "/evidence/"):
        assert said in html
    script = officer.page(f"/drills/{later.id}")
    assert "重点复看：上一次演练发现的不足" in script
    assert "B 出口闭门器损坏" in script


def test_every_fault_of_a_report_stands_beside_its_field_and_nothing_typed_is_lost(desk, drills):
    held, _later = drills
    officer = desk()
    wrong = _sent(held, expected="0", present="many", taken="soon")

    answer = officer.post(f"/drills/{held.id}/report", wrong, token_from="/account/")

    html = answer.get_data(as_text=True)
    assert 422 == answer.status_code
    for field in ("expected", "present", "taken"):
        assert f'href="#{field}"' in html
    assert 'value="B 出口闭门器损坏"' in html


def test_a_drill_that_has_not_begun_has_no_form_and_takes_no_report(desk, drills):
    _held, later = drills
    officer = desk()

    html = officer.page(f"/drills/{later.id}")
    answer = officer.post(f"/drills/{later.id}/report", _sent(later), token_from="/account/")

    assert f'action="/drills/{later.id}/report"' not in html
    assert answer.status_code in {409, 422}


def test_a_drill_that_is_over_is_not_moved_any_more(desk, drills):
    held, _later = drills

    html = desk().page(f"/drills/{held.id}/move?day=2027-12-24", status=409)

    assert "不能再改" in html


def test_the_guard_who_was_there_hands_it_in_and_a_viewer_does_not(desk, drills):
    held, _later = drills

    refused = desk("viewer").post(f"/drills/{held.id}/report", _sent(held), token_from="/account/")
    taken = desk("inspector").post(f"/drills/{held.id}/report", _sent(held), token_from="/account/")

    assert (409, 302) == (refused.status_code, taken.status_code)
