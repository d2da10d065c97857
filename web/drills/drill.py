"""One drill: when and why then, its script, who is told, and what it came to."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request

from inspections.drills.programme import drill_of
from inspections.drills.report import DrillReport, report_of
from inspections.drills.script import script_of
from inspections.drills.year import DrillView
from inspections.rounds.names import people_names, person_text
from rules.text import Text
from web.authentication import OFFICERS, READERS, roles, viewer
from web.database import now, session
from web.drills.blueprint import blueprint
from web.drills.report_form import REPORTERS, lines_of, report_values
from web.drills.thought import Move, Near, time_of
from web.manage.flow import editor
from web.rulebook import rulebook

EVERYBODY = (*READERS, "inspector")


@blueprint.get("/<int:drill_id>", endpoint="drill")
@roles(*EVERYBODY)
def show(drill_id: int) -> str:
    """Show a drill; 404 where the person may not know of it."""
    return drill_page(drill_of(session(), rulebook(), drill_id, by=editor(), now=now()))


def drill_page(
    drill: DrillView,
    *,
    thought: Move | None = None,
    near: Near | None = None,
    faults: Mapping[str, str] | None = None,
    refusal: str = "",
) -> str:
    """Return the page of a drill, with a move thought of, days near, and faults of a form."""
    here = viewer()
    can_plan = here.role in OFFICERS
    report = report_of(session(), drill.id)
    typed = _typed(drill, report)
    script = script_of(session(), rulebook(), drill.id, by=editor(), now=now())
    return render_template(
        "drills/drill.html",
        drill=drill,
        script=script,
        writer=_person(script.written.by) if script.written else None,
        report=report,
        reporter=_person(report.by) if report else None,
        absent=[_person(one) for one in report.absent] if report else [],
        can_plan=can_plan,
        may_report=_may_report(drill),
        thought=thought,
        near=near or {},
        at=time_of(drill),
        faults=faults or {},
        refusal=refusal,
        typed=typed,
        lines=lines_of(typed),
        may_see_year=here.role in READERS,
    )


def _may_report(drill: DrillView) -> bool:
    here = viewer()
    begun = drill.starts_at <= now() and drill.state not in {"proposed", "cancelled"}
    return begun and (here.role in REPORTERS or here.person == drill.leader)


def _person(key: str) -> Text:
    return person_text(people_names(session(), viewer().organisation), key)


def _typed(drill: DrillView, report: DrillReport | None) -> Mapping[str, Any]:
    """Return what a form on the page was filled in with, else what is known."""
    if request.method == "POST" and "present" in request.form:
        return request.form
    return {**report_values(drill, report), **request.form}
