"""One finding: its life, its clock, and the step that comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.findings import rectification
from inspections.rounds.findings import FindingDetail, finding_detail
from rules.text import Text
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import local, today
from web.inspector.arithmetic import boxes
from web.inspector.blueprint import blueprint
from web.inspector.finding_log import NEXT, OTHERWISE, entries
from web.inspector.run import RECORDERS
from web.rulebook import rulebook


@dataclass(frozen=True)
class Action:
    """A step that the person may take now; the first one is the main one."""

    code: str
    words: str
    icon: str


# Steps that are done with nothing but who, when and a note.
_STEPS: Mapping[str, Callable[..., object]] = {
    "start": rectification.start_rectification,
    "submit": rectification.submit_rectification,
    "confirm": rectification.confirm,
    "reject": rectification.reject,
    "reopen": rectification.reopen,
}
_NEEDS_NOTE = frozenset({"submit", "reject", "reopen", "extend"})


@blueprint.get("/findings/<int:finding_id>", endpoint="finding")
def show(finding_id: int) -> str:
    """Show the finding with what may be done next."""
    return _page(_detail(finding_id))


@blueprint.post("/findings/<int:finding_id>")
@roles(*RECORDERS)
def act(finding_id: int) -> Response | tuple[str, int]:
    """Take one step; a refusal is shown with its reason, and nothing changes."""
    detail = _detail(finding_id)
    code = request.form.get("action", "")
    field = "reason" if code == "extend" else "note"
    note = request.form.get(field, "").strip()
    faults = _faults(code, note, field)
    if code not in _possible(detail):
        faults.setdefault(field, _("This step is not possible now. Reload the page."))
    if faults:
        return _page(detail, faults=faults), 422
    try:
        with transaction() as opened:
            _take(opened, code, finding_id, note)
    except Refused as refusal:
        return _page(_detail(finding_id), refusal=refusal.text), status_of(refusal)
    flash(_("Recorded."), "ok")
    return redirect(url_for("inspector.finding", finding_id=finding_id))


def _take(opened: Any, code: str, finding_id: int, note: str) -> None:
    common: dict[str, Any] = {
        "finding_id": finding_id,
        "by": viewer().person,
        "now": now(),
        "note": note or None,
    }
    if code == "extend":
        rectification.extend(opened, due_at=_end_of(request.form["until"]), **common)
    else:
        _STEPS[code](opened, **common)


def _end_of(day: str) -> datetime:
    zone = local(now()).tzinfo
    return datetime.combine(date.fromisoformat(day), time(18, 0), zone)


def _faults(code: str, note: str, field: str) -> dict[str, str]:
    faults: dict[str, str] = {}
    if code in _NEEDS_NOTE and not note:
        faults[field] = _("Say in a sentence what was done or why.")
    if code == "extend" and not _is_later(request.form.get("until", "")):
        faults["until"] = _("Choose a day after today.")
    return faults


def _is_later(text: str) -> bool:
    try:
        return date.fromisoformat(text) > today()
    except ValueError:
        return False


def _detail(finding_id: int) -> FindingDetail:
    here = viewer()
    detail = finding_detail(
        session(), finding_id, organisation=here.organisation, asked_by=here.person
    )
    site_in_scope(detail.site)
    return detail


def _actions(detail: FindingDetail) -> list[Action]:
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


def _can_extend(detail: FindingDetail) -> bool:
    return viewer().role in OFFICERS and detail.state != "closed"


def _possible(detail: FindingDetail) -> set[str]:
    more = {"extend"} if _can_extend(detail) else set()
    return {action.code for action in _actions(detail)} | more


def _page(
    detail: FindingDetail, *, faults: Mapping[str, str] | None = None, refusal: Text | None = None
) -> str:
    rule = rulebook().rules.get(detail.rule or "")
    stored = detail.arithmetic
    shown = {
        **{name: getattr(detail, name) for name in detail.__dataclass_fields__},
        "log": entries(detail),
        "next": NEXT.get(detail.state),
        "otherwise": OTHERWISE,
        "boxes": boxes(detail.found_at, detail.first_due_at, stored["days"]),
        "sentence": Text(**stored["text"]),
        "clause": rulebook().clause_text(rule) if rule else None,
        "cannot_verify": detail.refusal if detail.state == "awaiting_verification" else None,
        "note_label": _note_label(detail.state),
        "actions": _actions(detail),
        "can_extend": _can_extend(detail),
    }
    return render_template(
        "inspector/finding.html",
        shown=shown,
        faults=faults or {},
        refusal=refusal,
        entered=request.form.get("note", ""),
        entered_reason=request.form.get("reason", ""),
        entered_until=request.form.get("until", ""),
    )


def _note_label(state: str) -> str:
    labels = {
        "open": _("What was done"),
        "in_progress": _("What was done"),
        "awaiting_verification": _("What you saw on the spot"),
    }
    return str(labels.get(state) or _("Reason"))
