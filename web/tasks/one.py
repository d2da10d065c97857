"""One task: by when and how that was counted, who is to do it, and doing it."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.findings.follow_ups import finish_follow_up
from inspections.person_titles import person_titles
from inspections.reactions.tasks import TaskLine, task
from rules.text import Text
from web.authentication import READERS, roles, viewer
from web.database import now, session, transaction
from web.errors import status_of
from web.inspector.run import RECORDERS
from web.rulebook import rulebook
from web.tasks.blueprint import blueprint
from web.tasks.listing import scope


@blueprint.get("/<int:task_id>", endpoint="task")
def show(task_id: int) -> Response | str:
    """Show the task; one that belongs to a finding or to samples is done there."""
    found = task(session(), task_id, scope(), now=now())
    if found.finding_id is not None:
        return redirect(url_for("inspector.finding", finding_id=found.finding_id))
    return _page(found)


@blueprint.post("/<int:task_id>")
@roles(*RECORDERS)
def do(task_id: int) -> Response | tuple[str, int]:
    """Record that the task is done, and how."""
    found = task(session(), task_id, scope(), now=now())
    note = request.form.get("note", "").strip()
    if not note:
        return _page(found, fault=_("Say in a sentence what was done.")), 422
    try:
        with transaction() as opened:
            finish_follow_up(opened, follow_up_id=task_id, by=viewer().person, now=now(), note=note)
    except Refused as refusal:
        return _page(found, refusal=refusal.text), status_of(refusal)
    flash(_("Recorded."), "ok")
    return redirect(url_for("tasks.tasks"))


def _page(found: TaskLine, *, fault: str = "", refusal: Text | None = None) -> str:
    book = rulebook()
    rule = book.rules.get(found.rule or "")
    needed = found.qualification
    certificate = person_titles().certificates.get(needed) if needed else None
    return render_template(
        "tasks/one.html",
        one=found,
        sentence=Text(**found.arithmetic["text"]),
        rule=rule,
        clause=book.clause_text(rule) if rule else None,
        certificate=certificate,
        faults={"note": fault} if fault else {},
        refusal=refusal,
        typed=request.form,
        may_act=viewer().role in RECORDERS and found.verdict != "pass",
        early=not found.may_begin(now()),
        may_read_rules=viewer().role in READERS,
        is_samples=found.subject.startswith("meal/"),
    )
