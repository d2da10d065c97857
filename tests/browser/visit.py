"""Open a page of the application the way a person with certain habits would see it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage
from playwright.sync_api import Page as Tab

from inspections.demo_accounts import PASSWORD

TABLET = (820, 1180)
PHONE = (390, 844)
DESK = (1440, 900)


@dataclass(frozen=True)
class Look:
    """Language, theme and size of the window."""

    language: str = "zh"
    theme: str = "light"
    size: tuple[int, int] = TABLET

    def __str__(self) -> str:
        return f"{self.language}.{self.size[0]}.{self.theme}"


@dataclass
class Visitors:
    """
    Everybody who visits the application at one address; each signs in once.

    Attributes:
        fill: Puts real ids into the `{names}` of a path.
        service_workers: Whether pages keep themselves on the device ("allow"); that fetches the
            whole day at each first visit, so only tests of the device do it.
        sessions: Cookies of each account that signed in.
    """

    browser: Browser
    address: str
    fill: Callable[[str], str] = str
    service_workers: Literal["allow", "block"] = "block"
    sessions: dict[str, list[dict[str, object]]] = field(default_factory=dict)

    @contextmanager
    def looking(
        self, path: str, look: Look, *, account: str | None = None, losing: bool = False
    ) -> Iterator[Tab]:
        """
        Yield a tab with *path* in this look; an error in its console fails.

        Args:
            losing: Whether requests will fail; that alone is no error then.
        """
        context = self._context(look)
        if account:
            context.add_cookies(self.signed_in(account))  # type: ignore[arg-type]
        tab = context.new_page()
        complaints: list[str] = []

        def is_error(one: ConsoleMessage) -> bool:
            return one.type == "error" and not (losing and one.text.startswith("Failed to load"))

        tab.on("console", lambda one: complaints.append(one.text) if is_error(one) else None)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            tab.goto(self.address + self.fill(path))
            yield tab
            assert [] == complaints, complaints
        finally:
            context.close()

    def _context(self, look: Look) -> BrowserContext:
        width, height = look.size
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN" if look.language == "zh" else "en-GB",
            timezone_id="Asia/Shanghai",
            has_touch=width < 1000,
            service_workers=self.service_workers,
        )
        choices = {"xj_language": look.language, "xj_theme": look.theme}
        context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in choices.items()]
        )
        return context

    def signed_in(self, account: str) -> list[dict[str, object]]:
        """Return the cookies of *account*."""
        if account not in self.sessions:
            context = self.browser.new_context(locale="zh-CN")
            form = context.request.get(f"{self.address}/account/sign-in").text()
            token = re.search(r'name="csrf_token" value="([^"]+)"', form)
            assert token
            data = {"name": account, "password": PASSWORD, "csrf_token": token[1]}
            # The session is bound to the browser's name, which requests of the context share.
            answer = context.request.post(f"{self.address}/account/sign-in", form=data)
            assert answer.ok
            self.sessions[account] = [
                {"name": one["name"], "value": one["value"], "url": self.address}
                for one in context.cookies()
                if one["name"] == "session"
            ]
            context.close()
        return self.sessions[account]
