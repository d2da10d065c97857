from functools import partial

import pytest

from tests.web.a_roster import filled_by_a_roster
from tests.web.conftest import application, planned_record, visitor_of
from tests.web.pages import INSPECTOR, OFFICER

GATE = "/handovers/chunmiao/gate-post/2026-11-22/E"
TODAY = "/handovers/chunmiao/gate-post/2026-11-23/D"


@pytest.fixture
def app(tmp_path):
    url = f"sqlite:///{tmp_path}/record.db"
    planned_record(url)
    return application(url)


@pytest.fixture
def handed(app):
    """The number of the note that waits at the gate."""
    return filled_by_a_roster(app)["handover"]


@pytest.fixture
def client(app):
    return partial(visitor_of, app)


def test_the_relief_sees_the_note_on_today_counts_the_keys_and_signs(client, handed):
    guard, officer = client("zh", INSPECTOR), client("zh", OFFICER)

    today = guard.page("/today")
    wrong = guard.post(f"{GATE}/take", {"handover": handed, "counted": "11"}, token_from=GATE)
    said = {"handover": handed, "counted": "11", "differs": "少一把"}
    signed = guard.post(f"{GATE}/take", said, token_from=GATE)
    again = guard.post(f"{GATE}/take", said, token_from="/account/")

    assert GATE in today
    assert "请说明差在哪里" in wrong.get_data(as_text=True)
    assert (422, 302, 409) == (wrong.status_code, signed.status_code, again.status_code)
    assert "接班清点 11 把" in guard.page(GATE)
    assert "已接班" in officer.page("/handovers/")


def test_who_stands_the_shift_writes_and_may_write_again(client, handed):
    guard = client("zh", INSPECTOR)
    note = {"id": "0f2b8c1e-0000-4000-8000-000000000001", "notes": "水泵异响", "keys": "x"}

    wrong = guard.post(TODAY, note, token_from=TODAY)
    kept = guard.post(TODAY, {**note, "keys": "12"}, token_from=TODAY)

    assert (422, 302) == (wrong.status_code, kept.status_code)
    assert "水泵异响" in wrong.get_data(as_text=True)
    assert "补写新版本" in guard.page(TODAY)
    assert 'name="notes"' in guard.page(f"{TODAY}?again=1")


def test_a_form_edited_after_it_was_sent_comes_back_with_what_was_typed(client, handed):
    guard = client("zh", INSPECTOR)
    note = {"id": "0f2b8c1e-0000-4000-8000-000000000002", "notes": "水泵异响", "keys": "12"}
    guard.post(TODAY, note, token_from=TODAY)

    edited = {**note, "notes": "水泵已修好"}
    refused = guard.post(TODAY, edited, token_from=f"{TODAY}?again=1")

    page = refused.get_data(as_text=True)
    assert 409 == refused.status_code
    assert "本次填写的内容尚未保存" in page
    assert "水泵已修好</textarea>" in page
    assert note["id"] not in page


@pytest.mark.parametrize(
    "path",
    ["chunmiao/gate-post/2026-11-22/X", "chunmiao/gate-post/yesterday/E", "x/y/2026-11-22/E"],
)
def test_a_change_of_shift_that_is_none_is_not_found(path, client, handed):
    client("zh", INSPECTOR).page(f"/handovers/{path}", status=404)
