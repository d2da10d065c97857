"""The form of a calendar link: what it offers, and what was chosen."""

from dataclasses import replace
from typing import Any

from flask import request
from flask_babel import gettext as _

from inspections.errors import Refused
from inspections.feeds.choices import Choices
from rules.text import Text
from web.formatting import length
from web.public.offers import Offer

# Minutes before the start.
ALARMS = (0, 15, 60, 24 * 60)
DAYS_BACK = (0, 7, 30, 90)
DAYS_AHEAD = (14, 30, 60, 120, 180, 366)
CANCELLED_DAYS = (0, 7, 14, 30)


class NobodysAccount(Refused):
    """An account without a person has no tasks of its own."""

    code = "feed.nobody"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="此账号没有关联人员，请选择一个场所。",
                en="This account belongs to no person. Please choose a site.",
            )
        )


def chosen(offers: list[Offer], before: Choices | None = None) -> tuple[Choices, str]:
    """
    Return the choices of the form, and the label of what it shows.

    What is not offered to this person is taken as what it was before, else as their own calendar.

    Raises:
        NobodysAccount: If they have none.
    """
    wanted = request.form.get("of", "")
    offer = next((one for one in offers if one.value == wanted), None)
    if offer is None and before is None:
        offer = next((one for one in offers if one.value == "person"), None)
    if offer is None and before is None:
        raise NobodysAccount
    start = Choices(**offer.named) if offer else before or Choices()
    return replace(start, **_details()), offer.words if offer else ""


def _details() -> dict[str, Any]:
    form = request.form
    alarms = [int(value) for value in form.getlist("alarm") if value.isdecimal()]
    return {
        "language": "en" if form.get("language") == "en" else "zh",
        "alarms": tuple(one for one in sorted(set(alarms)) if one in ALARMS),
        "deadlines": form.get("deadlines", "event"),
        "detail": form.get("detail", "full"),
        "days_back": _number("days_back", 30),
        "days_ahead": _number("days_ahead", 120),
        "cancelled_days": _number("cancelled_days", 14),
    }


def _number(name: str, default: int) -> int:
    """Return what was sent; what is no number is refused like one that is out of range."""
    value = request.form.get(name, str(default))
    return int(value) if value.isdecimal() and len(value) < 5 else -1


def options() -> dict[str, list[tuple[Any, str]]]:
    """Return the values and words of every field but the first."""
    return {
        "alarms": [(minutes, alarm_word(minutes)) for minutes in ALARMS],
        "deadlines": [
            ("event", _("as events: every calendar shows them")),
            ("todo", _("as to-dos: Google, Outlook and the iPhone's calendar do not show them")),
            ("both", _("as both")),
        ],
        "detail": [
            ("full", _("everything: also the clause and why you")),
            ("titles", _("titles and places")),
            ("busy", _("busy times only")),
        ],
        "days_back": [(days, back_word(days)) for days in DAYS_BACK],
        "days_ahead": [(days, _("%(days)s days ahead", days=days)) for days in DAYS_AHEAD],
        "cancelled_days": [(days, cancelled_word(days)) for days in CANCELLED_DAYS],
    }


def alarm_word(minutes: int) -> str:
    """Return when an alarm rings."""
    if minutes == 0:
        return str(_("at the start"))
    if minutes == 24 * 60:
        return str(_("a day before"))
    return str(_("%(span)s before", span=length(minutes)))


def back_word(days: int) -> str:
    """Return how far back a link looks."""
    return str(_("%(days)s days back", days=days) if days else _("from today on"))


def cancelled_word(days: int) -> str:
    """Return how long cancelled things stay."""
    return str(_("for %(days)s days", days=days) if days else _("not at all"))
