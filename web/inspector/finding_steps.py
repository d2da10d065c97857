"""The steps that a person may take with a finding: who sees which, and what each does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import request
from flask_babel import gettext as _

from inspections.findings import extensions, rectification
from inspections.findings.follow_ups import finish_follow_up
from inspections.findings.scope import CONTRACTOR_STEPS
from inspections.rounds.findings import FindingDetail
from web.authentication import CONTRACTOR, OFFICERS, viewer
from web.database import now
from web.formatting import local, today
from web.inspector.finding_photos import FIELD, keep_proof, sent_proof
from web.inspector.photos import Photo
from web.inspector.run import RECORDERS
from web.manage.flow import editor

_DAY_ENDS = time(23, 59)


@dataclass(frozen=True)
class Action:
    """A step that the person may take now; the first one is the main one."""

    code: str
    words: str
    icon: str


@dataclass(frozen=True)
class Asked:
    """
    What a form asked for.

    Attributes:
        field: The field that holds the sentence.
        photos: What proves the step; `unfit` says what is wrong with them.
    """

    code: str
    field: str
    note: str
    photos: tuple[Photo, ...] = ()
    unfit: str = ""


# Steps that are done with nothing but who, when and a note.
_STEPS: Mapping[str, Callable[..., object]] = {
    "start": rectification.start_rectification,
    "reopen": rectification.reopen,
}
# Steps that photos prove.
_PROVED: Mapping[str, Callable[..., object]] = {
    "submit": rectification.submit_rectification,
    "confirm": rectification.confirm,
    "reject": rectification.reject,
}
_FIELDS = {
    "ask": "reason",
    "grant": "decision",
    "refuse": "decision",
    "escalate": "escalate_note",
    "know": "known_note",
}
_NEEDS_NOTE = frozenset(
    {"submit", "reject", "reopen", "ask", "grant", "refuse", "escalate", "know"}
)


def asked() -> Asked:
    """Return the step that the posted form asks for."""
    code = request.form.get("action", "")
    field = _FIELDS.get(code, "note")
    if code == "task":
        field = f"note-{request.form.get('task', '')}"
    photos, unfit = sent_proof() if code in _PROVED else ([], "")
    return Asked(code, field, request.form.get(field, "").strip(), tuple(photos), unfit)


def faults_of(step: Asked, detail: FindingDetail) -> dict[str, str]:
    """Return what is wrong with the form, by field; nothing where the step may be tried."""
    faults: dict[str, str] = {FIELD: step.unfit} if step.unfit else {}
    if step.code in _NEEDS_NOTE and not step.note:
        faults[step.field] = _("Say in a sentence what was done or why.")
    for code, field in (("ask", "until"), ("know", "known_until")):
        if step.code == code and not _is_later(request.form.get(field, "")):
            faults[field] = _("Choose a day after today.")
    for code, field in (("assign", "owner"), ("escalate", "escalate_to")):
        if step.code == code and not request.form.get(field):
            faults[field] = _("Choose a person.")
    if step.code == "task" and _task_id() not in {one.id for one in detail.follow_ups}:
        faults.setdefault(step.field, _("This step is not possible now. Reload the page."))
    if step.code not in possible(detail):
        faults.setdefault(step.field, _("This step is not possible now. Reload the page."))
    return faults


def take(opened: Any, step: Asked, detail: FindingDetail) -> None:
    """
    Take the step.

    Raises:
        Refused: If the record does not allow it.
        InputInvalid: If a task asks for a reading and the form has none.
    """
    common: dict[str, Any] = {"finding_id": detail.id, "by": viewer().person, "now": now()}
    noted = {**common, "note": step.note or None}
    form = request.form
    match step.code:
        case "ask" | "grant" | "refuse" | "take-back":
            _about_time(opened, step, detail.id)
        case "know":
            rectification.know_until(opened, until=_at(form["known_until"], _DAY_ENDS), **noted)
        case "escalate":
            rectification.escalate(opened, to=form["escalate_to"], **noted)
        case "assign":
            rectification.assign_owner(opened, owner=form["owner"], **common)
        case "task":
            _do_task(opened, step.note)
        case code if code in _PROVED:
            _PROVED[code](opened, photos=keep_proof(opened, list(step.photos)), **noted)
        case _:
            _STEPS[step.code](opened, **noted)


def actions(detail: FindingDetail) -> list[Action]:
    """Return the steps of the rectification that follow from its state."""
    here = viewer().role
    found = _that_follow(detail) if here in {*RECORDERS, CONTRACTOR} else []
    return [one for one in found if here != CONTRACTOR or one.code in CONTRACTOR_STEPS]


def _that_follow(detail: FindingDetail) -> list[Action]:
    submit = Action("submit", _("Submit the rectification"), "tick")
    match detail.state:
        case "open":
            return [submit, Action("start", _("Begin, not ready yet"), "chevron-right")]
        case "in_progress":
            return [submit]
        case "awaiting_verification":
            return [
                Action("confirm", _("Verified on the spot: close it"), "tick"),
                Action("reject", _("Not in order: send it back"), "undo"),
            ]
    return [Action("reopen", _("Open it again"), "undo")]


def possible(detail: FindingDetail) -> set[str]:
    """Return the codes of all steps that the person may try now."""
    codes = {action.code for action in actions(detail)}
    if detail.state != "closed" and viewer().role == CONTRACTOR:
        codes |= _possible_about_time(detail)
    if detail.state != "closed" and viewer().role in RECORDERS:
        codes |= {"escalate", "task"} | _possible_about_time(detail)
    if detail.state != "closed" and viewer().role in OFFICERS:
        codes |= {"assign", "know"}
    return codes


def _possible_about_time(detail: FindingDetail) -> set[str]:
    here, asked = viewer(), detail.asked
    if asked is None:
        may_ask = here.person == detail.owner or here.role in extensions.ASKING_ROLES
        return {"ask"} if may_ask else set()
    codes = {"take-back"} if asked.by == here.person else set()
    if here.role in extensions.DECIDING_ROLES and here.person not in {asked.by, detail.owner}:
        codes |= {"grant", "refuse"}
    return codes


def _about_time(opened: Any, step: Asked, finding_id: int) -> None:
    who: dict[str, Any] = {"editor": editor(), "now": now()}
    match step.code:
        case "ask":
            until = date.fromisoformat(request.form["until"])
            extensions.ask_for_time(opened, finding_id, until=until, note=step.note, **who)
        case "grant":
            extensions.grant_time(opened, finding_id, note=step.note, **who)
        case "refuse":
            extensions.refuse_time(opened, finding_id, note=step.note, **who)
        case _:
            extensions.take_back_request(opened, finding_id, **who)


def _do_task(opened: Any, note: str) -> None:
    finish_follow_up(
        opened,
        follow_up_id=_task_id(),
        by=viewer().person,
        now=now(),
        reading=_reading(request.form.get(f"reading-{_task_id()}", "")),
        passed=request.form.get("outcome", "pass") == "pass",
        note=note or None,
    )


def _task_id() -> int:
    return request.form.get("task", 0, int)


def _reading(text: str) -> float | None:
    """Return a number as people type it: comma or point, any minus sign."""
    plain = text.strip().replace("−", "-").replace("–", "-").replace("，", ".").replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None


def _at(day: str, hour: time) -> datetime:
    return datetime.combine(date.fromisoformat(day), hour, local(now()).tzinfo)


def _is_later(text: str) -> bool:
    try:
        return date.fromisoformat(text) > today()
    except ValueError:
        return False
