"""Stored values in words: facts, spans of days, opening hours, lists of roles."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from rules.vocabulary import load_vocabulary
from web.fact_words import fact_in_words
from web.preferences import language, words

LABELS: Mapping[str, LazyString] = {
    "name": lazy_gettext("Name"),
    "sites": lazy_gettext("Sites"),
    "roles": lazy_gettext("Roles"),
    "minutes_per_day": lazy_gettext("Minutes for checks a day"),
    "works": lazy_gettext("Working days"),
    "qualifications": lazy_gettext("Certificates"),
    "absences": lazy_gettext("Absences"),
    "employer": lazy_gettext("Employer"),
    "packs": lazy_gettext("Rule packs"),
    "email": lazy_gettext("E-mail"),
    "team": lazy_gettext("Team"),
    "calendar.opening": lazy_gettext("Opening hours"),
    "calendar.public_holidays": lazy_gettext("Public holidays"),
    "calendar.closed": lazy_gettext("Closed days"),
    "calendar.extra": lazy_gettext("Extra opening days"),
    "calendar.terms": lazy_gettext("Terms"),
    "calendar.exams": lazy_gettext("Exams"),
    "calendar.meals": lazy_gettext("Meals"),
    "calendar.night_from": lazy_gettext("Night begins"),
    "calendar.night_until": lazy_gettext("Night ends"),
    "shifts": lazy_gettext("Shifts"),
    "keeper": lazy_gettext("Keeper"),
    "maintainer": lazy_gettext("Maintainer"),
    "place": lazy_gettext("Place"),
    "applies": lazy_gettext("Applies"),
    "order": lazy_gettext("Order of places"),
    "travel": lazy_gettext("Ways"),
    "prefers": lazy_gettext("Wishes"),
    "most_running": lazy_gettext("Most days running at a place"),
    "note": lazy_gettext("Reason"),
    "rule": lazy_gettext("Rule"),
    "site": lazy_gettext("Site"),
    "by": lazy_gettext("By"),
    "on": lazy_gettext("On"),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SHORT = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def label(name: str) -> str:
    """Return the title of a field or fact."""
    if name in LABELS:
        return str(LABELS[name])
    definition = load_vocabulary().get(name)
    return words(definition.title) if definition else name


def value_words(name: str, value: Any) -> str:
    """Return a stored value of the field or fact called *name* in words."""
    if value is None or value in ([], (), ""):
        return str(_("none"))
    if name in load_vocabulary() or name == "roles":
        fact = "person.roles" if name == "roles" else name
        return words(fact_in_words(fact, value).value)
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if name == "calendar.public_holidays":
        return str(_("closed") if value == "closed" else _("open as on other days"))
    if name == "works":
        return str(_(", ")).join(weekday(day) for day in value)
    pieces = value if isinstance(value, (list, tuple)) else [value]
    return str(_("; ")).join(_piece(each) for each in pieces)


def weekday(day: str) -> str:
    """Return `周一` or `Mon` for `mon`."""
    return _SHORT[language()][DAYS.index(day)]


def certificate(kind: str) -> str:
    """Return the name of a kind of certificate."""
    return words(fact_in_words("person.qualifications", kind).value)


def _piece(value: Any) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    if set(value) == {"zh", "en"}:
        return str(value[language()])
    if "days" in value:
        days = " ".join(weekday(day) for day in value["days"])
        return f"{days} {value['opens'][:5]}–{value['closes'][:5]}"
    if "kind" in value:
        return f"{certificate(value['kind'])} {_span(value)}"
    if "code" in value or "meal" in value:
        return _shift(value) if "code" in value else f"{value['meal']} {value['at'][:5]}"
    named = value.get("reason") or value.get("name")
    return f"{_span(value)} {_piece(named) if named else ''}".strip()


def _shift(value: Mapping[str, Any]) -> str:
    figures = (value["minimum"], value.get("preferred"), value.get("maximum"))
    people = "–".join(map(str, dict.fromkeys(one for one in figures if one is not None)))
    times = f"{value['since'][:5]}–{value['until'][:5]}"
    name = value["name"][language()]
    return f"{value['code']} {name} {times} × {people}"


def _span(value: Mapping[str, Any]) -> str:
    if "on" in value:
        return str(value["on"])
    since, until = value.get("from"), value.get("until")
    return str(since) if since == until else f"{since} – {until or _('without end')}"
