"""A tablet: a browser process with a profile on disk, which may be killed and opened again."""

import subprocess
import time
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.browser import chromium

_HEADLESS = (
    "--headless=new",
    "--remote-debugging-port=0",
    "--lang=zh-CN",
    "--window-size=820,1180",
    "--no-default-browser-check",
)
_OPENS_WITHIN_SECONDS = 60
# A device whose clock is wrong: pages see another time, the steady clock runs on.
_WRONG_CLOCK = """
(() => {
  const off = %d * 1000, Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { super(...(given.length ? given : [Real.now() + off])); }
    static now() { return Real.now() + off; }
  };
})();
"""


class Tablet:
    """
    The browser of one inspector.

    Attributes:
        clock_wrong_by: Seconds that the device is ahead of the truth.
    """

    def __init__(self, playwright: Playwright, profile: Path) -> None:
        self._playwright = playwright
        self._profile = profile
        self._process: subprocess.Popen[bytes] | None = None
        self._context: BrowserContext | None = None
        self.clock_wrong_by = 0
        self.complaints: list[str] = []

    @property
    def context(self) -> BrowserContext:
        """The context of the profile; there is one while the browser is open."""
        assert self._context is not None
        return self._context

    def open(self) -> None:
        """Start the browser with whatever its profile holds."""
        port_file = self._profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        executable = chromium.executable(chromium.WHOLE)
        assert executable is not None
        command = [executable, *chromium.ARGUMENTS, *_HEADLESS, f"--user-data-dir={self._profile}"]
        self._process = subprocess.Popen(
            [*command, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        browser = self._playwright.chromium.connect_over_cdp(
            f"http://127.0.0.1:{_debugging_port(port_file)}"
        )
        self._context = browser.contexts[0]
        self._context.set_default_timeout(30_000)
        # A page that the device does not hold may meet several slow answers one after another.
        self._context.set_default_navigation_timeout(120_000)
        if self.clock_wrong_by:
            self._context.add_init_script(_WRONG_CLOCK % self.clock_wrong_by)

    def tab(self) -> Page:
        """Open a tab; what its console complains of is noted."""
        tab = self.context.new_page()
        tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        return tab

    def kill(self) -> None:
        """End the browser in the middle of whatever it does, as an empty battery would."""
        process, self._process = self._process, None
        self._context = None
        if process is not None:
            process.kill()
            process.wait(timeout=30)

    def give_room(self, tab: Page, origin: str, quota_bytes: int | None) -> None:
        """Let the origin of *tab* keep so much; nothing for as much as the device has."""
        asked: dict[str, object] = {"origin": origin}
        if quota_bytes is not None:
            asked["quotaSize"] = quota_bytes
        self.context.new_cdp_session(tab).send("Storage.overrideQuotaForOrigin", asked)


def _debugging_port(port_file: Path) -> int:
    """
    Return the port that the browser wrote down.

    Raises:
        TimeoutError: If it wrote none within a minute.
    """
    for _ in range(_OPENS_WITHIN_SECONDS * 20):
        if port_file.exists() and (text := port_file.read_text().split("\n"))[0]:
            return int(text[0])
        time.sleep(0.05)
    raise TimeoutError("the browser did not open")
