"""The list of findings: mine, not closed, to verify, closed."""

from typing import Any, get_args

from flask import render_template, request, url_for

from inspections.rounds.findings import FindingLine, Show, finding_list
from inspections.rounds.scope import Scope
from web.authentication import viewer
from web.database import now, session
from web.inspector.blueprint import blueprint


@blueprint.get("/findings", endpoint="findings")
def show() -> str:
    """Show one page of findings in the person's scope."""
    asked = request.args.get("show", "mine")
    chosen: Show = asked if asked in get_args(Show) else "mine"  # type: ignore[assignment]
    here = viewer()
    scope = Scope(here.organisation, here.person, here.sites)
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
    return render_template("inspector/findings.html", shown=shown)


def _line(row: FindingLine) -> dict[str, Any]:
    overdue = row.state != "closed" and row.due_at < now()
    return {**{name: getattr(row, name) for name in row.__dataclass_fields__}, "overdue": overdue}
