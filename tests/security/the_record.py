"""The whole record as text, to prove that a refused request changed nothing."""

import re
import sqlite3

from flask import Flask

# Who was here when, and who failed to sign in, is told by these on every visit.
_VISITS = re.compile(
    r'INSERT INTO "?(account|session|sign_in|calendar_clock|audit_log.*\'account\.sign)'
)


def content(app: Flask) -> set[str]:
    """Return every row, without what says when somebody was last here."""
    path = app.config["DATABASE_URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as record:
        return {line for line in record.iterdump() if not _VISITS.match(line)}


def changed(app: Flask, before: set[str]) -> list[str]:
    """Return the rows that are new or gone since *before*."""
    return sorted(content(app) ^ before)
