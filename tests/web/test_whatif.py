# ruff: noqa: F811 (fixtures are imported by name and asked for by name)
"""A change is tried out on the page before anything is saved."""

import re

import pytest
from sqlalchemy import func, select

from inspections.models import DutyRow, OccurrenceRow, PlanRunRow, SiteRow
from tests.web.planned_record import (  # noqa: F401 - fixtures
    app,
    clock,
    sessions,
    signed_in,
)

DAYS = {"since": "2026-11-23", "until": "2026-12-20"}
DAILY = {"kind": "change-rule", "rule": "se-reg-lift-15d", "times": "1", "unit": "day", **DAYS}


def tried(visitor, **values):
    """Fill in the form and return the page that it leads to, once it is there."""
    answer = visitor.post("/what-if/", data=values)
    assert 302 == answer.status_code, answer.get_data(as_text=True)[:2000]
    for _ in range(200):
        html = visitor.page(answer.location)
        if "xj-progress" not in html:
            return html, answer.location
    raise AssertionError("The trial never ends.")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "kind",
    [
        "",
        "change-rule",
        "move-rule",
        "end-rule",
        "set-parameter",
        "add-site",
        "lose-person",
        "file",
    ],
)
def test_form_keeps_the_rules_of_the_house(kind, language, signed_in):
    assert "</html>" in signed_in("office", language).page(f"/what-if/?kind={kind}")


def test_a_changed_rule_shows_dates_minutes_and_rules(signed_in):
    html, _ = tried(signed_in("office", "en"), **DAILY)

    assert "Staff minutes by week" in html
    assert "Dates that differ" in html
    assert "se-reg-lift-15d" in html
    assert re.search(r"<b>[\d,]+ → [\d,]+</b><span>checks due", html)


def test_nothing_is_saved(signed_in, sessions):
    def counted():
        with sessions() as session:
            rows = (DutyRow, OccurrenceRow, PlanRunRow, SiteRow)
            return [session.scalar(select(func.count()).select_from(row)) for row in rows]

    before = counted()

    tried(signed_in("office"), **DAILY)

    assert before == counted()


def test_a_lost_person_shows_who_is_missing(signed_in, sessions):
    visitor = signed_in("office", "en")
    people = re.findall(r'<option value="([^"]+)"', visitor.page("/what-if/?kind=lose-person"))
    pages = [tried(visitor, kind="lose-person", person=each, **DAYS)[0] for each in people[1:6]]

    assert all("Minutes a week by person" in page for page in pages)


def test_a_new_building_begins_duties(signed_in):
    visitor = signed_in("office", "en")
    site = re.findall(r'<option value="([^"]+)"', visitor.page("/what-if/?kind=add-site"))[1]

    html, _ = tried(visitor, kind="add-site", copy=site, staff="none", **DAYS)

    assert "begins to bind" in html
    assert "(new)" in html
    assert f"{site}-more" not in html
    assert "New: too few people may do it" in html


def test_dates_are_paged(signed_in):
    visitor = signed_in("office", "en")
    html, path = tried(visitor, **DAILY)

    assert "Page 1 of" in html
    assert "Page 2 of" in visitor.page(f"{path}?page=2")


def test_the_question_can_be_changed_without_filling_it_in_again(signed_in):
    visitor = signed_in("office", "en")
    _, path = tried(visitor, **DAILY)

    html = visitor.page(f"/what-if/?again={path.rsplit('/', 1)[-1]}")

    assert 'value="2026-12-20"' in html
    assert '<option value="se-reg-lift-15d" selected' in html


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"kind": "change-rule"}, "Choose one from the list."),
        ({"kind": "change-rule", "rule": "x", "times": "no"}, "Write a whole number"),
        ({"kind": "move-rule", "rule": "x"}, "Write the day"),
        ({"kind": "end-rule", "rule": "x", "last": "soon"}, "Write the day"),
        ({"kind": "set-parameter", "parameter": "x"}, "Write the new value."),
        ({"kind": "file", "text": ""}, "Write at least one change."),
        ({"kind": "file", "text": "changes:\n  - {change: fly}"}, "line 2"),
        ({"kind": "lose-person", "person": "x", "since": "2026-01-01", "until": "2030-01-01"},
         "within three years"),
        ({"kind": ""}, "Choose what to change."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_beside_its_field(values, said, signed_in):
    answer = signed_in("office", "en").post("/what-if/", data=values)

    assert 422 == answer.status_code
    assert said in answer.get_data(as_text=True)


def test_a_rule_that_is_not_there_is_told_on_the_form(signed_in):
    visitor = signed_in("office", "en")
    answer = visitor.post("/what-if/", data={"kind": "end-rule", "rule": "x", "last": "2026-12-01"})

    html = visitor.page(answer.location, status=422)

    assert "There is no rule x." in html


def test_a_trial_of_somebody_else_is_not_shown(signed_in):
    _, path = tried(signed_in("office"), **DAILY)

    assert "不再保留" in signed_in().page(path, status=404)


def test_inspectors_try_nothing_out(signed_in):
    signed_in("inspector").page("/what-if/", status=403)
