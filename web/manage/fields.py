"""Read a form; every fault is kept by its field, and nothing that was typed is lost."""

import re
from collections.abc import Collection
from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from inspections.exchange.typed_values import clock_time, day_of, looks_like_day
from rules.organisation.mail_address import mail_address
from rules.refusal import Refusal
from rules.text import Text
from web.formatting import figure
from web.preferences import words

_POINT = re.compile("[,\uff0c]")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{0,6})?", re.ASCII)
LONGEST = 300


class FormReader:
    """
    Reads the fields of one form.

    Attributes:
        faults: What is wrong, by the field's id, in the order of the form.
    """

    def __init__(self, form: MultiDict[str, str]) -> None:
        self.form = form
        self.faults: dict[str, str] = {}

    def text(self, name: str, label: str, *, required: bool = True) -> str | None:
        """Return what was typed, without blanks around it."""
        raw = self.form.get(name, "").strip()
        if not raw and required:
            self.faults[name] = _("%(label)s: please fill this in.", label=label)
        if len(raw) > LONGEST:
            self.faults[name] = _(
                "%(label)s: at most %(count)s characters; there are %(have)s.",
                label=label,
                count=LONGEST,
                have=len(raw),
            )
        return raw or None

    def mail(self, name: str, label: str) -> str | None:
        """Return an e-mail address that can be written to, or nothing where none was typed."""
        raw = self.text(name, label, required=False)
        try:
            return mail_address(raw) if raw else None
        except Refusal as refusal:
            self.faults[name] = f"{label}: {words(refusal.text)}"
            return None

    def words(self, name: str, label: str, before: Text | None, shown: str) -> Text | None:
        """Return a text; where it was not touched, the one in both languages stays."""
        raw = self.text(name, label)
        if before is not None and raw == shown:
            return before
        return Text(zh=raw, en=raw) if raw else None

    def day(self, name: str, label: str, *, required: bool = True) -> date | None:
        """Return a day that exists."""
        raw = self.form.get(name, "").strip()
        if not raw:
            if required:
                self.faults[name] = _("%(label)s: enter a date such as 2026-11-30.", label=label)
            return None
        found = day_of(raw)
        if found is not None:
            return found
        if looks_like_day(raw):
            self.faults[name] = _(
                "%(label)s: there is no day %(raw)s. Check month and day.", label=label, raw=raw
            )
        else:
            self.faults[name] = _(
                "%(label)s: “%(raw)s” is not a date. Enter one such as 2026-11-30.",
                label=label,
                raw=raw,
            )
        return None

    def span(self, since_label: str, until_label: str, *, open_end: bool = False) -> Any:
        """Return the days `since` and `until`, the second not before the first."""
        since = self.day("since", since_label)
        until = self.day("until", until_label, required=not open_end)
        if since and until and until < since:
            self.faults["until"] = _(
                "%(label)s: %(until)s lies before %(since)s. Correct one of the two.",
                label=until_label,
                until=until.isoformat(),
                since=since.isoformat(),
            )
        return since, until

    def whole(self, name: str, label: str, limits: tuple[int, int]) -> int | None:
        """Return a whole number within *limits*, both included."""
        raw = self.form.get(name, "").strip()
        low, high = limits
        if not re.fullmatch(r"-?\d{1,9}", raw) or not low <= int(raw) <= high:
            self.faults[name] = _(
                "%(label)s: enter a whole number from %(low)s to %(high)s.",
                label=label,
                low=low,
                high=high,
            )
            return None
        return int(raw)

    def number(
        self, name: str, label: str, limits: tuple[float, float] | None = None
    ) -> float | None:
        """Return a number as people type it, comma or point, within *limits* (both included)."""
        raw = _POINT.sub(".", self.form.get(name, "").strip())
        if not _NUMBER.fullmatch(raw):
            self.faults[name] = _("%(label)s: enter a number.", label=label)
            return None
        if limits and not limits[0] <= float(raw) <= limits[1]:
            self.faults[name] = _(
                "%(label)s: enter a number from %(low)s to %(high)s.",
                label=label,
                low=figure(limits[0]),
                high=figure(limits[1]),
            )
            return None
        return float(raw)

    def clock(self, name: str, label: str) -> time | None:
        """Return a clock time."""
        found = clock_time(self.form.get(name, ""))
        if found is None:
            self.faults[name] = _("%(label)s: enter a time such as 22:00.", label=label)
        return found

    def one(self, name: str, label: str, allowed: Collection[str]) -> str | None:
        """Return one of the *allowed* values."""
        raw = self.form.get(name, "")
        if raw not in allowed:
            self.faults[name] = _("%(label)s: choose one.", label=label)
            return None
        return raw

    def many(
        self, name: str, label: str, allowed: Collection[str], *, required: bool = False
    ) -> tuple[str, ...]:
        """Return the chosen ones of the *allowed* values, in their order."""
        chosen = self.form.getlist(name)
        unknown = [value for value in chosen if value not in allowed]
        if unknown:
            self.faults[name] = _(
                "%(label)s: there is no “%(value)s”. Choose from the list.",
                label=label,
                value=unknown[0],
            )
        elif required and not chosen:
            self.faults[name] = _("%(label)s: choose at least one.", label=label)
        return tuple(value for value in allowed if value in chosen)


def is_iso_day(raw: str) -> bool:
    """Return whether a date control can show *raw*."""
    try:
        return date.fromisoformat(raw).isoformat() == raw
    except ValueError:
        return False
