"""A finding through its page: the tasks it started, its owner, escalation, a known defect."""

import re
import shutil

import pytest

from tests.web.a_mall import mall_application, mall_with_a_finding
from tests.web.conftest import visitor_of


@pytest.fixture(scope="module")
def mall(tmp_path_factory):
    """A planned record with the finding, copied by each test, since each changes it."""
    path = tmp_path_factory.mktemp("mall") / "record.db"
    return path, mall_with_a_finding(f"sqlite:///{path}")


@pytest.fixture
def page(mall, tmp_path):
    """The path of the finding, and somebody who looks at it."""
    path, finding = mall
    app = mall_application(f"sqlite:///{shutil.copy(path, tmp_path)}")
    return f"/findings/{finding}", lambda role: visitor_of(app, account=f"mall-{role}")


def _tasks(html: str) -> list[str]:
    return re.findall(r'name="task" value="(\d+)"', html)


def test_tasks_show_their_deadline_and_close_the_finding_once_they_passed(page):
    path, visitor = page
    inspector = visitor("inspector")
    html = inspector.page(path)
    adjust, repeat = _tasks(html)

    def send(**data):
        return inspector.post(path, data, token_from=path)

    send(action="submit", note="调低送风温度")
    early = send(action="confirm", note="")
    waiting = inspector.html(path)
    send(action="task", task=adjust, outcome="pass")
    wrong = send(action="task", task=repeat, **{f"reading-{repeat}": "warm"})
    hot = send(action="task", task=repeat, **{f"reading-{repeat}": "23,2"})
    again = inspector.html(path)
    send(action="task", task=repeat, **{f"reading-{repeat}": "22.5", f"note-{repeat}": "已降温"})
    closed = send(action="confirm", note="")

    assert "调节后复测" in html
    assert "60 分钟" in html
    assert "读数 23.4 ℃，设定 22 ℃，相差 1.4，超过允许的 ±1" in html
    assert (409, 422, 302, 302) == (
        early.status_code,
        wrong.status_code,
        hot.status_code,
        closed.status_code,
    )
    assert "尚未通过，现在不能复查闭环" in waiting
    assert f'href="#reading-{repeat}"' in wrong.get_data(as_text=True)
    assert [repeat] == _tasks(again)
    end = inspector.page(path)
    assert "22.5 ℃" in end
    assert "23.2 ℃" in end
    assert "已闭环" in end
    assert [] == _tasks(end)


def test_a_task_of_another_finding_is_refused(page):
    path, visitor = page

    answer = visitor("inspector").post(path, {"action": "task", "task": "99"}, token_from=path)

    assert answer.status_code == 422


def test_an_officer_names_the_owner_escalates_and_marks_it_known(page):
    path, visitor = page
    officer = visitor("safety-officer")

    for data in (
        {"action": "assign", "owner": "a-engineer-2"},
        {"action": "escalate", "escalate_to": "a-leader", "escalate_note": "需停业检修"},
        {"action": "know", "known_until": "2026-12-10", "known_note": "已围挡"},
    ):
        assert officer.post(path, data, token_from=path).status_code == 302

    html = officer.page(path)
    assert "升级给张伟" in html
    assert "登记为已知缺陷，至 12月10日 周四" in html
    assert "已知缺陷，至 12月10日" in html
    assert "指定责任人" in html


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"action": "assign", "owner": ""}, "owner"),
        ({"action": "escalate", "escalate_to": "", "escalate_note": "x"}, "escalate_to"),
        ({"action": "escalate", "escalate_to": "a-leader", "escalate_note": ""}, "escalate_note"),
        ({"action": "know", "known_until": "2026-11-24", "known_note": "x"}, "known_until"),
        ({"action": "know", "known_until": "2026-12-10", "known_note": ""}, "known_note"),
    ],
)
def test_a_form_that_says_too_little_is_refused_at_its_field(page, data, field):
    path, visitor = page

    answer = visitor("safety-officer").post(path, data, token_from=path)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.get_data(as_text=True)


def test_nobody_outside_the_organisation_becomes_the_owner(page):
    path, visitor = page
    data = {"action": "assign", "owner": "stranger"}

    answer = visitor("safety-officer").post(path, data, token_from=path)

    assert answer.status_code == 404
    assert "没有找到人员" in answer.get_data(as_text=True)


def test_an_inspector_may_escalate_and_not_decide(page):
    path, visitor = page
    inspector = visitor("inspector")
    html = inspector.html(path)
    raised = {"action": "escalate", "escalate_to": "a-leader", "escalate_note": "x"}

    answers = [
        inspector.post(path, data, token_from=path).status_code
        for data in (
            {"action": "assign", "owner": "a-engineer-2"},
            {"action": "know", "known_until": "2026-12-10", "known_note": "x"},
            raised,
        )
    ]

    assert [422, 422, 302] == answers
    assert 'value="assign"' not in html
    assert 'value="know"' not in html


def test_a_reader_takes_no_step(page):
    path, visitor = page
    html = visitor("viewer").html(path)

    assert 'name="action"' not in html
