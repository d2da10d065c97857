"""The steps that a person may take with a finding: who sees which, and what each does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import request
from flask_babel import gettext as _

from inspections.findings import rectification
from inspections.findings.follow_ups import finish_follow_up
from inspections.rounds.findings import FindingDetail
from web.authentication import OFFICERS, viewer
from web.database import now
from web.formatting import local, today
from web.inspector.run import RECORDERS

_CLOSES = time(18, 0)
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
    """

    code: str
    field: str
    note: str


# Steps that are done with nothing but who, when and a note.
_STEPS: Mapping[str, Callable[..., object]] = {
    "start": rectification.start_rectification,
    "submit": rectification.submit_rectification,
    "confirm": rectification.confirm,
    "reject": rectification.reject,
    "reopen": rectification.reopen,
}
_FIELDS = {"extend": "reason", "escalate": "escalate_note", "know": "known_note"}
_NEEDS_NOTE = frozenset({"submit", "reject", "reopen", "extend", "escalate", "know"})


def asked() -> Asked:
    """Return the step that the posted form asks for."""
    code = request.form.get("action", "")
    field = _FIELDS.get(code, "note")
    if code == "task":
        field = f"note-{request.form.get('task', '')}"
    return Asked(code, field, request.form.get(field, "").strip())


def faults_of(step: Asked, detail: FindingDetail) -> dict[str, str]:
    """Return what is wrong with the form, by field; nothing where the step may be tried."""
    faults: dict[str, str] = {}
    if step.code in _NEEDS_NOTE and not step.note:
        faults[step.field] = _("Say in a sentence what was done or why.")
    for code, field in (("extend", "until"), ("know", "known_until")):
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
        case "extend":
            rectification.extend(opened, due_at=_at(form["until"], _CLOSES), **noted)
        case "know":
            rectification.know_until(opened, until=_at(form["known_until"], _DAY_ENDS), **noted)
        case "escalate":
            rectification.escalate(opened, to=form["escalate_to"], **noted)
        case "assign":
            rectification.assign_owner(opened, owner=form["owner"], **common)
        case "task":
            _do_task(opened, step.note)
        case _:
            _STEPS[step.code](opened, **noted)


def actions(detail: FindingDetail) -> list[Action]:
    """Return the steps of the rectification that follow from its state."""
    if viewer().role not in RECORDERS:
        return []
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
    if detail.state != "closed" and viewer().role in RECORDERS:
        codes |= {"escalate", "task"}
    if detail.state != "closed" and viewer().role in OFFICERS:
        codes |= {"extend", "assign", "know"}
    return codes


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
