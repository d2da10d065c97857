"""One walk from its seed to the record: troubles strike, the network heals, nothing may be lost."""

import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Error, Playwright

from inspections.database import open_database
from tests.campaign.faulty_proxy import FaultyProxy
from tests.campaign.held_against import differences, not_recovered
from tests.campaign.inspector import Inspector
from tests.campaign.outcome import Outcome
from tests.campaign.probes import KEPT, PAINT, WAITING
from tests.campaign.run_page import SETTLED, RunPage
from tests.campaign.service import Service
from tests.campaign.tablet import Tablet
from tests.campaign.told import Told
from tests.campaign.troubles import network, troubles
from tests.campaign.visiting import visit
from tests.campaign.walked_record import OTHER, PASSWORD, WALKER, close_windows, open_checks

_DAY = 86_400
_STEPS = range(10, 19)
_SMALL_ROOM = 400_000
_SETTLES_MS = 20_000
# A battery gives a quarter of a second's notice: what the database has not written by then is gone.
_NOTICE_SECONDS = 0.25


class Walk:
    """One inspector, one tablet, one server, and the network between them."""

    def __init__(self, seed: int, playwright: Playwright, template: Path, home: Path) -> None:
        self.outcome = Outcome(seed)
        self.tell: Callable[[str], None] = self.outcome.story.append
        self._random = Random(seed)
        self._playwright = playwright
        self._home = home
        shutil.copy(template, home / "record.db")
        self._url = f"sqlite:///{home / 'record.db'}"
        self._sessions = open_database(self._url)
        self._service = Service(home, self._url)
        self._told = {WALKER: Told(), OTHER: Told()}
        self._mine = {name: open_checks(self._sessions, name) for name in (WALKER, OTHER)}
        self._inspector = Inspector(self._random)
        self._away = False

    def run(self) -> Outcome:
        """Walk, heal, and hold the record against what was told."""
        self._service.start()
        self._proxy = FaultyProxy(self._service.port)
        self._tablet = Tablet(self._playwright, self._home / "profile")
        try:
            self._set_out()
            self._walk()
            self._come_home()
        except Exception as error:
            error.add_note("\n".join(self.outcome.story))
            raise
        finally:
            self._tablet.kill()
            self._proxy.close()
            self._service.stop()
            self._sessions.kw["bind"].dispose()
        return self.outcome

    # Setting out

    def _set_out(self) -> None:
        if self._random.random() < 0.15:
            self._tablet.clock_wrong_by = self._random.choice((-_DAY, _DAY))
            self._say(f"the clock of the tablet is wrong by {self._tablet.clock_wrong_by} s")
        self._tablet.open()
        self._tab = self._tablet.tab()
        self._sign_in(WALKER)
        visit(self._tab, f"{self._proxy.address}/today", self._say)
        self._keep_pages()
        self._random.shuffle(self._mine[WALKER])
        self._page = self._opened(self._mine[WALKER][0])

    def _keep_pages(self) -> None:
        """Wait as a person does before going down to the basement, until the day is here."""
        urls = [f"{self._proxy.address}/occurrences/{one}/run" for one in self._open_ones()]
        self._wait_until(lambda: self._tab.evaluate(KEPT, urls), "pages were kept")

    def _open_ones(self) -> list[int]:
        told = self._told[WALKER]
        return [one for one in self._mine[WALKER] if not told.check(one).finished]

    def _sign_in(self, name: str) -> None:
        """Sign in beside the proxy: what is walked here is what comes after."""
        server = f"http://127.0.0.1:{self._service.port}/account/sign-in"
        asks = self._tablet.context.request
        token = re.search(r'name="csrf_token" value="([^"]+)"', asks.get(server).text())
        assert token
        form = {"name": name, "password": PASSWORD, "csrf_token": token[1]}
        answer = asks.post(server, form=form)
        assert answer.ok, answer.status

    def _opened(self, occurrence: int, name: str = WALKER) -> RunPage:
        """Open a check, signing in where the session is gone and the server asks for it."""
        page = RunPage(self._tab, occurrence, self._told[name].check(occurrence), self._say)
        if not page.open(self._proxy.address):
            self._sign_in(name)
            assert page.open(self._proxy.address)
        if self._away:
            self.outcome.paints.append(self._tab.evaluate(PAINT))
        return page

    # Walking

    def _walk(self) -> None:
        steps = self._random.choice(_STEPS)
        coming = troubles(self._random, steps)
        for step in range(steps):
            if step in coming:
                self._strike(coming[step])
            if self._page.is_finished or self._random.random() < 0.12:
                self._go_on()
            if self._page.is_finished:
                continue
            self._say(self._inspector.touch(self._page))
            if self._random.random() < 0.08:
                self._finish()

    def _go_on(self) -> None:
        """Go to another check, or back to one that was begun."""
        if open_ones := self._open_ones():
            one = self._random.choice(open_ones)
            self._say(f"goes to check {one}")
            self._page = self._opened(one)

    def _finish(self) -> None:
        self._say(f"signs and finishes check {self._page.occurrence}")
        self._inspector.complete(self._page)

    def _strike(self, trouble: str) -> None:
        self._say(f"TROUBLE: {trouble}")
        deed = {
            "the network changes": self._change_network,
            "the tab is killed": self._kill_tab,
            "the browser is killed": self._kill_browser,
            "the server is restarted": self._service.restart,
            "a second tab is opened": self._open_second_tab,
            "the tablet is nearly full": self._fill_tablet,
            "the session expires": self._expire,
            "the app is upgraded": self._upgrade,
            "another person signs in": self._lend,
        }[trouble]
        deed()

    def _change_network(self) -> None:
        name, plan = network(self._random)
        self._say(f"the network: {name}")
        self._proxy.heal()
        self._away = plan is None or "20 seconds" in name
        if plan is None:
            self._proxy.shut()
        else:
            self._proxy.plan = plan

    def _kill_tab(self) -> None:
        # A page that crashed never says that it arrived.
        with suppress(Error):
            self._tab.goto("chrome://crash", timeout=2_000)
        self._tab.close()
        self._tab = self._tablet.tab()
        self._page = self._opened(self._page.occurrence)

    def _kill_browser(self) -> None:
        time.sleep(_NOTICE_SECONDS)
        self._tablet.kill()
        self._tablet.open()
        self._tab = self._tablet.tab()
        self._page = self._opened(self._page.occurrence)

    def _open_second_tab(self) -> None:
        """Look at the same check and at Today in further tabs; go on in the first."""
        address = self._proxy.address
        second = self._tablet.tab()
        visit(second, f"{address}/occurrences/{self._page.occurrence}/run", self._say)
        # A slow one would take the check over once the first tab has gone on to another.
        with suppress(Error):
            second.wait_for_selector(SETTLED, timeout=_SETTLES_MS)
        visit(self._tablet.tab(), f"{address}/today", self._say)
        self._tab.bring_to_front()

    def _fill_tablet(self) -> None:
        self._tablet.give_room(self._tab, self._proxy.address, _SMALL_ROOM)
        for _ in range(3):
            if not self._page.is_finished:
                self._say(self._inspector.touch(self._page))
        self._tablet.give_room(self._tab, self._proxy.address, None)

    def _expire(self) -> None:
        self._tablet.context.clear_cookies(name="session")

    def _upgrade(self) -> None:
        """Start another version of the app, whose files have other names."""
        code = self._home / "upgraded"
        if not code.exists():
            shutil.copytree(self._service.code / "web", code / "web")
            for name in ("store.js", "queue.js"):
                script = code / "web" / "static" / "js" / "device" / name
                script.write_text(script.read_text("utf-8") + "\n// upgraded\n", "utf-8")
        self._service.upgrade(code)

    def _lend(self) -> None:
        """Another inspector signs in on this tablet, works, and hands it back."""
        self._heal_network()
        self._tablet.context.clear_cookies(name="session")
        self._sign_in(OTHER)
        theirs = self._opened(self._mine[OTHER][0], OTHER)
        if not theirs.is_finished:
            self._say("other: " + self._inspector.touch(theirs))
        self._tab.wait_for_timeout(1000)
        self._tablet.context.clear_cookies(name="session")
        self._sign_in(WALKER)
        self._page = self._opened(self._page.occurrence)
        self._keep_pages()

    # Coming home

    def _come_home(self) -> None:
        swept = self._random.random() < 0.3
        if swept:
            self._close_windows()
        self._heal_network()
        self._tab.bring_to_front()
        for name in (OTHER, WALKER):
            if name == WALKER or any(c.is_begun for c in self._told[OTHER].checks.values()):
                self._deliver(name)
        with self._sessions() as session:
            for name, by in ((WALKER, "guard"), (OTHER, "second")):
                found = differences(
                    session, self._told[name], by=by, evidence=self._service.evidence
                )
                self.outcome.wrong += [f"{name}: {one}" for one in found]
            if swept:
                self.outcome.wrong += not_recovered(session, self._told[WALKER])
        self.outcome.wrong += [f"the console: {one}" for one in self._tablet.complaints]

    def _deliver(self, name: str) -> None:
        """Come back as *name*, finish what was begun, and wait until the last item was sent."""
        self._tablet.context.clear_cookies(name="session")
        self._sign_in(name)
        for occurrence, check in self._told[name].checks.items():
            if check.finished or not check.is_begun:
                continue
            page = self._opened(occurrence, name)
            if not page.is_finished:
                self._say(f"{name} finishes check {occurrence} at home")
                self._inspector.complete(page)
        visit(self._tab, f"{self._proxy.address}/tablet", self._say)
        self._wait_until(lambda: self._is_sent(name), f"everything of {name} was sent")

    def _is_sent(self, name: str) -> bool:
        """Press the button where there is one: with nothing to send there is none."""
        button = self._tab.locator("[data-send]")
        if button.is_visible() and button.is_enabled():
            with suppress(Error):
                button.click(timeout=1_000)
        return bool(self._tab.evaluate(WAITING, name) == 0)

    def _heal_network(self) -> None:
        self._proxy.heal()
        self._away = False

    def _close_windows(self) -> None:
        """Let the windows of what was begun end now, and the sweep mark it as missed."""
        self._say("the windows close and the sweep runs before the tablet is back")
        time.sleep(1)
        begun = [one for one, check in self._told[WALKER].checks.items() if check.finished]
        close_windows(self._sessions, begun)

    def _wait_until(self, holds: Any, what: str, seconds: int = 90) -> None:
        for _ in range(seconds * 5):
            if holds():
                return
            self._tab.wait_for_timeout(200)
        raise AssertionError(f"waited {seconds} s and not: {what}")

    def _say(self, what: str) -> None:
        self.tell(what)
