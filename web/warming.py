"""Read before the first request what it would have to wait for."""

import time

from flask import Flask

from rules.rulebook import RuleBook
from web.database import sessions
from web.rulebook import whole_rulebook


def warm(app: Flask) -> tuple[RuleBook, float]:
    """Open the record and read the rules; return the book, and the seconds it took."""
    start = time.perf_counter()
    with app.app_context():
        sessions()
        book = whole_rulebook()
    return book, time.perf_counter() - start
