"""What an edit changed is taken back from the list of changes, with a preview like any edit."""

import re

from tests.web.manage.an_edit import (
    ABSENCE,
    apply_preview,
    person_of,
    send_form,
    stored,
)

CHANGES = "/manage/changes"
PERSON = "vice-principal"


def back(officer):
    """Return the paths that take changes back, the latest first."""
    return re.findall(r'action="(/manage/changes/\d+/back)"', officer.page(CHANGES))


def test_change_is_taken_back_once_and_only_while_nobody_changed_it_again(app, officer):
    before = person_of(app)
    span = {"since": "2026-11-24", "until": "2026-11-26", "reason": "生病"}
    _, html = send_form(officer, ABSENCE, span)
    apply_preview(officer, html)
    [path] = back(officer)

    _, preview = send_form(officer, path, {})
    between = person_of(app)
    applied, _ = apply_preview(officer, preview)
    again, refusal = send_form(officer, path, {})

    assert "生病" in preview
    assert between != before == person_of(app)
    assert (302, 409) == (applied, again)
    assert "之后又有改动" in refusal
    assert path not in back(officer)


def test_person_who_left_comes_back_as_they_were(app, officer):
    before = stored(app).people
    _, html = send_form(officer, f"/manage/people/{PERSON}/leave", {})
    apply_preview(officer, html)
    gone = {person.id for person in stored(app).people}

    _, preview = send_form(officer, back(officer)[0], {})
    apply_preview(officer, preview)

    assert PERSON not in gone
    assert {each.id: each for each in before} == {each.id: each for each in stored(app).people}
