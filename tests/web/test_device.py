"""What makes the service installable and lets it open without a network."""

import re

import pytest

from tests.web.pages import INSPECTOR, OFFICER


@pytest.fixture
def bundle(client):
    visitor = client(account=INSPECTOR)
    return visitor, visitor.raw.get("/sync/bundle").get_json()


def test_worker_is_asked_for_anew_each_time_and_names_files_that_are_there(client):
    visitor = client()

    answer = visitor.raw.get("/sw.js")
    assets = re.search(r'"assets": \[(.*?)\]', answer.get_data(as_text=True))[1]

    paths = [path.strip(' "') for path in assets.split(",")]
    assert answer.headers["Cache-Control"] == "no-cache"
    assert len(paths) > 40
    assert [] == [path for path in paths if visitor.raw.get(path, buffered=True).status_code != 200]


def test_worker_of_another_language_is_another_version(client):
    versions = {
        re.search(r'"version": "(\w+)"', client(language).raw.get("/sw.js").text)[1]
        for language in ("zh", "en", "zh")
    }

    assert len(versions) == 2


def test_manifest_says_what_browsers_want_before_they_install(client):
    visitor = client()

    manifest = visitor.raw.get("/manifest.webmanifest").get_json()

    sizes = {icon["sizes"] for icon in manifest["icons"] if icon["purpose"] == "any"}
    assert sizes >= {"192x192", "512x512"}
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/",
        "/",
        "standalone",
    )
    for icon in manifest["icons"]:
        assert visitor.raw.get(icon["src"], buffered=True).get_data()[:4] == b"\x89PNG"


def test_bundle_lists_the_day_of_its_person(bundle):
    visitor, said = bundle

    urls = [page["url"] for page in said["pages"]]
    todo = set(re.findall(r'href="(/occurrences/\d+)"', visitor.html("/today")))
    assert said["account"] == INSPECTOR
    assert {"/today", "/tablet"} <= set(urls)
    assert todo
    assert todo <= set(urls)
    assert {f"{path}/run" for path in todo} <= set(urls)


def test_every_page_of_the_bundle_may_be_kept_and_says_whose_it_is(bundle):
    visitor, said = bundle

    files = re.search(r'"files": "(\w+)"', visitor.raw.get("/sw.js").text)[1]
    for page in said["pages"]:
        headers = visitor.raw.get(page["url"]).headers
        assert (headers["X-Xunjian-Keep"], headers["X-Xunjian-Account"]) == (files, INSPECTOR)


def test_digest_of_a_page_stays_until_something_changes(client):
    visitor = client(account=INSPECTOR)
    first, again = (visitor.raw.get("/sync/bundle").get_json()["pages"] for _ in range(2))

    english = client("en", INSPECTOR).raw.get("/sync/bundle").get_json()["pages"]

    assert first == again
    assert not {page["digest"] for page in first} & {page["digest"] for page in english}


def test_pages_of_the_desk_are_not_kept(client):
    headers = client(account=OFFICER).raw.get("/coverage").headers

    assert "X-Xunjian-Keep" not in headers
    assert headers["X-Xunjian-Account"] == OFFICER


def test_stranger_gets_no_bundle_and_no_page_of_anybody(client):
    visitor = client()

    assert visitor.raw.get("/sync/bundle").status_code == 401
    assert "X-Xunjian-Account" not in visitor.raw.get("/account/sign-in").headers


def test_message_to_the_person_is_not_spent_on_the_device(client):
    visitor = client(account=INSPECTOR)
    visitor.post("/account/messages", {}, token_from="/account/messages")

    with visitor.raw.session_transaction() as session:
        session["_flashes"] = [("ok", "gespeichert")]
    kept = visitor.raw.get("/today", headers={"X-Xunjian-Refresh": "1"}).text
    shown = visitor.html("/today")

    assert "gespeichert" not in kept
    assert "gespeichert" in shown


def test_scripts_import_each_other_within_one_version(client):
    visitor = client(account=INSPECTOR)
    address = re.search(r'src="([^"]*js/device/device\.js)"', visitor.html("/today"))[1]

    neighbour = visitor.raw.get(address.replace("device.js", "store.js"), buffered=True)
    older = visitor.raw.get(re.sub(r"/at-\w+/", "/at-0000000000/", address), buffered=True)

    assert "immutable" in neighbour.headers["Cache-Control"]
    assert older.status_code == 200
    assert "immutable" not in older.headers["Cache-Control"]
