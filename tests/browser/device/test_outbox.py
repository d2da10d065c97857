"""The device's own record in a real browser: nothing typed is lost, nothing is sent twice."""

import hashlib
import json

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route

from tests.browser.device.conftest import call
from tests.browser.visit import Look
from tests.photos import a_photo
from tests.web.pages import INSPECTOR

pytestmark = pytest.mark.browser
SERVER_AT = "2026-11-23T00:47:00+00:00"
STORE = "store.js"
OUTBOX = "outbox.js"

TAKE_PHOTO = """
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [40, 40];
  const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg'));
  const {id, sha256} = await it.putPhoto({bytes: await blob.arrayBuffer(), type: blob.type});
  return {id, sha256};
"""
REPORT = """
  const finding = crypto.randomUUID();
  const what = {finding, site: 'chunmiao', target_kind: 'site', what: '渗水', severity: 'minor'};
  await it.put('finding', {...what, photos_expected: 1});
  const picture = {photo: '%s', sha256: '%s', width: 40, height: 40, strokes: []};
  await it.put('photo', {...picture, finding, caption: '', taken_at: new Date().toISOString()});
"""


@pytest.fixture
def tab(tablets):
    with tablets.looking("/today", Look(), account=INSPECTOR, losing=True) as opened:
        opened.set_default_timeout(20_000)
        yield opened


class Receiver:
    """
    What answers `/sync/…`; it keeps what arrived and can lose its acknowledgement.

    Attributes:
        arrived: The items of each request, in order.
        echoes: Whether it says what it received.
    """

    def __init__(self, tab: Tab) -> None:
        self.arrived: list[list[dict]] = []
        self.echoes = True
        tab.context.route("**/sync/token", self._greet)
        tab.context.route("**/sync/items", self._take)

    def _greet(self, route: Route) -> None:
        said = {"token": "t", "account": INSPECTOR, "organisation": "o", "server_at": SERVER_AT}
        route.fulfill(json=said)

    def _take(self, route: Route) -> None:
        items = json.loads(route.request.post_data)["items"]
        self.arrived.append(items)
        if not self.echoes:
            route.abort()
            return
        answers = [
            {"id": one["id"], "sha256": one["sha256"], "status": "stored", "received_at": SERVER_AT}
            for one in items
        ]
        route.fulfill(json={"server_at": SERVER_AT, "answers": answers})


def test_a_draft_survives_an_immediate_reload(tab):
    """The page goes in the same breath as the touch, before the database can have written it."""
    kept = []

    for number in range(8):
        touch = f"d.answers = {{a: {{value: '{number}'}}}}; it.saveDraft(d); location.reload();"
        with tab.expect_navigation():
            call(tab, STORE, f"const d = await it.draft(7) ?? {{occurrence: 7}}; {touch}")
        kept.append(call(tab, STORE, "return (await it.draft(7)).answers.a.value;"))

    assert [str(number) for number in range(8)] == kept


def test_two_tabs_send_each_entry_once(tab):
    receiver = Receiver(tab)
    other = tab.context.new_page()
    other.goto(tab.url)

    for page in (tab, other):
        call(page, OUTBOX, "for (const n of [1, 2, 3]) it.put('answer', {inspection: 'i', n});")
    for page in (other, tab):
        page.bring_to_front()
        call(page, OUTBOX, "await it.sendNow();")

    sent = [one["id"] for items in receiver.arrived for one in items]
    assert len(sent) == 6
    assert len(set(sent)) == 6
    assert call(tab, OUTBOX, "return (await it.waiting()).length;") == 0


def test_an_entry_waits_until_its_hash_is_echoed(tab):
    receiver = Receiver(tab)
    receiver.echoes = False
    put = "await it.put('answer', {inspection: 'i', note: '地下室'}); await it.sendNow();"
    read = (
        "return (await it.all()).map(({state, attempts, problem}) => [state, attempts, problem]);"
    )

    call(tab, OUTBOX, put)
    lost = call(tab, OUTBOX, read)
    receiver.echoes = True
    call(tab, OUTBOX, "await it.sendNow();")
    found = call(tab, OUTBOX, read)

    [sent] = receiver.arrived[-1]
    assert lost[0][::2] == ["waiting", {"code": "unreachable"}]
    assert found[0][0] == "sent"
    assert all(one["sha256"] == sent["sha256"] for [one] in receiver.arrived)
    assert len(receiver.arrived) > 1
    assert hashlib.sha256(sent["body"].encode()).hexdigest() == sent["sha256"]


