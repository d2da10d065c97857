"""What edits do to the record and to the plan."""

import re

from tests.web.manage.an_edit import (
    QUESTION,
    READING,
    apply_preview,
    faults_in,
    person_of,
    send_form,
    stored,
)


def test_answering_a_fact_shows_the_duties_that_begin(officer):
    status, html = send_form(officer, QUESTION, {"site.fire_key_unit": "yes"})

    assert 200 == status
    assert "重点单位每日防火巡查" in html
    assert "开始成立" in html


def test_answer_settles_the_question(app, officer):
    _, html = send_form(officer, QUESTION, {"site.fire_key_unit": "no"})
    apply_preview(officer, html)

    assert "site.fire_key_unit" not in officer.page("/manage/questions")
    assert stored(app).sites[0].facts["site.fire_key_unit"] is False


def test_reading_is_decided_with_a_reason_and_a_name(app, officer):
    refused, faulty = send_form(officer, READING, {"applies": "no", "note": ""})
    _, html = send_form(officer, READING, {"applies": "no", "note": "幼儿园按三分钟"})
    apply_preview(officer, html)

    decision = stored(app).decisions[-1]
    assert (422, ["note"]) == (refused, list(faults_in(faulty)))
    assert ("school-drill-time-kindergarten", False, "幼儿园按三分钟") == (
        decision.rule,
        decision.applies,
        decision.note.zh,
    )
    assert "幼儿园按三分钟" in officer.page("/manage/questions")


def test_removing_an_entry_takes_it_away(app, officer):
    page = officer.page("/manage/people/vice-principal/absences/0")
    was = re.search(r'name="was" value="([^"]*)"', page)[1].replace("&#34;", '"')

    _, html = send_form(
        officer, "/manage/people/vice-principal/absences/0", {"was": was, "remove": "1"}
    )
    apply_preview(officer, html)

    assert () == person_of(app).absences


def test_new_person_and_leaving_change_the_plan(app, officer):
    new = {
        "id": "li-ming",
        "name": "李明",
        "minutes_per_day": "120",
        "sites": "chunmiao",
        "works": "mon",
        "roles": "guard",
    }

    _, html = send_form(officer, "/manage/new-person", new)
    apply_preview(officer, html)
    added = person_of(app, "li-ming")
    _, html = send_form(officer, "/manage/people/li-ming/leave", {})
    apply_preview(officer, html)

    assert ("李明", ("mon",)) == (added.name.zh, added.works)
    assert "li-ming" not in {person.id for person in stored(app).people}


def test_opening_hours_are_read_as_people_type_them(app, officer):
    hours = dict.fromkeys(("mon", "tue"), "7:00-12:00，13：30-17:00")
    rest = {"holidays": "closed", "night_from": "18:00", "night_until": "06:00"}

    wrong, faulty = send_form(officer, "/manage/sites/chunmiao/hours", {"mon": "8 to 12", **rest})
    _, html = send_form(officer, "/manage/sites/chunmiao/hours", {**hours, **rest})
    apply_preview(officer, html)

    opening = stored(app).sites[0].calendar.opening
    assert (422, ["mon"]) == (wrong, list(faults_in(faulty)))
    assert [("mon", "tue"), ("mon", "tue")] == [span.days for span in opening]
