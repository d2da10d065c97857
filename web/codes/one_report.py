"""One report: look at it, and make a finding or a ticket of it, or say why nothing follows."""

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.codes import report_desk
from inspections.codes.report_list import ReportDetail, report_detail
from inspections.codes.short_code import shown
from inspections.errors import Refused, WrongState
from inspections.reactions.duplicates import OpenFindingHere, Spot, open_findings_at
from web.authentication import OFFICERS, roles, viewer
from web.codes.blueprint import blueprint
from web.codes.code_words import kind_of
from web.codes.report_words import OUTCOMES
from web.database import now, session, transaction
from web.errors import status_of
from web.grammar import SEVERITY
from web.manage.fields import FormReader
from web.manage.flow import editor
from web.rulebook import rulebook
from web.tickets.ticket_words import CATEGORIES, PRIORITIES

_TITLE = 60


@blueprint.get("/reports/<int:report_id>")
@roles(*OFFICERS)
def one_report(report_id: int) -> str:
    """Show the report with what can be made of it."""
    return _page(_detail(report_id))


@blueprint.post("/reports/<int:report_id>")
@roles(*OFFICERS)
def decide(report_id: int) -> Response | tuple[str, int]:
    """Take the decision that the form names."""
    detail = _detail(report_id)
    reader = FormReader(request.form)
    step = _STEPS.get(request.form.get("step", "")) or abort(404)
    given = step[0](reader, detail)
    if reader.faults:
        return _page(detail, reader.faults), 422
    try:
        with transaction() as opened:
            common = {"editor": editor(), "now": now()}
            answer = step[1](opened, detail.id, **given, **common)
    except WrongState as refusal:
        return _page(_detail(report_id), refusal=refusal), status_of(refusal)
    flash(answer, "ok")
    return redirect(url_for("codes.one_report", report_id=report_id))


def _detail(report_id: int) -> ReportDetail:
    here = viewer()
    return report_detail(session(), report_id, organisation=here.organisation, sites=here.sites)


def _read_finding(reader: FormReader, detail: ReportDetail) -> dict[str, Any]:
    same = request.form.get("same_as", 0, int) or None
    if same is not None and same not in {each.id for each in _open_here(detail)}:
        reader.faults["same_as"] = _("That finding is closed by now. Choose again.")
    return {
        "title": reader.text("finding_title", _("What is the problem?")) or "",
        "severity": reader.one("severity", _("Severity"), SEVERITY) or "",
        "same_as": same,
    }


def _make_finding(opened: Any, report_id: int, **given: Any) -> str:
    report_desk.make_finding(opened, rulebook(), report_id, **given)
    if given["same_as"]:
        return str(_("The open finding took the report up."))
    return str(_("The finding is open and its deadline runs."))


def _read_ticket(reader: FormReader, _detail: ReportDetail) -> dict[str, Any]:
    return {
        "title": reader.text("ticket_title", _("What is broken")) or "",
        "category": reader.one("category", _("Kind"), CATEGORIES) or "",
        "priority": reader.one("priority", _("Priority"), PRIORITIES) or "",
    }


def _make_ticket(opened: Any, report_id: int, **given: Any) -> str:
    report_desk.make_ticket(opened, report_id, **given)
    return str(_("The ticket is open and its clocks run."))


def _read_reason(reader: FormReader, _detail: ReportDetail) -> dict[str, Any]:
    return {"reason": reader.text("reason", _("Why nothing follows")) or ""}


def _dismiss(opened: Any, report_id: int, **given: Any) -> str:
    report_desk.dismiss(opened, report_id, **given)
    return str(_("Dismissed. The reason is kept; you can take it back."))


def _read_nothing(_reader: FormReader, _detail: ReportDetail) -> dict[str, Any]:
    return {}


def _take_back(opened: Any, report_id: int, **given: Any) -> str:
    report_desk.take_back(opened, report_id, **given)
    return str(_("Taken back: the report waits again."))


_STEPS: Mapping[str, tuple[Any, Any]] = {
    "finding": (_read_finding, _make_finding),
    "ticket": (_read_ticket, _make_ticket),
    "dismiss": (_read_reason, _dismiss),
    "take-back": (_read_nothing, _take_back),
}


def _open_here(detail: ReportDetail) -> tuple[OpenFindingHere, ...]:
    site, kind, key = detail.on.on
    place = key if kind == "place" else detail.on.place_key
    return open_findings_at(session(), Spot(site, place, key if kind == "asset" else None))


def _page(
    detail: ReportDetail,
    faults: Mapping[str, str] | None = None,
    refusal: Refused | None = None,
) -> str:
    short = detail.what if len(detail.what) <= _TITLE else detail.what[: _TITLE - 1] + "…"
    return render_template(
        "codes/one_report.html",
        shown=detail,
        code=shown(detail.on.code),
        kind=kind_of(detail.on),
        faults=faults or {},
        refusal=refusal.text if refusal else None,
        typed={"finding_title": short, "ticket_title": short, **request.form},
        severities=[(code, str(sign.word)) for code, sign in SEVERITY.items()],
        categories=[("", _("choose one")), *((k, str(v)) for k, v in CATEGORIES.items())],
        priorities=[(k, str(v)) for k, v in PRIORITIES.items()],
        open_here=_open_here(detail) if detail.outcome == "waiting" else (),
        outcomes=OUTCOMES,
    )
