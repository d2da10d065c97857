"""A round without a network: what was on the tablet opens, and what waits stays whose it is."""

import json
import time

import pytest

from tests.browser.device.conftest import call, kept_for, kept_pages, ready_for_the_basement, until
from tests.browser.visit import TABLET, Look
from tests.web.pages import INSPECTOR, OFFICER
from web import assets

pytestmark = pytest.mark.browser
LOOK = Look(size=TABLET)
OUTBOX = "outbox.js"
PUT = "await it.put('finding', {finding: crypto.randomUUID(), what: '渗水'}, {title: '渗水'});"
WAITING = "return (await it.waiting()).length;"
# A page that is not kept is waited for ten seconds, LIMIT_UNKEPT_MS in sw.js.
BEYOND_PATIENCE_S = 11
CHIP = "[data-sync-chip]"
BANNER = "[data-sync-banner]"
# What a worker does when another person's page arrives.
NEXT_PERSON = """async (name) => {
  const pages = (await caches.keys()).filter((each) => each.startsWith('xj-pages-'));
  await Promise.all(pages.map((each) => caches.delete(each)));
  const note = new Response(name, {headers: {'X-Since': 'later'}});
  await (await caches.open('xj-facts')).put(new URL('/whose', location).href, note);
}"""
NOTED = "async () => (await caches.match(new URL('/whose', location).href)).text()"


@pytest.fixture
def tab(tablets):
    with tablets.looking("/today", LOOK, account=INSPECTOR, losing=True) as opened:
        opened.set_default_timeout(20_000)
        yield opened


def is_kept(tab) -> bool:
    return tab.evaluate("() => 'kept' in document.documentElement.dataset")


def test_the_round_opens_though_the_browser_was_closed_and_the_server_is_gone(tab, station):
    run, *_others = ready_for_the_basement(tab)
    station.away = True
    tab.close()

    later = tab.context.new_page()
    opened = {}
    for path in ("/", "/today", run, "/tablet"):
        later.goto(station.address + path)
        later.wait_for_selector(f"{BANNER}:has-text('截至')")
        opened[path] = is_kept(later)
    elsewhere = later.goto(f"{station.address}/calendar/guides/apple")

    assert dict.fromkeys(("/", "/today", run, "/tablet"), True) == opened
    assert elsewhere is not None
    assert elsewhere.status == 503
    assert "本机没有这一页" in later.locator("h1").inner_text()


def test_a_slow_server_is_not_waited_for_and_the_state_is_told_of_the_server(tab, station):
    """The network is there all the time: only asking the server can tell."""
    ready_for_the_basement(tab)
    station.delay = 20.0

    tab.goto(f"{station.address}/today")
    kept = is_kept(tab)
    tab.wait_for_selector(f"{BANNER}:has-text('服务器联系不上')")
    online = tab.evaluate("() => navigator.onLine")
    station.delay = 0.0
    call(tab, "pulse.js", "await it.ping();")
    reload = tab.locator("[data-reload]")
    reload.click()
    tab.wait_for_function("() => !('kept' in document.documentElement.dataset)")
    tab.wait_for_selector(f"{CHIP}:has-text('已同步')")

    assert kept
    assert online


def test_an_expired_sign_in_keeps_everything_and_says_how_much(tab):
    ready_for_the_basement(tab)
    session = [one for one in tab.context.cookies() if one["name"] == "session"]
    tab.context.clear_cookies(name="session")

    waiting = call(tab, OUTBOX, f"{PUT} {PUT} await it.sendNow(); {WAITING}")
    tab.wait_for_selector(f"{BANNER}:has-text('发送 2 条')")
    said = tab.locator(BANNER).inner_text()
    tab.context.add_cookies(session)
    after = call(tab, OUTBOX, f"await it.sendNow(); {WAITING}")

    assert waiting == 2
    assert "登录" in said
    assert after == 0


