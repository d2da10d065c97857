"""One check: explain and sign it where it was missed, excuse it where it is open."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspections import missed_duties
from inspections.errors import Refused
from inspections.queries.approvers import approvers
from inspections.rounds.occurrence import OccurrenceDetail, occurrence_detail
from rules.text import Text
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.manage.fields import FormReader
from web.manage.flow import Page, editor
from web.missed.blueprint import blueprint
from web.missed.listing import rule_clause, rule_title
from web.preferences import words


@blueprint.route("/<int:occurrence_id>", methods=["GET", "POST"])
@roles(*OFFICERS)
def explain(occurrence_id: int) -> Page:
    """Explain a missed check and sign it."""
    detail = _detail(occurrence_id)
    if request.method != "POST":
        return _explain_form(detail)
    reader = FormReader(request.form)
    step = request.form.get("step", "")
    cause = reader.text("cause", _("Cause")) if step == "explain" else None
    if step == "sign":
        _read_signature(reader)
    if reader.faults:
        return _explain_form(detail, reader.faults), 422
    try:
        with transaction() as opened:
            if cause is not None:
                missed_duties.explain(
                    opened, occurrence_id, explanation=cause, editor=editor(), now=now()
                )
            else:
                missed_duties.sign(opened, occurrence_id, editor=editor(), now=now())
    except Refused as refusal:
        return _explain_form(detail, {}, refusal.text), status_of(refusal)
    flash(_("Saved. The check stays missed."), "ok")
    return redirect(url_for("missed.explain", occurrence_id=occurrence_id))


@blueprint.route("/<int:occurrence_id>/excuse", methods=["GET", "POST"])
@roles(*OFFICERS)
def excuse(occurrence_id: int) -> Page:
    """Excuse an open check, with the reason and who approved."""
    detail = _detail(occurrence_id)
    if request.method != "POST":
        return _excuse_form(detail)
    reader = FormReader(request.form)
    reason = reader.text("reason", _("Reason")) or ""
    allowed = [key for key, _name in _approvers(detail)]
    approver = reader.one("approver", _("Approved by"), allowed) or ""
    if reader.faults:
        return _excuse_form(detail, reader.faults), 422
    try:
        with transaction() as opened:
            missed_duties.excuse(
                opened, occurrence_id, reason=reason, approver=approver, editor=editor(), now=now()
            )
    except Refused as refusal:
        return _excuse_form(detail, {}, refusal.text), status_of(refusal)
    flash(_("Excused, with reason and approver. It is not counted as done."), "ok")
    return redirect(url_for("missed.missed", show="open"))


def _detail(occurrence_id: int) -> OccurrenceDetail:
    missed_duties.check_scope(session(), occurrence_id, editor=editor())
    return occurrence_detail(
        session(), occurrence_id, organisation=viewer().organisation, now=now()
    )


def _read_signature(reader: FormReader) -> None:
    """The name typed is that of who signs: a signature is never given for somebody else."""
    typed = reader.text("signature", _("Your name"))
    mine = viewer().person_name
    if typed is not None and typed.casefold() not in {mine.zh.casefold(), mine.en.casefold()}:
        reader.faults["signature"] = _(
            "Your name: “%(typed)s” is not the name you are signed in with. Enter %(name)s.",
            typed=typed,
            name=words(mine),
        )


def _explain_form(
    detail: OccurrenceDetail,
    faults: Mapping[str, str] | None = None,
    refusal: Text | None = None,
) -> str:
    said = {
        kind: [one for one in detail.log if one.kind == kind] for kind in ("explained", "signed")
    }
    return render_template(
        "missed/explain.html",
        shown=detail,
        title=rule_title(detail.rule),
        clause=rule_clause(detail.rule),
        explained=said["explained"],
        signed=said["signed"],
        made_up=[one for one in detail.records if one.make_up and one.finished],
        faults=faults or {},
        refusal=refusal,
        typed=request.form,
    )


def _excuse_form(
    detail: OccurrenceDetail,
    faults: Mapping[str, str] | None = None,
    refusal: Text | None = None,
) -> str:
    closed = now() > detail.closes_at or detail.state not in {"scheduled", "in_progress"}
    return render_template(
        "missed/excuse.html",
        shown=detail,
        title=rule_title(detail.rule),
        clause=rule_clause(detail.rule),
        approvers=[("", _("choose one")), *_approvers(detail)],
        faults=faults or {},
        refusal=refusal,
        closed=closed,
        typed=request.form,
    )


def _approvers(detail: OccurrenceDetail) -> list[tuple[str, str]]:
    found = approvers(session(), viewer().organisation, site=detail.site)
    return [(key, words(name)) for key, name in found.items()]
