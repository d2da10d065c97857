"""One finding: its life, its clocks, the tasks it started, and the steps that may come next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.rounds.findings import FindingDetail, finding_detail
from inspections.rounds.follow_ups import FollowUp
from inspections.rounds.names import people_of_site
from rules.faults import InputInvalid
from rules.text import Text
from web.authentication import roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.inspector.answer_words import answer_words
from web.inspector.arithmetic import CountedBox, boxes
from web.inspector.blueprint import blueprint
from web.inspector.finding_log import NEXT, OTHERWISE, entries
from web.inspector.finding_steps import actions, asked, faults_of, possible, take
from web.inspector.run import RECORDERS
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
def show(finding_id: int) -> str:
    """Show the finding with what may be done next."""
    return _page(_detail(finding_id))


@blueprint.post("/findings/<int:finding_id>")
@roles(*RECORDERS)
def act(finding_id: int) -> Response | tuple[str, int]:
    """Take one step; a refusal is shown with its reason, and nothing changes."""
    detail = _detail(finding_id)
    step = asked()
    faults = faults_of(step, detail)
    if faults:
        return _page(detail, faults=faults), 422
    try:
        with transaction() as opened:
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
    detail = finding_detail(
        session(), finding_id, organisation=here.organisation, asked_by=here.person
    )
    site_in_scope(detail.site)
    return detail


def _page(
    detail: FindingDetail, *, faults: Mapping[str, str] | None = None, refusal: Text | None = None
) -> str:
    rule = rulebook().rules.get(detail.rule or "")
    stored = detail.arithmetic
    people = people_of_site(session(), viewer().organisation, detail.site)
    shown = {
        **{name: getattr(detail, name) for name in detail.__dataclass_fields__},
        "log": entries(detail),
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
