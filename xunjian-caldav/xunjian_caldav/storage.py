"""Radicale's storage: one list of tasks for each person, read from Xunjian and never kept."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from radicale import config, pathutils
from radicale.item import Item
from radicale.storage import BaseCollection, BaseStorage

from xunjian_caldav import visit
from xunjian_caldav.door import Door, Refused, Task, Tasks
from xunjian_caldav.snapshots import Snapshots

LIST = "tasks"


class Principal(BaseCollection):
    """A person; the one thing in it is their list."""

    def __init__(self, path: str) -> None:
        self._path = path

    @property
    def path(self) -> str:
        """Name of the person."""
        return self._path

    @property
    def etag(self) -> str:
        """It never changes."""
        return f'"{self._path}"'

    @property
    def last_modified(self) -> str:
        """It never changes."""
        return format_datetime(datetime(2026, 1, 1, tzinfo=UTC), usegmt=True)

    def get_all(self) -> Iterable[Item]:
        """Nothing lies beside the list."""
        return ()

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        """Nothing lies beside the list."""
        return [(href, None) for href in hrefs]

    def get_meta(self, key: str | None = None) -> Any:
        """No properties."""
        return None if key else {}


class TaskList(BaseCollection):
    """The tasks of a person."""

    def __init__(self, owner: str, seen: Tasks, door: Door, snapshots: Snapshots) -> None:
        self._owner = owner
        self._seen = seen
        self._door = door
        self._snapshots = snapshots

    @property
    def path(self) -> str:
        """Person and list."""
        return f"{self._owner}/{LIST}"

    @property
    def etag(self) -> str:
        """Changes if and only if a task does."""
        return f'"{self._token().rsplit("/", 1)[1]}"'

    @property
    def last_modified(self) -> str:
        """Xunjian tells changes by tags, not by time."""
        return format_datetime(datetime.now(UTC), usegmt=True)

    def get_all(self) -> Iterable[Item]:
        """Return every task."""
        return [self._item(task) for task in self._seen.tasks]

    def get_multi(self, hrefs: Iterable[str]) -> Iterable[tuple[str, Item | None]]:
        """Return the tasks with these names, nothing for those that are gone."""
        known = {task.href: task for task in self._seen.tasks}
        return [(href, self._item(known[href]) if href in known else None) for href in hrefs]

    def sync(self, old_token: str = "") -> tuple[str, Iterable[str]]:
        """Return the token of the list, and what changed since the old one."""
        tags = self._tags()
        changed = self._snapshots.changed(old_token, tags) if old_token else sorted(tags)
        return self._token(), changed

    def upload(self, href: str, item: Item) -> tuple[Item, Item | None]:
        """
        Take what a task app changed: only the tick counts, everything else stays Xunjian's.

        The item goes back with the tag of what the app sent, so that the app sees a newer one
        next time and shows what Xunjian made of the tick.
        """
        before = next((task for task in self._seen.tasks if task.href == href), None)
        if before is None:
            raise _forbidden("tasks are made in Xunjian")
        step = _step(self._item(before), item)
        if step is not None:
            try:
                self._door.tick(visit.credentials(), before.key, done=step)
            except Refused as refused:
                raise _forbidden(str(refused)) from None
        sent = Item(collection=self, vobject_item=item.vobject_item, href=href)
        return sent, self._item(before)

    def delete(self, href: str | None = None) -> None:
        """Nothing is deleted from here."""
        raise _forbidden(f"{href or self.path} is not deleted from a task app")

    def get_meta(self, key: str | None = None) -> Any:
        """Return name, kind and colour of the list."""
        meta: Mapping[str, str] = {
            "tag": "VCALENDAR",
            "D:displayname": self._seen.name,
            "C:supported-calendar-component-set": "VTODO",
            "ICAL:calendar-color": "#1d4289ff",
        }
        return meta.get(key) if key else meta

    def set_meta(self, props: Mapping[str, str]) -> None:
        """Nothing of the list is changed from here."""
        raise _forbidden(f"{', '.join(props)} belong to Xunjian")

    def _item(self, task: Task) -> Item:
        stamp = self.last_modified
        return Item(
            collection=self,
            text=task.ics,
            href=task.href,
            etag=f'"{task.etag}"',
            last_modified=stamp,
        )

    def _tags(self) -> dict[str, str]:
        return {task.href: task.etag for task in self._seen.tasks}

    def _token(self) -> str:
        return self._snapshots.token(self._owner, self._tags())


class Storage(BaseStorage):
    """Looks up principals and lists by their paths."""

    _supports_unicode = True
    _supports_trailing_whitespace = True
    _supports_problematic_chars = True

    def __init__(self, configuration: "config.Configuration", door: Door) -> None:
        super().__init__(configuration)
        self._door = door
        self._snapshots = Snapshots()

    def discover(
        self,
        path: str,
        depth: str = "0",
        child_context_manager: Any = None,  # noqa: ARG002 - nothing here breaks half-way
        user_groups: set[str] | None = None,  # noqa: ARG002
    ) -> Iterator[Any]:
        """Yield what stands at *path*, and its children where asked for."""
        parts = [one for one in pathutils.strip_path(path).split("/") if one]
        deep = depth != "0"
        match parts:
            case []:
                yield Principal("")
                who = visit.credentials().name if deep else ""
                if who:
                    yield Principal(who)
            case [owner]:
                yield Principal(owner)
                if deep and (found := self._list(owner)):
                    yield found
            case [owner, name] if name == LIST:
                if found := self._list(owner):
                    yield found
                    yield from found.get_all() if deep else ()
            case [owner, name, href] if name == LIST:
                if found := self._list(owner):
                    ((_, item),) = found.get_multi([href])
                    yield from () if item is None else (item,)

    def create_collection(self, href: str, items: Any = None, props: Any = None) -> Any:  # noqa: ARG002
        """Return the own principal, which Radicale makes at sign-in; no list is ever made."""
        if "/" in pathutils.strip_path(href):
            raise ValueError("Lists are made in Xunjian.")
        return Principal(pathutils.strip_path(href)), {}, []

    def move(self, item: Item, to_collection: BaseCollection, to_href: str) -> None:  # noqa: ARG002
        """Nothing is moved."""
        raise _forbidden("tasks are not moved")

    @contextlib.contextmanager
    def acquire_lock(self, mode: str, user: str = "", *_args: Any, **_named: Any) -> Iterator[None]:  # noqa: ARG002
        """Xunjian keeps its own order; nothing is locked here."""
        yield

    def verify(self) -> bool:
        """Nothing is kept that could be wrong."""
        return True

    def _list(self, owner: str) -> TaskList | None:
        seen = visit.seen(owner)
        return TaskList(owner, seen, self._door, self._snapshots) if seen else None


def _todo(item: Item) -> Any:
    return getattr(item.vobject_item, "vtodo", None)


def _value(item: Item, name: str) -> str:
    found = getattr(_todo(item), name, None)
    return str(found.value).upper() if found is not None else ""


def _is_done(item: Item) -> bool:
    """Tell by the status; apps that leave it out say so by per cent or by the time of finishing."""
    status = _value(item, "status")
    if status:
        return status == "COMPLETED"
    return _value(item, "percent_complete") == "100" or bool(_value(item, "completed"))


def _step(before: Item, after: Item) -> bool | None:
    """Return true for a tick, false for one taken back, nothing where neither happened."""
    if _is_done(after) != _is_done(before):
        return _is_done(after)
    taken_back = _was_reported(before) and _is_open(after)
    return False if taken_back else None


def _was_reported(item: Item) -> bool:
    return _value(item, "percent_complete") == "50"


def _is_open(item: Item) -> bool:
    """Tell whether the app set it back to the very beginning."""
    return _value(item, "status") == "NEEDS-ACTION"


def _forbidden(words: str) -> ValueError:
    # Radicale answers 403 to the number of "permission denied".
    return ValueError(f"[Errno 13] {words}")
