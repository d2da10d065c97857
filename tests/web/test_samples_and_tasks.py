import re
from uuid import uuid4

import pytest

from tests.web.conftest import visitor_of
from tests.web.pages import INSPECTOR, OFFICER


@pytest.fixture(scope="module")
def cook(app, fill):
    """Somebody at the tablet; two dishes of today's lunch are written down, one has a sample."""
    fill("/samples/")
    return visitor_of(app, account=INSPECTOR)


def _dishes(html):
    return re.findall(r'action="/samples/dishes/(\d+)/sample"', html)


def _sample(dish, **given):
    fields = {"grams": "130", "labelled": "yes", "fridge": "4.5", **given}
    return {"id": str(uuid4()), **{f"{name}-{dish}": value for name, value in fields.items()}}


def test_a_dish_without_a_sample_is_named_until_it_has_one(cook):
    html = cook.html("/samples/")
    assert "1 个品种未留样" in html
    dish = _dishes(html)[-1]

    answer = cook.post(f"/samples/dishes/{dish}/sample", _sample(dish), token_from="/samples/")

    assert answer.status_code == 302
    assert "各品种均已留样" in cook.html("/samples/")


def test_a_form_that_kept_a_sample_keeps_no_other_without_a_word(cook):
    dish = _dishes(cook.html("/samples/"))[0]
    path, kept = f"/samples/dishes/{dish}/sample", _sample(dish)
    cook.post(path, kept, token_from="/samples/")
    before = cook.html("/samples/").count("须留存至")

    again = cook.post(path, kept, token_from="/samples/")
    edited = cook.post(path, {**kept, f"grams-{dish}": "151"}, token_from="/samples/")

    assert (302, 409) == (again.status_code, edited.status_code)
    assert "本次填写的内容尚未保存" in edited.text
    assert 'value="151"' in edited.text
    assert before == cook.html("/samples/").count("须留存至")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"grams": "0"}, "大于 0"),
        ({"grams": "很多"}, "大于 0"),
        ({"fridge": ""}, "-40 到 60"),
        ({"labelled": ""}, "标签是否齐全"),
    ],
)
def test_what_is_no_figure_is_said_at_its_field_and_nothing_is_stored(cook, given, said):
    before = cook.html("/samples/")
    dish = _dishes(before)[0]

    answer = cook.post(
        f"/samples/dishes/{dish}/sample", _sample(dish, **given), token_from="/samples/"
    )

    assert answer.status_code == 422
    assert said in answer.text
    assert before.count("须留存至") == cook.html("/samples/").count("须留存至")


def test_a_sample_is_not_thrown_out_early_without_a_reason(cook):
    html = cook.html("/samples/")
    path = re.search(r'action="(/samples/\d+/discard)"', html)[1]

    refused = cook.post(path, {}, token_from="/samples/")
    number = re.search(r"/samples/(\d+)/", path)[1]
    reason = {f"why-{number}": "容器破损"}
    taken = cook.post(path, reason, token_from="/samples/")

    assert refused.status_code == 409
    assert "提前清样会记录并开出问题" in refused.text
    assert taken.status_code == 302
    assert "容器破损" in cook.html("/samples/")
    assert "留样不满 48 小时即被清除" in cook.html("/findings?show=open")


def test_dishes_are_written_one_on_each_line_and_not_twice(cook):
    before = len(_dishes(cook.html("/samples/")))
    site = re.search(r'name="site" value="([^"]+)"', cook.html("/samples/"))[1]
    form = {"site": site, "meal": "lunch", "dishes-lunch": "紫菜汤\n\n紫菜汤\n 米饭 \n"}

    cook.post("/samples/dishes", form, token_from="/samples/")

    assert before + 1 == len(_dishes(cook.html("/samples/")))


def test_a_task_is_done_with_a_sentence_and_then_stands_among_the_done(app, fill):
    officer = visitor_of(app, account=OFFICER)
    path = fill("/tasks/{task}")

    empty = officer.post(path, {"note": " "}, token_from=path)
    done = officer.post(path, {"note": "预案第三章已改"}, token_from=path)

    assert empty.status_code == 422
    assert done.status_code == 302
    assert f'href="{path}"' in officer.html("/tasks/?show=done")
    assert f'href="{path}"' not in officer.html("/tasks/?show=open")


def test_a_warning_opens_its_task_at_once_and_ends_once(app):
    officer = visitor_of(app, account=OFFICER)
    site = re.search(r'<option value="([^"]+)"', officer.html("/tasks/warnings"))[1]
    form = {"site": site, "kind": "rainstorm", "level": "orange"}

    faulty = officer.post("/tasks/warnings", {**form, "kind": ""}, token_from="/tasks/warnings")
    officer.post("/tasks/warnings", form, token_from="/tasks/warnings")
    html = officer.html("/tasks/warnings")
    end = re.search(r'action="(/tasks/warnings/\d+/end)"', html)[1]
    first = officer.post(end, {}, token_from="/tasks/warnings")
    second = officer.post(end, {}, token_from="/tasks/warnings")

    assert faulty.status_code == 422
    assert "生效中" in html
    assert "雨雪结冰天气检查" in officer.html("/tasks/?show=open")
    assert (first.status_code, second.status_code) == (302, 409)
    assert "生效中" not in officer.html("/tasks/warnings")


def test_rules_are_linked_only_for_those_who_may_read_them(app, fill):
    finding, task = fill("/findings/{finding}"), fill("/tasks/{task}")

    for path in (finding, task):
        assert "/rules/" not in visitor_of(app, account=INSPECTOR).html(path)
    assert "/rules/" in visitor_of(app, account=OFFICER).html(finding)
