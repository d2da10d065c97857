"""The list of tasks: mine, all open ones, done."""

from typing import get_args

from flask import render_template, request

from inspections.reactions.tasks import TaskShow, tasks
from inspections.rounds.scope import Scope
from inspections.samples.day import kitchens
from web.authentication import viewer
from web.database import now, session
from web.tasks.blueprint import blueprint
from web.tasks.warnings import WARNERS


@blueprint.get("/", endpoint="tasks")
def show() -> str:
    """Show the tasks in the person's scope."""
    asked = request.args.get("show", "mine")
    chosen: TaskShow = asked if asked in get_args(TaskShow) else "mine"  # type: ignore[assignment]
    found = tasks(session(), scope(), show=chosen, now=now())
    return render_template(
        "tasks/list.html",
        rows=found,
        chosen=chosen,
        overdue=sum(row.is_overdue(now()) for row in found),
        now_is=now(),
        may_warn=viewer().role in WARNERS,
        has_kitchen=any(viewer().sees(key) for key, _ in kitchens(session(), scope().organisation)),
    )


def scope() -> Scope:
    """Return whose tasks, as far as the person may look."""
    here = viewer()
    return Scope(here.organisation, here.person, here.sites)
