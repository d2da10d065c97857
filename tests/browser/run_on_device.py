"""A long check for the browser: an inspection of twenty-three items, and hands that answer them."""

from io import BytesIO
from uuid import uuid4

from flask import Flask
from PIL import Image
from playwright.sync_api import Locator, Page
from sqlalchemy import select

from inspections.database import open_database
from inspections.device_clock import server_clock
from inspections.models import AccountRow, DutyRow, OccurrenceRow
from inspections.recording import start_inspection
from rules.checklist import Checklist, PassFailItem
from rules.loader import load_rulebook
from rules.text import Text
from tests.web.conftest import MONDAY
from tests.web.pages import INSPECTOR, ORGANISATION

ITEMS = 23
COUNT = """() => { window.taps = 0;
  addEventListener('pointerdown', event => event.isTrusted && window.taps++, true); }"""


def long_check(app: Flask, rule: str) -> tuple[int, str]:
    """Begin an inspection of twenty-three items; return its occurrence and its id."""
    book = load_rulebook()
    short = book.checklist("canteen-daily")
    more = [
        PassFailItem(id=f"more-{n}", type="pass-fail", title=Text(zh=f"另查 {n}", en=f"More {n}"))
        for n in range(ITEMS - len(short.items))
    ]
    checklist = Checklist(id=short.id, title=short.title, items=(*short.items, *more))
    inspection = str(uuid4())
    with open_database(app.config["DATABASE_URL"]).begin() as session:
        query = select(OccurrenceRow.id).join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        query = query.where(DutyRow.organisation_id == ORGANISATION, DutyRow.target_kind == "site")
        query = query.where(OccurrenceRow.opens_at <= MONDAY, OccurrenceRow.closes_at > MONDAY)
        query = query.where(OccurrenceRow.state == "scheduled")
        # Another test of this process may have begun the one of the rule; then any other serves.
        query = query.order_by(DutyRow.rule != rule, OccurrenceRow.id.desc())
        occurrence = session.scalars(query.limit(1)).one()
        by = session.scalars(select(AccountRow.person).filter_by(name=INSPECTOR)).one()
        start_inspection(
            session,
            book,
            inspection_id=inspection,
            occurrence_id=occurrence,
            by=str(by),
            clock=server_clock(MONDAY),
            checklist=checklist,
        )
    return occurrence, inspection


def photo() -> dict[str, object]:
    """Return a photo that is larger than what is kept of it."""
    held = BytesIO()
    Image.new("RGB", (2000, 1500), (90, 120, 90)).save(held, "JPEG")
    return {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": held.getvalue()}


def item(tab: Page, number: int) -> Locator:
    """Return an item by its number on the page."""
    return tab.locator("[data-item]").nth(number - 1)


def answer_well(tab: Page, one: Locator) -> None:
    """Answer an item with what passes, as a finger does."""
    match one.get_attribute("data-type"):
        case "pass-fail":
            one.locator(":scope > .xj-ans .xj-ans__p").click()
        case "number":
            field = one.locator("input[inputmode]")
            field.click()
            low, high = field.get_attribute("data-min"), field.get_attribute("data-max")
            tab.keyboard.type(str((float(low or high or 0) + float(high or low or 0)) / 2))
        case "signature":
            one.locator("textarea").click()
            tab.keyboard.type("曹")
            sign(tab, one.locator("canvas"))
        case _:
            one.locator(":scope > textarea").click()
            tab.keyboard.type("无")


def fail(tab: Page, one: Locator, words: str) -> None:
    """Fail an item, say what is wrong, and take a photo of it."""
    one.locator(":scope > .xj-ans .xj-ans__f").click()
    one.locator("[data-open] textarea").click()
    tab.keyboard.type(words)
    shots = one.locator(".xj-shot")
    with tab.expect_file_chooser() as chooser:
        one.locator(".xj-addphoto").click()
    chooser.value.set_files(photo())
    shots.first.wait_for()


def sign(tab: Page, canvas: Locator) -> None:
    """Draw one line."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    tab.mouse.down()
    tab.mouse.move(box["x"] + 260, box["y"] + box["height"] / 3, steps=4)
    tab.mouse.up()
