"""python-caldav and vdirsyncer against the running bridge, and the record after each step."""

import base64
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import caldav
import pytest


@pytest.fixture
def phone(running):
    """The person's list, as python-caldav sees it."""
    with caldav.DAVClient(
        url=running.bridge, username=running.name, password=running.password
    ) as client:
        (calendar,) = client.principal().calendars()
        yield calendar


def todos(calendar):
    found = calendar.get_todos(include_completed=True)
    return {str(one.icalendar_component["UID"]).split("@")[0][5:]: one for one in found}


def test_the_list_holds_the_persons_open_tasks_with_the_way_back(running, phone):
    found = todos(phone)

    assert {running.evidence, running.plain} == set(found)
    task = found[running.evidence].icalendar_component
    assert "NEEDS-ACTION" == task["STATUS"]
    number = running.evidence.partition("-")[2]
    assert f"{running.xunjian}/occurrences/{number}" == task["URL"]
    assert "依据" in task["DESCRIPTION"]


def test_a_tick_without_evidence_is_said_and_comes_back_unfinished(running, phone):
    todos(phone)[running.evidence].complete()

    assert ["scheduled", "reported"] == running.state(running.evidence)
    again = todos(phone)[running.evidence].icalendar_component
    assert "IN-PROCESS" == again["STATUS"]
    assert str(again["SUMMARY"]).startswith("已报完成，缺佐证 · ")


def test_a_tick_where_nothing_is_asked_for_does_the_task(running, phone):
    todos(phone)[running.plain].complete()

    assert ["done", "started", "performed"] == running.state(running.plain)
    assert "COMPLETED" == todos(phone)[running.plain].icalendar_component["STATUS"]


def test_what_is_done_is_not_undone_by_a_task_app(running, phone):
    todos(phone)[running.plain].complete()
    task = todos(phone)[running.plain]

    with pytest.raises(caldav.error.DAVError):
        task.uncomplete()

    assert "done" == running.state(running.plain)[0]


def test_what_was_only_said_is_taken_back(running, phone):
    todos(phone)[running.evidence].complete()
    task = todos(phone)[running.evidence]

    task.uncomplete()

    assert ["scheduled", "reported", "report-withdrawn"] == running.state(running.evidence)


def test_a_changed_title_changes_nothing(running, phone):
    task = todos(phone)[running.evidence]
    before = str(task.icalendar_component["SUMMARY"])
    with task.edit_icalendar_component() as component:
        component["SUMMARY"] = "something else"
    task.save()

    assert before == str(todos(phone)[running.evidence].icalendar_component["SUMMARY"])
    assert ["scheduled"] == running.state(running.evidence)


def test_only_what_changed_is_synchronised(running, phone):
    first = phone.get_objects_by_sync_token(load_objects=False)
    todos(phone)[running.plain].complete()

    second = phone.get_objects_by_sync_token(first.sync_token, load_objects=False)

    assert [f"{running.plain}.ics"] == [str(one.url).rsplit("/", 1)[1] for one in second]


def asked(running, method, path, *, name=None, password=None, body=None, **headers):
    pair = f"{name or running.name}:{password or running.password}"
    request = urllib.request.Request(
        running.bridge + path, data=body, method=method,
        headers={"Authorization": "Basic " + base64.b64encode(pair.encode()).decode(), **headers},
    )  # fmt: skip
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


NEW = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:mine\r\n"
    b"DTSTAMP:20261101T000000Z\r\nSUMMARY:mine\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"
)


def test_nobody_gets_further_than_their_own_list(running):
    own, task = f"/{running.name}/tasks/", f"/{running.name}/tasks/{running.evidence}.ics"

    assert 401 == asked(running, "PROPFIND", own, password="wrong")
    assert 403 == asked(running, "PROPFIND", f"/{running.other}/tasks/")
    assert asked(running, "GET", task, name=running.other, password=running.other_password) in {
        403,
        404,
    }
    assert 403 == asked(running, "DELETE", task)
    assert 403 == asked(running, "DELETE", own)
    assert 403 == asked(running, "MKCALENDAR", f"/{running.name}/more/")
    assert 403 == asked(running, "PROPPATCH", own)
    assert 403 == asked(running, "PUT", f"/{running.name}/tasks/mine.ics", body=NEW)
    assert 412 == asked(running, "PUT", task, body=NEW, **{"If-Match": '"stale"'})
    assert ["scheduled"] == running.state(running.evidence)


def test_a_stopped_device_is_out_at_once(running):
    own = f"/{running.name}/tasks/"
    assert 207 == asked(running, "PROPFIND", own)

    running.stop_device()

    assert 401 == asked(running, "PROPFIND", own)


CONFIG = """
[general]
status_path = "{folder}/status/"
[pair tasks]
a = "here"
b = "there"
collections = ["from b"]
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/here/"
fileext = ".ics"
[storage there]
type = "caldav"
url = "{url}"
username = "{name}"
password = "{password}"
item_types = ["VTODO"]
"""


def test_vdirsyncer_brings_the_tasks_and_takes_the_tick(running, tmp_path):
    config = tmp_path / "vdirsyncer.conf"
    values = {"url": running.bridge, "name": running.name, "password": running.password}
    config.write_text(CONFIG.format(folder=tmp_path, **values))
    tool = [str(Path(sys.executable).with_name("vdirsyncer")), "-c", str(config)]

    def run(*arguments):
        done = subprocess.run(
            [*tool, *arguments],
            input="y\n" * 9,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert 0 == done.returncode, done.stdout + done.stderr

    run("discover", "tasks")
    run("sync")
    folder = tmp_path / "here" / "tasks"
    (path,) = [one for one in folder.iterdir() if running.plain in one.read_text()]
    text = path.read_text()
    assert 2 == len(list(folder.iterdir()))

    path.write_text(text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED"))
    run("sync")
    run("sync")

    assert "done" == running.state(running.plain)[0]
    assert "PERCENT-COMPLETE:100" in path.read_text()