def test_an_entry_can_be_taken_back_until_it_is_sent(tab):
    receiver = Receiver(tab)
    hold = "{notBefore: Date.now() + 8000}"

    early = call(
        tab,
        OUTBOX,
        f"const {{id}} = await it.put('answer', {{inspection: 'i', n: 1}}, {hold});"
        "await it.sendNow(); return it.takeBack(id);",
    )
    late = call(
        tab,
        OUTBOX,
        "const {id} = await it.put('answer', {inspection: 'i', n: 2});"
        "await it.sendNow(); return it.takeBack(id);",
    )

    assert (early, late) == (True, False)
    assert [2] == [json.loads(one["body"])["n"] for items in receiver.arrived for one in items]


def test_a_photo_goes_again_where_its_acknowledgement_was_lost_and_then_leaves_the_device(tab):
    """Against the real service: the bytes first, each photo by itself, then what they show."""

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    turns = [1.2, 0.1]

    def others_first(route: Route) -> None:
        if turns:
            route.fulfill(status=503, json={"code": "turn", "retry_in": turns.pop(0)})
        else:
            route.continue_()

    tab.context.route("**/sync/photos/*", lose)
    read = (
        "return (await it.all()).slice(-2)"
        ".map(({state, problem, attempts}) => [state, problem?.code, attempts]);"
    )

    photo = call(tab, STORE, TAKE_PHOTO)
    call(tab, OUTBOX, REPORT % (photo["id"], photo["sha256"]))
    lost = call(tab, OUTBOX, f"await it.sendNow(); {read}")
    tab.context.unroute("**/sync/photos/*")
    tab.context.route("**/sync/photos/*", others_first)
    found = call(tab, OUTBOX, f"await it.sendNow(); {read}")

    # The words are there though the photo is not; to wait for one's turn is no attempt.
    assert lost == [["sent", None, 1], ["waiting", "unreachable", 1]]
    assert not turns
    assert found == [["sent", None, 1], ["sent", None, 2]]
    assert call(tab, STORE, f"return it.photo('{photo['id']}');") is None


def test_a_photo_that_the_server_refuses_is_left_alone_until_another_takes_its_place(tab):
    broken = """
      const bytes = new TextEncoder().encode('no photo at all').buffer;
      const {id, sha256} = await it.putPhoto({bytes, type: 'image/jpeg'});
      return {id, sha256};
    """
    read = (
        "return (await it.all()).slice(-2)"
        ".map(({state, problem, attempts}) => [state, problem?.code, attempts]);"
    )
    photo = call(tab, STORE, broken)
    call(tab, OUTBOX, REPORT % (photo["id"], photo["sha256"]))

    refused = call(tab, OUTBOX, f"await it.sendNow(); await it.sendNow(); {read}")
    tab.goto(tab.url.replace("/today", "/tablet"))
    row = tab.locator(".xj-q", has=tab.locator("[data-ways-out]:visible"))
    row.locator("[data-again]").click()
    tab.wait_for_selector(".xj-q__m:has-text('已试 2 次')")
    row.locator("input[type=file]").set_input_files(
        {"name": "p.png", "mimeType": "image/png", "buffer": a_photo("PNG", (320, 240))}
    )
    tab.wait_for_selector("[data-done]:has-text('已换成另一张照片')")
    tab.wait_for_selector("[data-part=waiting]", state="hidden")
    found = call(tab, OUTBOX, read)

    assert refused == [["sent", None, 1], ["waiting", "not-a-photo", 1]]
    assert [one[:2] for one in found] == [["sent", None], ["sent", None]]
