"""The run page as an inspector touches it; what it says is saved goes into the model."""

import time
from collections.abc import Callable
from contextlib import suppress
from random import Random

from playwright.sync_api import Locator, Page, TimeoutError  # noqa: A004 (the browser's own)

from tests.campaign.numbered_picture import picture
from tests.campaign.told import ToldCheck, ToldItem
from tests.campaign.visiting import visit

# Fingers are not faster; and the page takes two taps on one spot within a blink for one.
_FINGER_SECONDS = 0.35
_TRIES = 4
_PATIENCE_MS = 8_000
_SIGN_IN = "input[name=password]"
_READY = "[data-continue]:not([hidden]), [data-finished]:not([hidden]), [data-next]:not([hidden])"
# It goes on with the check here, or says that another tab does.
SETTLED = f"[data-elsewhere]:not([hidden]), {_READY}"


class RunPage:
    """One check of one occurrence, open in a tab."""

    def __init__(
        self, tab: Page, occurrence: int, told: ToldCheck, tell: Callable[[str], None]
    ) -> None:
        self.tab = tab
        self.tell = tell
        self.occurrence = occurrence
        self.told = told

    def open(self, address: str) -> bool:
        """Open the page and go on with what was begun; false where the server asks to sign in."""
        visit(self.tab, f"{address}/occurrences/{self.occurrence}/run", self.tell)
        self.tab.wait_for_selector(f"{_READY}, {_SIGN_IN}")
        if self.tab.locator(_SIGN_IN).is_visible():
            return False
        if self.tab.locator("[data-continue]").is_visible():
            self.tab.locator("[data-continue-yes]").click()
            self.tab.wait_for_selector("[data-next]:not([hidden])")
        self.told.finished = self.told.finished or self.is_finished
        return True

    @property
    def is_finished(self) -> bool:
        """Whether the page says that this check is finished."""
        return self.tab.locator("[data-finished]").is_visible()

    @property
    def is_full(self) -> bool:
        """Whether the page says that the tablet has no room left."""
        return self.tab.locator("[data-full]").is_visible()

    def item(self, name: str) -> Locator:
        """Return an item, unfolded."""
        found = self.tab.locator(f'[data-item="a-{name}"]')
        change = found.locator("[data-change]")
        if change.is_visible():
            change.click()
        return found

    def touch(self, name: str, deed: Callable[[Locator], None]) -> None:
        """Do something to an item; one that folds on its way out of sight is unfolded again."""
        for _ in range(_TRIES):
            with suppress(TimeoutError):
                deed(self.item(name))
                return
        raise AssertionError(f"{name} could not be touched")

    def choose(self, name: str, value: str, *, fails: bool) -> None:
        """Tap one of the answers."""
        label = f':scope > .xj-ans label:has(input[value="{value}"])'
        self.touch(name, lambda item: item.locator(label).click(timeout=_PATIENCE_MS))
        self.told.item(name).answer(value, fails=fails)
        time.sleep(_FINGER_SECONDS)

    def undo(self, name: str, before: ToldItem) -> bool:
        """Take the last tap on an item back; false where its time is over."""
        button = self.tab.locator("[data-undo-button]")
        if not button.is_visible():
            return False
        button.click()
        self.told.items[name] = before
        time.sleep(_FINGER_SECONDS)
        return True

    def read(self, name: str, value: int, *, fails: bool) -> None:
        """Type a reading and leave its field."""
        digits = "input[inputmode=decimal] >> nth=0"
        self.touch(name, lambda item: item.locator(digits).fill(str(value), timeout=_PATIENCE_MS))
        self.told.item(name).answer(value, fails=fails)
        self.item(name).locator(digits).blur()

    def read_again(self, name: str) -> bool:
        """Keep the reading and ask for another; false where there is none to keep."""
        told, button = self.told.item(name), self.item(name).locator("[data-again]")
        if told.value is None or not button.is_visible():
            return False
        button.click()
        self.tab.wait_for_selector(f'[data-item="a-{name}"] [data-readings]:not([hidden])')
        told.readings.append(told.value)
        told.value = None
        time.sleep(_FINGER_SECONDS)
        return True

    def write(self, name: str, words: str) -> None:
        """Write the answer of an item that asks for words."""
        field = self.item(name).locator(":scope > textarea")
        field.fill(words)
        self.told.item(name).answer(words, fails=False)
        field.blur()

    def explain(self, name: str, words: str) -> None:
        """Write what is wrong with an item that failed."""
        field = self.item(name).locator("[data-open] textarea").first
        field.fill(words)
        self.told.item(name).note = words
        field.blur()

    def photograph(self, name: str, number: int) -> bool:
        """Add a picture to an item or to its failure; false where the tablet has no room for it."""
        item = self.item(name)
        own = item.locator(":scope > input[type=file]")
        field = own if own.count() else item.locator("[data-proof]")
        shots = item.locator(".xj-shot:not([hidden])")
        before = shots.count()
        file = {"name": f"{number}.jpg", "mimeType": "image/jpeg", "buffer": picture(number)}
        field.set_input_files(file)
        for _ in range(200):
            if shots.count() > before:
                self.told.item(name).photos.append(number)
                return True
            if self.is_full:
                return False
            time.sleep(0.05)
        raise AssertionError("neither a picture nor a word that there is no room for it")

    def sign_and_finish(self, random: Random) -> bool:
        """Review, sign and finish; false where required items are open."""
        self.tab.locator("[data-to-review]").click()
        self.tab.wait_for_selector("[data-review]:not([hidden])")
        if self.tab.locator("[data-review] [data-why]").is_visible():
            self.tab.locator("[data-back]").click()
            return False
        self._sign(random)
        self.tab.locator("[data-finish]").click()
        self.tab.wait_for_selector("[data-finished]:not([hidden])")
        self.told.finished = True
        return True

    def _sign(self, random: Random) -> None:
        canvas = self.tab.locator('[data-pad="record"] canvas')
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        mouse = self.tab.mouse
        mouse.move(box["x"] + 20, box["y"] + box["height"] / 2)
        mouse.down()
        for step in range(1, 6):
            height = box["height"] * random.uniform(0.2, 0.8)
            mouse.move(box["x"] + box["width"] * step / 6, box["y"] + height)
        mouse.up()
