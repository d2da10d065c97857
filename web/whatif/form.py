"""The form in which a change is chosen, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from pydantic import ValidationError

from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.whatif.changes import Change, Changes
from rules.whatif.reading import changes_in
from web.preferences import words
from web.typed_days import typed_day

KINDS: dict[str, LazyString] = {
    "change-rule": lazy_gettext("Change a rule"),
    "move-rule": lazy_gettext("Move a rule's date"),
    "end-rule": lazy_gettext("End a rule"),
    "set-parameter": lazy_gettext("Change a figure"),
    "add-site": lazy_gettext("Add a building"),
    "lose-person": lazy_gettext("Lose a person"),
    "file": lazy_gettext("Several changes as YAML"),
}
UNITS = ("day", "week", "half-month", "month", "quarter", "half-year", "year")
LONGEST = 3 * 366
Options = list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """
    What a form asks for.

    Attributes:
        values: The fields as they were filled in.
        faults: By field; then there are no changes.
    """

    values: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    since: date | None = None
    until: date | None = None
    faults: Mapping[str, str] | None = None


def asked(values: Mapping[str, str], today: date) -> Asked:
    """Read a filled-in form."""
    faults: dict[str, str] = {}
    kind = values.get("kind", "")
    since = typed_day(values, "since", faults) or today
    until = typed_day(values, "until", faults)
    if until is not None and not 0 <= (until - since).days <= LONGEST:
        faults["until"] = _("The last day lies within three years of the first.")
    changes: tuple[Change, ...] = ()
    if kind not in KINDS:
        faults["kind"] = _("Choose what to change.")
    elif kind == "file":
        changes = _from_text(values.get("text", ""), faults)
    else:
        changes = _from_fields(kind, values, faults)
    if faults:
        return Asked(values, faults=faults)
    return Asked(values, changes, since, until)


def options(book: RuleBook, organisation: Organisation) -> dict[str, Options]:
    """Return what the selects of the form offer."""
    dated = [
        rule
        for rule in book.rules.values()
        if any(version.cadence is not None for version in rule.versions)
    ]
    return {
        "rules": [(rule.id, f"{words(rule.title)} · {rule.id}") for rule in dated],
        "parameters": [
            (each.id, f"{words(each.title)} · {each.values[-1].value} {each.unit}")
            for pack in book.packs
            for each in pack.parameters
        ],
        "sites": [(site.id, words(site.name)) for site in organisation.sites],
        "people": [(person.id, words(person.name)) for person in organisation.people],
    }


def _from_text(text: str, faults: dict[str, str]) -> tuple[Change, ...]:
    if not text.strip():
        faults["text"] = _("Write at least one change.")
        return ()
    try:
        return changes_in(text, "changes.yaml")
    except InputInvalid as invalid:
        faults["text"] = "; ".join(_told(fault) for fault in invalid.faults)
        return ()


def _told(fault: Fault) -> str:
    where = _("line %(line)s", line=fault.line)
    return f"{where}: {fault.field} {words(fault.message)}"


def _from_fields(
    kind: str, values: Mapping[str, str], faults: dict[str, str]
) -> tuple[Change, ...]:
    data = _READERS[kind](values, faults)
    if faults:
        return ()
    try:
        return Changes.model_validate({"changes": [{"change": kind, **data}]}).changes
    except ValidationError:
        faults["kind"] = _("This cannot be tried out. Check the entries.")
        return ()


def _change_rule(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    day = typed_day(values, "rule_from", faults)
    changed: dict[str, Any] = {}
    times = _number(values, "times", faults)
    if times is not None:
        unit = values.get("unit", "")
        if unit not in UNITS:
            faults["unit"] = _("Choose a period.")
        changed["cadence"] = _cadence(times, unit)
    people = _number(values, "people", faults)
    if people is not None:
        changed["people"] = {"count": people}
    minutes = _number(values, "minutes", faults)
    if minutes is not None:
        changed["minutes"] = minutes
    if not changed and not faults:
        faults["times"] = _("Fill in at least one of how often, people and minutes.")
    return {"rule": _chosen(values, "rule", faults), "from": day, "set": changed}


def _cadence(times: int, unit: str) -> dict[str, Any]:
    if unit == "day" and times > 1:
        return {"type": "times-a-day", "times": times}
    if times == 1:
        return {"type": "periodic", "unit": unit}
    return {"type": "count", "times": times, "per": unit}


def _move_rule(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    return {"rule": _chosen(values, "rule", faults), "to": _needed_day(values, "to", faults)}


def _end_rule(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    return {
        "rule": _chosen(values, "rule", faults),
        "last": _needed_day(values, "last", faults),
    }


def _set_parameter(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    text = values.get("value", "").strip()
    value: float | str = text
    try:
        number = float(text)
        value = int(number) if number.is_integer() else number
    except (ValueError, OverflowError):
        if not text:
            faults["value"] = _("Write the new value.")
    day = typed_day(values, "rule_from", faults)
    return {"parameter": _chosen(values, "parameter", faults), "from": day, "value": value}


def _add_site(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    copied = _chosen(values, "copy", faults)
    data: dict[str, Any] = {"copy": copied, "id": f"{copied}-more"}
    name = values.get("name", "").strip()
    if name:
        data["name"] = {"zh": name, "en": name}
    if values.get("staff") != "same":
        data["people"] = []
    return data


def _lose_person(values: Mapping[str, str], faults: dict[str, str]) -> dict[str, Any]:
    return {"person": _chosen(values, "person", faults)}


_READERS = {
    "change-rule": _change_rule,
    "move-rule": _move_rule,
    "end-rule": _end_rule,
    "set-parameter": _set_parameter,
    "add-site": _add_site,
    "lose-person": _lose_person,
}


def _chosen(values: Mapping[str, str], name: str, faults: dict[str, str]) -> str:
    value = values.get(name, "").strip()
    if not value:
        faults[name] = _("Choose one from the list.")
    return value


def _number(values: Mapping[str, str], name: str, faults: dict[str, str]) -> int | None:
    text = values.get(name, "").strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text[:6]) <= 1000:
        faults[name] = _("Write a whole number from 1 to 1000.")
        return None
    return int(text)


def _needed_day(values: Mapping[str, str], name: str, faults: dict[str, str]) -> date | None:
    day = typed_day(values, name, faults)
    if day is None and name not in faults:
        faults[name] = _("Write the day, like 2026-09-01.")
    return day