def test_a_sign_in_that_does_not_come_keeps_nobody_from_a_page_that_is_here(tab, station):
    run, *_others = ready_for_the_basement(tab)
    tab.context.clear_cookies(name="session")
    station.broken.add("/account/sign-in")

    tab.goto(station.address + run)
    tab.wait_for_selector("[data-next]:not([hidden])")
    kept = is_kept(tab), tab.url
    station.recover()
    tab.goto(station.address + run)
    tab.wait_for_selector("input[name=password]")

    assert (True, station.address + run) == kept


def test_a_sign_in_is_waited_for_only_by_who_chose_it(tab, station):
    run, *_others = ready_for_the_basement(tab)
    tab.context.clear_cookies(name="session")
    station.held.add("/account/sign-in")

    tab.goto(station.address + run)
    tab.wait_for_selector("[data-next]:not([hidden])")
    kept = is_kept(tab), tab.url
    call(tab, OUTBOX, f"{PUT} await it.sendNow();")
    tab.locator(f"{BANNER} [data-sign-in]").click(no_wait_after=True)
    time.sleep(BEYOND_PATIENCE_S)
    station.recover()
    tab.wait_for_selector("input[name=password]")

    assert (True, station.address + run) == kept


def test_what_is_kept_is_shown_though_the_note_of_who_is_here_was_lost(tab, station):
    """As after a battery that died; once the server is back, the note is there again."""
    run, *_others = ready_for_the_basement(tab)
    tab.evaluate("() => caches.delete('xj-facts')")
    station.away = True

    tab.goto(station.address + run)
    tab.wait_for_selector("[data-next]:not([hidden])")
    kept = is_kept(tab)
    station.recover()
    tab.goto(station.address + run)
    noted = until(lambda: tab.evaluate(f"async () => ({NOTED})().catch(() => '')"), INSPECTOR)

    assert kept
    assert INSPECTOR == noted
    assert [INSPECTOR] == kept_for(tab)


def test_another_person_on_the_tablet_neither_sees_nor_sends_what_waits(tab, tablets, station):
    ready_for_the_basement(tab)
    tab.context.route("**/sync/items", lambda route: route.abort())
    call(tab, OUTBOX, f"{PUT} await it.sendNow();")
    tab.context.unroute("**/sync/items")
    first = [one for one in tab.context.cookies() if one["name"] == "session"]

    tab.context.add_cookies(tablets.signed_in(OFFICER))
    tab.goto(f"{station.address}/tablet")
    seen = call(tab, OUTBOX, f"await it.sendNow(); {WAITING}")
    tab.wait_for_selector("[data-others-list]:has-text('1 条')")
    others = tab.locator("[data-others-list]").inner_text()
    pages = until(lambda: kept_pages(tab)[0], OFFICER)
    tab.context.add_cookies(first)
    tab.goto(f"{station.address}/tablet")
    sent = call(tab, OUTBOX, "await it.sendNow(); return (await it.all()).map(one => one.account);")

    assert seen == 0
    assert f"1 条属于 {INSPECTOR}" in others
    assert "渗水" not in others
    assert pages == OFFICER
    assert sent == [INSPECTOR]


def test_what_is_still_on_its_way_for_one_person_is_not_kept_for_the_next(tab, tablets, station):
    next_person = tablets.signed_in(OFFICER)
    ready_for_the_basement(tab)
    station.delay = 3  # one page of the first person is on its way for so long
    tab.wait_for_timeout(500)
    station.delay = 0

    tab.context.add_cookies(next_person)
    tab.goto(f"{station.address}/account/")
    until(lambda: OFFICER in kept_for(tab), wanted=True)
    tab.wait_for_timeout(3_500)

    assert kept_for(tab) == [OFFICER]


def test_the_day_of_the_next_person_does_not_wait_for_a_new_worker(tab, tablets, station):
    """A browser that looks for a newer worker answers no registration until it has found one."""
    ready_for_the_basement(tab)
    station.held.add("/sw.js")
    tab.evaluate("() => void navigator.serviceWorker.getRegistration().then((it) => it.update())")
    is_asked = until(lambda: "/sw.js?" in station.under_way, wanted=True)

    tab.context.add_cookies(tablets.signed_in(OFFICER))
    tab.goto(f"{station.address}/account/")
    kept = until(lambda: "/findings" in kept_pages(tab)[1], wanted=True)

    assert is_asked
    assert kept
    assert [OFFICER] == kept_for(tab)


