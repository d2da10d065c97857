"""Words for what became of reports."""

from collections.abc import Mapping

from flask_babel import lazy_pgettext
from flask_babel.speaklater import LazyString

# Outcome: word, tone, icon.
OUTCOMES: Mapping[str, tuple[LazyString, str, str]] = {
    "waiting": (lazy_pgettext("report", "Waiting"), "warn", "clock"),
    "finding": (lazy_pgettext("report", "Became a finding"), "go", "finding-open"),
    "joined": (lazy_pgettext("report", "Joined an open finding"), "go", "finding-in_progress"),
    "ticket": (lazy_pgettext("report", "Became a ticket"), "go", "swap"),
    "dismissed": (lazy_pgettext("report", "Dismissed"), "todo", "occurrence-cancelled"),
}
