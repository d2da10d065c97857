"""Getting to the right checklist on the tablet: with a network, and in a basement without one."""

from datetime import timedelta

import pytest

from inspections.codes.short_code import (
    ALPHABET,
    LENGTH,
    READ_AS,
    CodeMistyped,
    code_from,
    fits,
    read_code,
)
from tests.browser.server import serving
from tests.browser.visit import PHONE, Look, Visitors
from tests.photos import a_photo
from tests.web.a_report import KITCHEN
from tests.web.conftest import MONDAY, application, planned_record
from tests.web.pages import INSPECTOR

pytestmark = pytest.mark.browser
SITE = "EWT7Q8"
WAIT_MS = 20_000
HELD = """async (paths) => {
  const { keptCodes } = await import("/static/js/codes/kept_codes.js");
  const held = (path) => caches.match(new URL(path, location.origin), { ignoreVary: true });
  return (await Promise.all(paths.map(held))).every(Boolean) && (await keptCodes()).size > 0;
}"""
# Debian's Chromium reads no squares and has no camera here, so the test brings both.
READER = """
globalThis.squares = [];
globalThis.BarcodeDetector = class {
  static getSupportedFormats = async () => ["qr_code"];
  detect = async () => globalThis.squares.map((rawValue) => ({ rawValue }));
};
navigator.mediaDevices.getUserMedia = async () => {
  const stream = Object.assign(document.createElement("canvas"), { width: 9 }).captureStream(5);
  globalThis.track = stream.getVideoTracks()[0];
  globalThis.track.getCapabilities = () => ({ torch: true });
  globalThis.track.applyConstraints = async (wish) => { globalThis.asked = wish.advanced; };
  return stream;
};
"""
SHRUNK = (
    "() => [...document.querySelector('#photos').files].every((one) => one.type === 'image/jpeg')"
)
WIDTHS = """async () => {
  const files = [...document.querySelector("#photos").files];
  return (await Promise.all(files.map((one) => createImageBitmap(one)))).map((one) => one.width);
}"""
READY = "() => navigator.serviceWorker.controller !== null"


@pytest.fixture(scope="module")
def tablets(tmp_path_factory, browser):
    url = f"sqlite:///{tmp_path_factory.mktemp('keypad')}/record.db"
    planned_record(url)
    app = application(url)
    # Lunch is being served, and the plan gives its observation to this inspector.
    app.config["CLOCK"] = lambda: MONDAY + timedelta(hours=2, minutes=40)
    with serving(app) as address:
        yield Visitors(browser, address, service_workers="allow")


def wait_until_kept(tab, *paths):
    """Wait until the device holds these pages and its codes."""
    for _ in range(WAIT_MS // 250):
        if tab.evaluate(HELD, list(paths)):
            return
        tab.wait_for_timeout(250)
    pytest.fail(f"The tablet did not keep {paths}.")


def press(tab, code):
    for key in code:
        tab.click(f'[data-key="{key}"]')


def test_typed_code_opens_the_right_checklist_in_one_tap_without_a_network(tablets):
    with tablets.looking("/scan", Look(), account=INSPECTOR, losing=True) as tab:
        tab.set_default_timeout(WAIT_MS)
        tab.wait_for_function(READY)
        codes = tab.evaluate("async () => (await (await fetch('/sync/codes')).json()).codes")
        run = next(url for code, url, _name, _checks in codes if code == SITE)
        wait_until_kept(tab, "/scan", run)
        tab.context.set_offline(True)
        tab.goto(tablets.address + "/scan")

        press(tab, SITE[1] + SITE[0] + SITE[2:])
        swapped = tab.inner_text("[data-say]")
        tab.click(".xj-near button")
        checklist = tab.wait_for_selector("[data-do] a")
        title = checklist.inner_text()
        checklist.click()
        tab.wait_for_selector("[data-item]")

        assert swapped == "有两个相邻字符颠倒了。"
        assert title == "每日就餐观察"
        assert tab.url == tablets.address + run


def test_camera_reads_a_label_lights_the_dark_and_stops_by_itself(tablets):
    with tablets.looking("/account/", Look(), account=INSPECTOR, losing=True) as tab:
        tab.set_default_timeout(WAIT_MS)
        tab.add_init_script(READER)
        tab.goto(tablets.address + "/scan")
        tab.click("[data-start]")
        tab.click("[data-torch]")
        lit = tab.evaluate("() => globalThis.asked")
        tab.evaluate("() => { globalThis.squares = ['https://elsewhere.example/menu']; }")
        tab.wait_for_function("() => document.querySelector('[data-scan-say]').textContent.length")
        foreign = tab.input_value("#code")
        tab.evaluate("(url) => { globalThis.squares = [url]; }", f"{tablets.address}/a/{KITCHEN}")
        tab.wait_for_selector("[data-found] section")

        assert lit == [{"torch": True}]
        assert foreign == ""
        assert tab.input_value("#code") == KITCHEN
        assert tab.is_visible("[data-start]")
        assert tab.evaluate("() => globalThis.track.readyState") == "ended"


def test_stranger_reports_with_photos_as_large_as_a_telephone_takes_them(tablets, tmp_path):
    photos = [tmp_path / f"{seed}.png" for seed in range(3)]
    for seed, path in enumerate(photos):
        path.write_bytes(a_photo("PNG", (2400, 1800), seed))

    with tablets.looking(f"/a/{KITCHEN}", Look(size=PHONE)) as tab:
        tab.set_default_timeout(WAIT_MS)
        tab.fill("#what", "水槽下面漏水")
        tab.set_input_files("#photos", photos)
        tab.wait_for_function(SHRUNK)
        widths = tab.evaluate(WIDTHS)
        tab.click("form button.xj-btn--main")
        tab.wait_for_selector(".xj-number")

        assert widths == [1600, 1600, 1600]
        assert tab.inner_text(".xj-number") == "R-2026-00001"
        assert "附 3 张照片" in tab.inner_text("main")


def test_script_and_server_read_codes_alike(tablets):
    right = [code_from(str(number)) for number in range(40)]
    typed = [
        *right,
        *(code[:2] + code[3] + code[2] + code[4:] for code in right),
        *(code.lower().replace("8", "b") for code in right),
        *("", "7K3F", "7K0F9Q", KITCHEN, "７Ｋ３Ｆ－９Ｑ", "7K3F-9QQ"),
    ]
    rules = {"alphabet": ALPHABET, "length": LENGTH, "readAs": READ_AS}

    with tablets.looking("/scan", Look(), account=INSPECTOR, losing=True) as tab:
        found = tab.evaluate(
            "async ([typed, rules]) => {"
            " const { readCode } = await import('/static/js/codes/short_code.js');"
            " return typed.map((each) => readCode(each, rules)); }",
            [typed, rules],
        )

    assert [_read(each) for each in typed] == [one.get("code") or one["mistake"] for one in found]
    assert not all(map(fits, typed))


def _read(typed):
    try:
        return read_code(typed)
    except CodeMistyped as mistake:
        return mistake.kind
