from tests.web.manage.an_edit import apply_preview, faults_in, send_form, stored

PEOPLE = "/manage/sites/chunmiao/post/gate-post/people"
STORED = {
    "minimum-0": "1",
    "preferred-0": "",
    "maximum-0": "",
    "minimum-1": "1",
    "preferred-1": "2",
    "maximum-1": "",
}


def test_the_people_of_each_shift_are_edited_with_a_preview(app, officer):
    _, html = send_form(officer, PEOPLE, {**STORED, "preferred-0": "2", "maximum-1": "3"})
    applied, _ = apply_preview(officer, html)

    found = [(s.minimum, s.preferred, s.maximum) for s in stored(app).sites[0].posts[0].shifts]
    assert (302, [(1, 2, None), (1, 2, 3)]) == (applied, found)
    assert "× 1–2–3" in html


def test_figures_that_do_not_rise_are_told_beside_their_shift(officer):
    _, same = send_form(officer, PEOPLE, STORED)
    _, words = send_form(officer, PEOPLE, {**STORED, "minimum-0": "x", "maximum-1": "-1"})
    _, falling = send_form(officer, PEOPLE, {**STORED, "minimum-0": "3", "preferred-0": "2"})

    told = [set(faults_in(html)) for html in (same, words, falling)]
    assert [{"minimum-0"}, {"minimum-0", "maximum-1"}, {"preferred-0"}] == told
