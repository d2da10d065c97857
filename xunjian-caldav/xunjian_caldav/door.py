"""Xunjian's door for devices, over HTTP; the only thing of Xunjian that this package knows."""

import base64
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

TIMEOUT = 20.0


class DoorClosed(Exception):
    """Xunjian does not answer, or not as it should."""


class Refused(Exception):
    """Xunjian does not allow it; the words say why."""


@dataclass(frozen=True)
class Credentials:
    """What a device gives: the account's name and its app password."""

    name: str
    password: str
    agent: str


@dataclass(frozen=True)
class Task:
    """A task as Xunjian shows it: a VTODO with a tag that changes with every change of it."""

    key: str
    etag: str
    ics: str

    @property
    def href(self) -> str:
        """Name of its resource."""
        return f"{self.key}.ics"


@dataclass(frozen=True)
class Tasks:
    """All tasks of a person, and what their list is called."""

    name: str
    tasks: tuple[Task, ...]


class Door:
    """The door of the Xunjian at one address."""

    def __init__(self, address: str) -> None:
        self._address = address.rstrip("/")

    def tasks(self, who: Credentials) -> Tasks | None:
        """
        Return the tasks of *who*; nothing where name and password do not fit.

        Raises:
            DoorClosed: If Xunjian cannot be reached.
        """
        try:
            answer = self._call("GET", "/device/tasks", who)
        except urllib.error.HTTPError as error:
            if error.code == 401:
                return None
            raise DoorClosed(f"Xunjian answered {error.code}.") from None
        found = tuple(Task(one["key"], one["etag"], one["ics"]) for one in answer["tasks"])
        return Tasks(answer["name"], found)

    def tick(self, who: Credentials, key: str, *, done: bool) -> str:
        """
        Tick a task or take the tick back; return what came of it.

        Raises:
            Refused: If Xunjian does not allow it.
            DoorClosed: If Xunjian cannot be reached.
        """
        step = "done" if done else "undone"
        try:
            return str(self._call("POST", f"/device/tasks/{key}/{step}", who)["outcome"])
        except urllib.error.HTTPError as error:
            raise Refused(_words(error)) from None

    def _call(self, method: str, path: str, who: Credentials) -> Any:
        pair = base64.b64encode(f"{who.name}:{who.password}".encode()).decode("ascii")
        headers = {"Authorization": f"Basic {pair}", "X-Device-Agent": _plain(who.agent)}
        data = b"" if method == "POST" else None
        request = urllib.request.Request(  # noqa: S310 - the administrator's own address
            self._address + path, data=data, headers=headers, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
                return json.load(answer)
        except urllib.error.HTTPError:
            raise
        except (OSError, ValueError) as error:
            raise DoorClosed(f"Xunjian cannot be reached ({type(error).__name__}).") from None


def _plain(agent: str) -> str:
    """Return the agent's name without what a header cannot hold."""
    return "".join(one for one in agent if " " <= one <= "~")[:120]


def _words(error: urllib.error.HTTPError) -> str:
    try:
        return str(json.load(error)["text"])
    except (ValueError, KeyError, TypeError):
        return f"Xunjian answered {error.code}."
