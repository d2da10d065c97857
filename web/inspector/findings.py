"""The list of findings: mine, not closed, to verify, closed."""

from typing import Any, get_args

from flask import render_template, request, url_for

from inspections.rounds.findings import FindingLine, Show, finding_list
from inspections.rounds.scope import Scope
from web.access import for_contractors
from web.authentication import CONTRACTOR, viewer
from web.database import now, session
from web.formatting import local, today
from web.inspector.blueprint import blueprint
from web.inspector.run import RECORDERS


@blueprint.get("/findings", endpoint="findings")
@for_contractors
def show() -> str:
    """Show one page of findings in the person's scope."""
    asked = request.args.get("show", "mine")
    chosen: Show = asked if asked in get_args(Show) else "mine"  # type: ignore[assignment]
    here = viewer()
    own = here.role == CONTRACTOR
    scope = Scope(here.organisation, here.person, here.sites, own_only=own)
    found = finding_list(
        session(), scope, show=chosen, page=request.args.get("page", 1, int), now=now()
    )
    shown: dict[str, Any] = {
        "filter": chosen,
        "rows": [_line(row) for row in found.rows],
        "page": found.page,
        "pages": found.pages,
        "open": found.open,
        "overdue": found.overdue,
        "url": lambda page: url_for("inspector.findings", show=chosen, page=page),
    }
    return render_template(
        "inspector/findings.html", shown=shown, may_record=here.role in RECORDERS
    )


def _line(row: FindingLine) -> dict[str, Any]:
    overdue = row.state != "closed" and row.due_at < now()
    until = row.known_until
    known = until is not None and row.state != "closed" and local(until).date() >= today()
    shown = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return {**shown, "overdue": overdue, "known": known}
