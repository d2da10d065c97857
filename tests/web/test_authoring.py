"""An organisation writes rules of its own: nothing is lost, nothing faulty is published."""

import re

import pytest

from inspections.database import open_database
from inspections.published_packs import published_packs
from rules.authoring.pack_template import new_pack
from tests.web.conftest import MONDAY, application, planned_record, visitor_of
from tests.web.pages import ADMINISTRATOR, INSPECTOR, OFFICER

TEXT = new_pack("own-house", kind="kindergarten", country="CN", today=MONDAY.date())


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('authoring')}/record.db"
    planned_record(url)
    return url


@pytest.fixture(scope="module")
def officer(record):
    return visitor_of(application(record), "en", OFFICER)


def token(visitor):
    html = visitor.html("/packs/new")
    return re.search(r'name="csrf_token" value="([^"]+)"', html)[1]


def ask(visitor, path="/packs/-/live", **data):
    return visitor.raw.post(path, json=data, headers={"X-CSRFToken": token(visitor)})


def publish(visitor, text, note="why", step="publish"):
    data = {"text": text, "note": note, "step": step}
    return visitor.post("/packs/-/publish", data, token_from="/packs/new")


def test_a_new_pack_is_offered_sound(officer):
    html = officer.html("/packs/new")

    assert "It can be published." in html
    assert "kindergarten-own-weekly" in html


def test_an_inspector_may_not_write_rules(record):
    inspector = visitor_of(application(record), "en", INSPECTOR)

    assert {403} == {
        inspector.raw.get(path).status_code for path in ("/packs/", "/packs/new", "/packs/x")
    }


def test_faults_come_with_their_lines_while_one_types(officer):
    told = ask(officer, text=TEXT.replace("domain: safety", "domain: 7 x"), rule=0).get_json()

    line = TEXT.split("\n").index("    domain: safety") + 1
    assert [line] == told["lines"]
    assert f"Line {line}" in told["faults"]
    assert "not run: the rule has faults" in told["examples"]
    assert told["form"].count('value="own-house-weekly"') == 1


def test_a_text_that_is_no_yaml_keeps_the_page_alive(officer):
    told = ask(officer, text="a: [", rule=0).get_json()

    assert 1 == len(told["lines"])
    assert "cannot be read as a pack yet" in told["form"]


def test_a_change_of_the_form_changes_the_text(officer):
    change = {
        "do": "set", "rule": 0, "kind": "text", "values": ["每日检查"],
        "at": ["rules", 0, "title", "zh"],
    }  # fmt: skip

    told = ask(officer, text=TEXT, rule=0, change=change).get_json()

    assert TEXT.replace("zh: 每周检查", "zh: 每日检查") == told["text"]
    assert "每日检查" in told["form"]


def test_a_change_that_fits_nothing_is_refused_and_changes_nothing(officer):
    change = {"do": "set", "rule": 0, "kind": "text", "values": ["x"], "at": ["rules", 9, "id"]}

    assert 409 == ask(officer, text=TEXT, rule=0, change=change).status_code
    assert 400 == ask(officer, rule=0).status_code


def test_a_failing_example_is_told_with_what_the_rule_says(officer):
    wrong = TEXT.replace(
        "site.kind: kindergarten}, applies: true", "site.kind: mall}, applies: true"
    )

    told = ask(officer, text=wrong, rule=0).get_json()

    assert "the rule says: does not apply" in told["examples"]
    assert "one fails" in told["examples"]


def test_a_trial_tells_dates_and_minutes_and_saves_nothing(officer):
    told = ask(officer, "/packs/-/try", text=TEXT, rule=0).get_json()["effect"]

    assert "1 new, 0 ended, 0 changed" in told
    assert "Weekly check" in told
    assert told.count('class="xj-nowrap"') == 10
    assert "own-house" not in officer.html("/packs/")


def test_a_trial_of_a_faulty_text_says_what_comes_first(officer):
    told = ask(officer, "/packs/-/try", text=TEXT.replace("kind: duty", "kind: dutty"), rule=0)

    assert "2 faults must be mended first." in told.get_json()["effect"]


def test_a_faulty_text_is_not_published_and_not_lost(officer):
    answer = publish(officer, TEXT.replace("kind: duty", "kind: dutty"))

    html = answer.get_data(as_text=True)
    assert 422 == answer.status_code
    assert "kind: dutty" in html
    assert 'value="why"' in html
    assert "It was not published" in html


def test_without_a_note_nothing_is_published_and_nothing_lost(officer):
    answer = publish(officer, TEXT, note="")

    assert 409 == answer.status_code
    assert "own-house-weekly" in answer.get_data(as_text=True)


def test_without_scripts_a_text_is_checked_and_tried_by_the_same_form(officer):
    checked = publish(officer, TEXT, step="check").get_data(as_text=True)
    tried = publish(officer, TEXT, step="try").get_data(as_text=True)

    assert "It can be published." in checked
    assert "1 new, 0 ended, 0 changed" in tried


def test_publishing_changing_comparing_reverting_and_withdrawing(record):
    administrator = visitor_of(application(record), "en", ADMINISTRATOR)
    first = TEXT.replace("own-house", "second-house")
    changed = first.replace("minutes: 15", "minutes: 25")

    assert 302 == publish(administrator, first, "the first").status_code
    assert 302 == publish(administrator, changed.replace("\n", "\r\n"), "longer").status_code
    history = administrator.html("/packs/second-house/history")
    older = re.search(r"/packs/second-house\?text=([0-9a-f]{64})", history)[1]
    again = administrator.html(f"/packs/second-house?text={older}")

    assert "the first" in history
    assert "minutes: 15" in history
    assert "minutes: 25" in history
    assert "minutes: 15" in again
    assert "minutes: 25" in administrator.html("/packs/second-house")
    assert 200 == administrator.raw.get("/rules/second-house-weekly").status_code
    assert 302 == publish(administrator, first, "back again").status_code
    assert "minutes: 15" in administrator.html("/packs/second-house")
    refused = administrator.post(
        "/packs/second-house/withdraw", {"note": ""}, token_from="/packs/second-house/history"
    )
    withdrawn = administrator.post(
        "/packs/second-house/withdraw", {"note": "enough"}, token_from="/packs/second-house/history"
    )
    assert (409, 302) == (refused.status_code, withdrawn.status_code)
    assert 404 == administrator.raw.get("/rules/second-house-weekly").status_code
    assert 404 == administrator.raw.get("/packs/second-house").status_code


def test_a_built_in_house_pack_is_opened_as_a_copy_and_law_never(officer):
    assert "id: house-kindergarten" in officer.html("/packs/house-kindergarten")
    assert "id: house-mall" in officer.html("/packs/new?from=house-mall")
    assert 404 == officer.raw.get("/packs/cn-fire-law").status_code
    assert 404 == officer.raw.get("/packs/nothing/history").status_code


def test_the_record_is_untouched_by_everything_but_publishing(record):
    with open_database(record)() as session:
        assert () == published_packs(session, "kindergarten")