def test_an_answer_of_an_older_worker_brings_nobody_back(tab, station):
    """While the app is upgraded two workers answer; the newer one has met the next person."""
    ready_for_the_basement(tab)
    station.delay = 1.5
    late = tab.context.new_page()
    # To the server the inspector is still here: a refresh by the late page would rightly say so.
    late.add_init_script("ServiceWorker.prototype.postMessage = () => {}")
    late.goto("about:blank")
    late.evaluate("(url) => { location.href = url; }", f"{station.address}/today?late")
    is_asked = until(lambda: "/today?late" in station.under_way, wanted=True)

    tab.evaluate(NEXT_PERSON, OFFICER)
    late.wait_for_selector(CHIP, state="attached")
    station.delay = 0.0
    late.close()
    tab.wait_for_timeout(500)

    assert is_asked
    assert OFFICER == tab.evaluate(NOTED)
    assert [] == kept_for(tab)


def test_signing_out_waits_for_what_waits_or_for_the_file_that_holds_it(tab, station, tablets):
    tablets.sessions.clear()  # this one ends here
    ready_for_the_basement(tab)
    tab.context.route("**/sync/items", lambda route: route.abort())
    tab.goto(f"{station.address}/tablet")
    call(tab, OUTBOX, f"{PUT} await it.sendNow();")
    dialog = tab.locator("dialog[data-sign-out]")

    tab.locator("form[action='/account/sign-out'] button").click()
    dialog.wait_for()
    may_leave = dialog.locator("[data-do=leave]").is_visible()
    with tab.expect_download() as download:
        dialog.locator("[data-do=export]").click()
    dialog.locator("[data-do=leave]").click()
    tab.wait_for_url("**/account/sign-in")

    file = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert not may_leave
    assert (file["format"], file["account"]) == ("xunjian-tablet/1", INSPECTOR)
    assert [json.loads(item["body"])["what"] for item in file["items"]] == ["渗水"]
    assert until(lambda: kept_pages(tab), ("", [])) == ("", [])


def test_an_upgrade_loses_neither_what_waits_nor_the_files_of_an_open_page(
    tab, station, monkeypatch
):
    run, *_others = ready_for_the_basement(tab)
    tab.context.route("**/sync/items", lambda route: route.abort())
    call(tab, OUTBOX, f"{PUT} await it.sendNow();")
    older = tab.locator("script[src*='/device/device.js']").get_attribute("src")
    monkeypatch.setattr(assets, "scripts_version", lambda _folder: "newer")

    tab.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    shells = "async () => (await caches.keys()).filter((one) => one.startsWith('xj-shell-')).length"
    until(lambda: tab.evaluate(shells), 2)
    station.away = True
    old_file = tab.evaluate("async (url) => (await fetch(url)).status", older)
    tab.goto(station.address + run)
    waiting = call(tab, OUTBOX, WAITING)

    assert "newer" not in older
    assert old_file == 200
    assert is_kept(tab)
    assert waiting == 1


def test_an_upgrade_whose_files_do_not_come_leaves_the_page_that_is_here(tab, station, monkeypatch):
    """A page without its scripts is dead, and would be the one that is kept."""
    run, *_others = ready_for_the_basement(tab)
    monkeypatch.setattr(assets, "scripts_version", lambda _folder: "newer")
    station.broken.add("/static/at-newer/js/device/device.js")

    tab.goto(station.address + run)
    tab.wait_for_selector("[data-next]:not([hidden])")
    kept = is_kept(tab), tab.locator("script[src*='at-newer']").count()
    tab.wait_for_selector(f"{BANNER} [data-reload]:visible")
    tab.locator("[data-reload]").click()
    tab.wait_for_selector("script[src*='at-newer']", state="attached")
    station.recover()

    def shows_the_newest() -> bool:
        tab.reload()
        return not is_kept(tab) and tab.locator("script[src*='at-newer']").count() > 0

    assert (True, 0) == kept
    assert until(shows_the_newest, wanted=True)
