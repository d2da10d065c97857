"""Work that goes on beside the request, so that a page can tell how far it is."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast
from uuid import uuid4

from flask import current_app

from rules.faults import Fault, InputInvalid

_MOST_KEPT = 12


@dataclass
class Job:
    """
    A piece of work that somebody waits for.

    Attributes:
        account: Who asked; nobody else finds it.
        done: Steps done of `steps`.
        faults: Why it cannot be answered; `broken` where the reason is ours.
    """

    account: str
    key: str = field(default_factory=lambda: uuid4().hex, kw_only=True)
    done: int = field(default=0, kw_only=True)
    steps: int = field(default=4, kw_only=True)
    faults: tuple[Fault, ...] = field(default=(), kw_only=True)
    broken: bool = field(default=False, kw_only=True)
    finished: threading.Event = field(default_factory=threading.Event, kw_only=True)

    def note(self, done: int, steps: int) -> None:
        """Note how far it is."""
        self.done, self.steps = done, steps

    def begin(self, work: Callable[[], None]) -> None:
        """Do *work* on a thread of its own; it has no request, and brings a session of its own."""

        def run() -> None:
            try:
                work()
            except InputInvalid as invalid:
                self.faults = tuple(invalid.faults)
            except Exception:  # told on the page; the log has the rest
                logging.getLogger("xunjian.background").exception("A piece of work failed.")
                self.broken = True
            finally:
                self.finished.set()

        threading.Thread(target=run, name=f"xunjian-{self.key[:8]}", daemon=True).start()


class Jobs:
    """The latest jobs of one area for all accounts, in memory: none is worth keeping longer."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()

    def add(self, job: Job) -> None:
        """Keep *job*, and forget the oldest ones."""
        with self._lock:
            self._kept[job.key] = job
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)

    def find(self, key: str, account: str) -> Job | None:
        """Return the job with this key, if the account asked for it and it is still kept."""
        job = self._kept.get(key)
        return job if job is not None and job.account == account else None


def jobs(area: str) -> Jobs:
    """Return those of an area of this application."""
    return cast("Jobs", current_app.extensions.setdefault(f"xunjian.jobs.{area}", Jobs()))
