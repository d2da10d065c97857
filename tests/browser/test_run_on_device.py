"""Running a check on the tablet: how many taps it takes, and that nothing touched is lost."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Route
from sqlalchemy import select

from inspections.database import open_database
from inspections.models import AnswerRow, FindingRow, InspectionRow, SignatureRow
from tests.browser.run_on_device import (
    COUNT,
    ITEMS,
    answer_well,
    fail,
    item,
    long_check,
    photo,
    sign,
)
from tests.browser.visit import Look
from tests.web.pages import INSPECTOR

pytestmark = pytest.mark.browser
TALL = Look(size=(820, 9000))
ARRIVED_MS = 30_000
OUTBOX = """async () => (await (await import('/static/js/device/outbox.js')).all())
  .filter(one => one.state === 'waiting')
  .map(one => ({ kind: one.kind, ...JSON.parse(one.body) }))"""


def on_record(app, inspection):
    with open_database(app.config["DATABASE_URL"])() as session:
        mine = {"inspection_id": inspection}
        answers = session.scalars(select(AnswerRow).filter_by(**mine)).all()
        return {
            "finished": session.get_one(InspectionRow, inspection).finished_at is not None,
            "verdicts": [row.verdict for row in answers if row.attempt == 1],
            "notes": sorted(row.note for row in answers if row.verdict == "fail"),
            "findings": len(session.scalars(select(FindingRow).filter_by(**mine)).all()),
            "signatures": len(session.scalars(select(SignatureRow).filter_by(**mine)).all()),
        }


def test_twenty_three_items_with_two_failures_take_at_most_forty_taps(app, visitors):
    occurrence, inspection = long_check(app, "kindergarten-six-t-check")
    failing = {4: "台面有油污", 12: "没有加盖"}

    with visitors.looking(f"/occurrences/{occurrence}/run", TALL, account=INSPECTOR) as tab:
        tab.wait_for_selector("[data-next]:not([hidden])")
        tab.evaluate(COUNT)
        for number in range(1, ITEMS + 1):
            one = item(tab, number)
            fail(tab, one, failing[number]) if number in failing else answer_well(tab, one)
        tab.click("[data-to-review]")
        sign(tab, tab.locator("[data-review] [data-pad=record] canvas"))
        held: list[Route] = []
        tab.route("**/sync/items", lambda route: held.append(route))  # noqa: PLW0108 (no builtins)
        tab.click("[data-finish]")
        tab.wait_for_selector("[data-finished]:not([hidden])")
        tab.wait_for_function(
            "() => document.querySelector('[data-finished-title]').textContent !== ''"
        )
        at_once = tab.inner_text("[data-finished-title]")
        taps = tab.evaluate("window.taps")
        tab.unroute("**/sync/items")
        for route in held:
            # What the page gave up meanwhile, it sends again.
            with suppress(Error):
                route.continue_()
        tab.wait_for_selector("[data-record-link]:not([hidden])", timeout=ARRIVED_MS)
        then = tab.inner_text("[data-finished-title]")
        tab.click("[data-record-link]")
        tab.wait_for_selector(".xj-signed")
        holds = tab.locator(".xj-signed .xj-ok").count()

    assert at_once == "已存本机，尚未到服务器。"
    assert then.startswith("已到服务器")
    assert taps <= 40, taps
    record = on_record(app, inspection)
    assert (ITEMS, 2) == (len(record["verdicts"]), record["verdicts"].count("fail"))
    assert {"finished": True, "findings": 2, "signatures": 1}.items() <= record.items()
    assert sorted(failing.values()) == record["notes"]
    assert holds == 1


def test_what_was_touched_comes_back_after_the_tab_was_killed(app, visitors):
    occurrence, _inspection = long_check(app, "samr74-weekly")
    path = f"/occurrences/{occurrence}/run"

    with visitors.looking(path, TALL, account=INSPECTOR) as tab:
        tab.wait_for_selector("[data-next]:not([hidden])")
        reading = tab.locator("[data-type=number]").first
        item(tab, 1).locator(".xj-ans__p").click()
        tab.fill("[data-type=number] input[inputmode] >> nth=0", "7,9")
        reading.locator("[data-again]").click()
        reading.locator("[data-readings]:not([hidden])").wait_for()
        item(tab, 2).locator(".xj-ans__f").click()
        item(tab, 2).locator("[data-proof]").set_input_files(photo())
        item(tab, 2).locator(".xj-shot").wait_for()
        item(tab, 2).locator("[data-open] textarea").fill("没有写完的")
        again = tab.context.new_page()
        tab.close(run_before_unload=False)
        again.goto(visitors.address + path)
        card = again.locator("[data-continue]")
        card.wait_for()
        hidden = again.locator("[data-run]").is_visible()
        again.click("[data-continue-yes]")
        again.wait_for_selector("[data-next]:not([hidden])")
        words = item(again, 2).locator("[data-open] textarea").input_value()
        shots = item(again, 2).locator(".xj-shot").count()
        earlier = again.locator("[data-readings]").first.inner_text()
        again.wait_for_function(
            "async () => (" + OUTBOX + ")().then(all => all.some(one => one.note === '没有写完的'))"
        )
        kinds = [one["kind"] for one in again.evaluate(OUTBOX)]

    assert not hidden
    assert words == "没有写完的"
    assert shots == 1
    assert "7.9" in earlier
    assert kinds.count("photo") == 1


def test_a_tap_is_undone_before_it_leaves_the_tablet(visitors):
    with visitors.looking("/occurrences/{play}/run", TALL, account=INSPECTOR) as tab:
        tab.wait_for_selector("[data-next]:not([hidden])")
        one = item(tab, 1)
        one.locator(":scope > .xj-ans .xj-ans__p").click()
        one.locator(":scope > .xj-ans .xj-ans__f").click()
        said = tab.inner_text("[data-undo-words]")
        tab.click("[data-undo-button]")
        tab.wait_for_function(
            "async () => ("
            + OUTBOX
            + ")().then(all => all.length === 1 && all[0].value === 'pass')"
        )
        passed = one.locator(".xj-ans__p input").is_checked()
        bar = tab.locator("[data-undo]").is_visible()

    assert "不合格" in said
    assert passed
    assert not bar


def test_a_finding_is_kept_drawn_on_reported_and_taken_back(visitors):
    with visitors.looking("/findings/new", Look(), account=INSPECTOR) as tab:
        tab.fill("[data-spot-search]", "灭火器")
        tab.select_option("[data-spot]", "chunmiao|asset|extinguishers")
        tab.fill("[data-what]", "指针在红区")
        tab.set_input_files("#photos", photo())
        tab.click("[data-open-photo]")
        canvas = tab.locator("[data-draw-canvas]")
        canvas.wait_for()
        size = [canvas.evaluate("one => one.width"), canvas.evaluate("one => one.height")]
        sign(tab, canvas)
        tab.click("[data-draw-done]")
        tab.wait_for_selector("[data-draw]", state="hidden")
        tab.reload()
        tab.click("[data-continue-yes]")
        tab.locator(".xj-shot").wait_for()
        tab.click("[data-send]")
        tab.wait_for_selector("[data-reported]:not([hidden])")
        reported = tab.evaluate(OUTBOX)
        tab.click("[data-undo-button]")
        tab.wait_for_selector("[data-report]:not([hidden])")
        taken_back = tab.evaluate(OUTBOX)
        words = tab.input_value("[data-what]")

    finding, drawn = reported
    assert ("asset", "extinguishers", "moderate", "指针在红区", 1) == tuple(
        finding[name] for name in ("target_kind", "target", "severity", "what", "photos_expected")
    )
    assert [1600, 1200] == size
    assert drawn["finding"] == finding["finding"]
    assert drawn["original"]
    # Lines are vectors in the coordinates of the picture.
    assert all(x <= 1600 and y <= 1200 for x, y in drawn["strokes"][0]["points"])
    assert [] == taken_back
    assert "指针在红区" == words
