"""What `xunjian serve` does beside its pages: send messages every minute where that is set up."""

import logging
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspections.database import Sessions
    from rules.rulebook import RuleBook

SECONDS_BETWEEN = 60


def messages_in_background(database: str | None, rulebook: "RuleBook") -> threading.Event:
    """
    Prepare and send on a thread of its own until the returned event is set.

    Where neither a mail server nor a group robot is set up nothing happens.
    """
    from inspections.database import open_database

    stop = threading.Event()
    sessions = open_database(database)

    def run() -> None:
        while not stop.is_set():
            try:
                _once(sessions, rulebook)
            except Exception:  # the next minute tries again; pages do not depend on it
                logging.getLogger("xunjian.messages").exception("Messages were not sent.")
            stop.wait(SECONDS_BETWEEN)

    threading.Thread(target=run, name="messages", daemon=True).start()
    return stop


def _once(sessions: "Sessions", rulebook: "RuleBook") -> None:
    from web.messages.setup import prepare_all, read_setup, send_all

    with sessions() as session:
        setup = read_setup(session)
        if not setup.channels:
            return
    prepare_all(sessions, rulebook, setup, now=datetime.now(UTC))
    send_all(sessions, setup, clock=lambda: datetime.now(UTC))
