"""Officers edit what rounds go by: order of places, ways, wishes of people, turns of the house."""

import re

from inspections.accounts import NewAccount, ensure_account
from inspections.database import open_database
from rules.organisation.model import Way
from tests.web.client import CarefulClient
from tests.web.conftest import PLANNED
from tests.web.manage.an_edit import apply_preview, faults_in, person_of, send_form, stored
from tests.web.pages import ORGANISATION

ROUNDS = "/manage/sites/chunmiao/rounds"
WISHES = "/manage/people/vice-principal/wishes"


def typed_in(html):
    """Return every field of a form as the page shows it, chosen or not."""
    inputs = re.findall(r'<input [^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', html)
    inputs += [
        (name, value)
        for value, name in re.findall(r'<input [^>]*?value="([^"]*)"[^>]*?name="([^"]+)"', html)
    ]
    return {name: value for name, value in inputs if name != "csrf_token"}


def test_order_and_ways_are_edited_in_one_form_with_preview(app, officer):
    fields = typed_in(officer.page(ROUNDS))
    free = next(name for name in fields if name.startswith("free-")).removeprefix("free-")
    new = {f"from-{free}": "kitchen", f"to-{free}": "playground", f"minutes-{free}": "2,5"}

    _, html = send_form(officer, ROUNDS, {**fields, "stop-playground": "0.5", **new})
    between = stored(app).sites[0]
    applied, _ = apply_preview(officer, html)

    before, after = between, stored(app).sites[0]
    assert 302 == applied
    assert "厨房 – 操场 2.5 分钟" in html
    assert ("playground", *before.order[:-1]) == after.order
    assert (*before.travel, Way(start="kitchen", end="playground", minutes=2.5)) == after.travel


def test_all_faults_of_rounds_show_at_once_beside_their_lines(officer):
    fields = typed_in(officer.page(ROUNDS))
    lines = [name.removeprefix("free-") for name in fields if name.startswith("free-")]
    twice = {f"from-{lines[0]}": fields["to-0"], f"to-{lines[0]}": fields["from-0"]}
    wrong = {
        "stop-gate": "soon",
        "stop-kitchen": fields["stop-corridor"],
        "minutes-1": "-3",
        **twice,
        f"minutes-{lines[0]}": "4",
        f"minutes-{lines[1]}": "4",
        f"from-{lines[2]}": "kitchen",
        f"to-{lines[2]}": "kitchen",
    }

    status, html = send_form(officer, ROUNDS, {**fields, **wrong})

    ends = {f"from-{lines[1]}", f"to-{lines[1]}", f"to-{lines[2]}", f"minutes-{lines[2]}"}
    assert 422 == status
    assert {"stop-gate", "stop-kitchen", "minutes-1", f"to-{lines[0]}"} | ends == {*faults_in(html)}
    assert 'value="soon"' in html


def test_unchanged_rounds_are_told_so_and_more_lines_keep_what_was_typed(officer):
    fields = typed_in(officer.page(ROUNDS))

    same, html = send_form(officer, ROUNDS, fields)
    more, longer = send_form(officer, ROUNDS, {**fields, "stop-gate": "77", "step": "more"})

    assert (422, 200) == (same, more)
    assert "没有改动" in html
    assert 'value="77"' in longer
    assert int(fields["lines"]) + 5 == int(typed_in(longer)["lines"])


def test_minutes_that_are_emptied_take_the_way_away(app, officer):
    fields = typed_in(officer.page(ROUNDS))

    _, html = send_form(officer, ROUNDS, {**fields, "minutes-0": ""})
    before = stored(app).sites[0].travel
    apply_preview(officer, html)

    assert before[1:] == stored(app).sites[0].travel


def test_wishes_are_chosen_and_shown(app, officer):
    _, html = send_form(officer, WISHES, {"prefers": ["kitchen", "dining"]})
    apply_preview(officer, html)
    unknown, faulty = send_form(officer, WISHES, {"prefers": "castle"})

    assert {"kitchen", "dining"} == set(person_of(app).prefers)
    assert "更愿意检查：" in officer.page("/manage/people/vice-principal")
    assert (422, ["prefers"]) == (unknown, list(faults_in(faulty)))


def test_turns_of_the_house_are_for_those_who_look_after_all_sites(app, officer):
    refused, faulty = send_form(officer, "/manage/rounds", {"most_running": "often"})
    _, html = send_form(officer, "/manage/rounds", {"most_running": "5"})
    apply_preview(officer, html)
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        of_one = NewAccount(
            ORGANISATION, "of-one", "a password", "safety-officer", None, ("chunmiao",)
        )
        ensure_account(session, of_one, now=PLANNED)
    visitor = CarefulClient(app)
    visitor.sign_in("of-one", "a password")

    assert (422, ["most_running"]) == (refused, list(faults_in(faulty)))
    assert 5 == stored(app).most_running
    assert "同一部位最多连续天数" in officer.page("/manage/changes")
    visitor.page("/manage/rounds", status=403)
    assert 200 == send_form(visitor, ROUNDS, {"lines": "0", "stop-gate": "1"})[0]
