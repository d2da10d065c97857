"""The form of a wish for a duty roster: what is offered, what was sent, what is wrong with it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _

from inspections.duty_wishes.checking import KINDS, AskedWish
from inspections.duty_wishes.entering import enter_wish
from inspections.duty_wishes.shifts_offered import OfferedShift
from inspections.editing import Editor
from inspections.errors import FormUsedAlready
from rules.faults import InputInvalid
from web.authentication import OFFICERS, viewer
from web.database import now, transaction
from web.preferences import words

# Why somebody wishes something is for those who plan.
PLANNERS = OFFICERS | {"team-lead"}
Options = list[tuple[str, str]]


def editor() -> Editor:
    """Return the signed-in person as one who enters wishes."""
    here = viewer()
    return Editor(here.organisation, here.person, here.role, here.sites)


def kind_words() -> dict[str, str]:
    """Return what each kind of wish is called."""
    return {
        "off": _("Day off"),
        "stand": _("Wants this shift"),
        "avoid": _("Rather not this shift"),
    }


def shift_options(shifts: Iterable[OfferedShift]) -> Options:
    """Return what the choice of a shift offers, none of them first."""
    found = [("/".join(one.cell), shift_words(one)) for one in shifts]
    return [("", _("No shift: a day off")), *found]


def shift_words(shift: OfferedShift) -> str:
    """Return post, name and clock times of a shift."""
    clock = f"{shift.since:%H:%M}–{shift.until:%H:%M}"
    return f"{words(shift.post_name)} · {words(shift.name)} {clock}"


def entered(person: str) -> dict[str, str]:
    """Keep the wish that was sent, as *person*'s; return what is wrong with it, by field."""
    kind = request.form.get("kind", "")
    post, _slash, shift = request.form.get("shift", "").partition("/")
    since = day_sent("since")
    asked = AskedWish(
        client_id=_client_made(),
        person=person,
        kind=next((one for one in KINDS if one == kind), None),
        since=since,
        until=day_sent("until") if request.form.get("until", "").strip() else since,
        cell=(post, shift) if shift else None,
        reason=request.form.get("reason", "").strip(),
    )
    try:
        with transaction() as opened:
            enter_wish(opened, asked, editor=editor(), now=now())
    except InputInvalid as invalid:
        return by_field(invalid)
    except FormUsedAlready as refusal:
        return {"kind": words(refusal.text)}
    return {}


def by_field(invalid: InputInvalid) -> dict[str, str]:
    """Return every fault with its remedy, by the field of the form."""
    found: dict[str, str] = {}
    for one in invalid.faults:
        said = f"{words(one.message)} {words(one.remedy)}"
        found[one.field] = f"{found[one.field]} {said}" if one.field in found else said
    return found


def day_sent(name: str) -> date | None:
    """Return the day that the form sent, or nothing where it is none."""
    try:
        return date.fromisoformat(request.form.get(name, "").strip())
    except ValueError:
        return None


def _client_made() -> str:
    try:
        return str(UUID(request.form.get("id", "")))
    except ValueError:
        abort(400)
