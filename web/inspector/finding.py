"""One finding: its life, its clocks, the tasks it started, and the steps that may come next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.findings.scope import check_step, finding_in_scope
from inspections.reactions.stops import Stop, active_stops
from inspections.rounds.findings import FindingDetail, finding_detail
from inspections.rounds.follow_ups import FollowUp
from inspections.rounds.names import people_in_scope
from inspections.sync.arrived import photos_of_finding
from rules.faults import InputInvalid
from rules.text import Text
from web.access import for_contractors
from web.authentication import CONTRACTOR, READERS, roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.formatting import local
from web.inspector.answer_words import answer_words
from web.inspector.arithmetic import CountedBox, boxes
from web.inspector.blueprint import blueprint
from web.inspector.finding_log import NEXT, OTHERWISE, entries
from web.inspector.finding_steps import actions, asked, faults_of, possible, take
from web.inspector.reasons import reasons
from web.inspector.run import RECORDERS
from web.manage.flow import editor
from web.preferences import words
from web.rulebook import rulebook


@dataclass(frozen=True)
class ShownTask:
    """
    A task that the finding started.

    Attributes:
        boxes: How its deadline was counted, `sentence` in words.
        answer: What was read, where a reading was asked for.
    """

    task: FollowUp
    boxes: list[CountedBox]
    sentence: Text
    overdue: bool
    answer: Text | None


@blueprint.get("/findings/<int:finding_id>", endpoint="finding")
@for_contractors
def show(finding_id: int) -> str:
    """Show the finding with what may be done next."""
    return _page(_detail(finding_id))


@blueprint.post("/findings/<int:finding_id>")
@for_contractors
@roles(*RECORDERS, CONTRACTOR)
def act(finding_id: int) -> Response | tuple[str, int]:
    """Take one step; a refusal is shown with its reason, and nothing changes."""
    detail = _detail(finding_id)
    step = asked()
    faults = faults_of(step, detail)
    if faults:
        return _page(detail, faults=faults), 422
    try:
        with transaction() as opened:
            check_step(opened, finding_id, step.code, editor())
            take(opened, step, detail)
    except InputInvalid as invalid:
        found = invalid.faults[0]
        field = f"{found.field}-{request.form.get('task', '')}"
        said = f"{words(found.message)} {words(found.remedy)}"
        return _page(_detail(finding_id), faults={field: said}), 422
    except Refused as refusal:
        return _page(_detail(finding_id), refusal=refusal.text), status_of(refusal)
    flash(_("Recorded."), "ok")
    return redirect(url_for("inspector.finding", finding_id=finding_id))


def _detail(finding_id: int) -> FindingDetail:
    here = viewer()
    finding_in_scope(session(), finding_id, editor())
    detail = finding_detail(
        session(),
        finding_id,
        organisation=here.organisation,
        asked_by=here.person,
        now=now(),
    )
    site_in_scope(detail.site)
    return detail


def _page(
    detail: FindingDetail, *, faults: Mapping[str, str] | None = None, refusal: Text | None = None
) -> str:
    rule = rulebook().rules.get(detail.rule or "")
    stored = detail.arithmetic
    people = people_in_scope(session(), viewer().organisation, sites=(detail.site,))
    shown = {
        **{name: getattr(detail, name) for name in detail.__dataclass_fields__},
        "log": entries(detail),
        "photo_count": photos_of_finding(session(), detail.id),
        "next": NEXT.get(detail.state),
        "otherwise": OTHERWISE,
        "boxes": boxes(detail.found_at, detail.first_due_at, stored["days"]),
        "sentence": Text(**stored["text"]),
        "clause": rulebook().clause_text(rule) if rule else None,
        "cannot_verify": _cannot_verify(detail),
        "note_label": _note_label(detail.state),
        "actions": actions(detail),
        "possible": possible(detail),
        "tasks": [_task(one, detail.found_at) for one in detail.follow_ups],
        "is_known": bool(
            detail.known_until and local(detail.known_until).date() >= local(now()).date()
        ),
        "stops": _stops(detail),
        "by_law": _is_by_law(detail),
        "is_late": detail.overdue is not None,
        "past_first": detail.state != "closed" and detail.first_due_at < now(),
        "steps_prove": detail.state != "closed",
        "reasons": reasons(detail.id),
        "may_read_rules": viewer().role in READERS,
        "back": url_for("desk.register" if viewer().role in READERS else "inspector.findings"),
        "people": [("", _("Choose")), *((key, words(name)) for key, name in people)],
        "in_charge": [("", _("Choose")), *_others(people)],
    }
    return render_template(
        "inspector/finding.html",
        shown=shown,
        faults=faults or {},
        refusal=refusal,
        entered=request.form,
    )


def _is_by_law(detail: FindingDetail) -> bool:
    """Tell whether a law set the first deadline, and not the house or the product."""
    book = rulebook()
    rule = book.rules.get(detail.deadline_from or "")
    return rule is not None and book.pack_of(rule.id).layer in {"law", "local"}


def _stops(detail: FindingDetail) -> list[Stop]:
    found = active_stops(session(), viewer().organisation, sites=(detail.site,))
    return [stop for stop in found if stop.finding_id == detail.id]


def _others(people: tuple[tuple[str, Text], ...]) -> list[tuple[str, str]]:
    return [(key, words(name)) for key, name in people if key != viewer().person]


def _cannot_verify(detail: FindingDetail) -> Text | None:
    if detail.state != "awaiting_verification":
        return None
    waiting = next((one for one in detail.follow_ups if one.verdict != "pass"), None)
    if detail.refusal or waiting is None:
        return detail.refusal
    return Text(
        zh=f"任务“{waiting.title.zh}”尚未通过，现在不能复查闭环。请先完成该任务。",
        en=f"The task “{waiting.title.en}” has not passed, so it cannot be closed yet. "
        "Please finish the task first.",
    )


def _task(one: FollowUp, found_at: datetime) -> ShownTask:
    answer = None
    if one.item is not None and one.reading is not None:
        answer = answer_words(one.item, one.reading, one.verdict or "")
    return ShownTask(
        task=one,
        boxes=boxes(found_at, one.due_at, one.arithmetic["days"]),
        sentence=Text(**one.arithmetic["text"]),
        overdue=one.verdict != "pass" and one.due_at < now(),
        answer=answer,
    )


def _note_label(state: str) -> str:
    labels = {
        "open": _("What was done"),
        "in_progress": _("What was done"),
        "awaiting_verification": _("What you saw on the spot"),
    }
    return str(labels.get(state) or _("Reason"))
