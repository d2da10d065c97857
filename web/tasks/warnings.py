"""Weather warnings: record one, see what holds, end one."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.one_piece import site_names
from inspections.weather import choices, end_warning, record_warning, warnings
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.manage.fields import FormReader
from web.preferences import words
from web.rulebook import rulebook
from web.tasks.blueprint import blueprint

WARNERS = OFFICERS | {"team-lead", "responsible-person"}


@blueprint.get("/warnings", endpoint="warnings")
@roles(*WARNERS)
def show() -> str:
    """Show the warnings of the last week and the form for a new one."""
    return _page()


@blueprint.post("/warnings")
@roles(*WARNERS)
def record() -> Response | tuple[str, int]:
    """Record a warning; its checklist opens at once."""
    reader = FormReader(request.form)
    chosen = {
        "site": reader.one("site", _("Site"), dict(_sites())),
        "kind": reader.one("kind", _("Weather"), choices("weather.kind")),
        "level": reader.one("level", _("Level"), choices("weather.level")),
    }
    if reader.faults:
        return _page(reader.faults), 422
    here = viewer()
    known = {name: value or "" for name, value in chosen.items()}
    with transaction() as opened:
        record_warning(
            opened,
            rulebook(),
            organisation_id=here.organisation,
            by=here.person,
            now=now(),
            **known,
        )
    flash(_("The warning is recorded. What follows from it has begun."), "ok")
    return redirect(url_for("tasks.warnings"))


@blueprint.post("/warnings/<int:warning_id>/end")
@roles(*WARNERS)
def end(warning_id: int) -> Response:
    """End a warning."""
    here = viewer()
    with transaction() as opened:
        end_warning(
            opened,
            warning_id,
            organisation_id=here.organisation,
            sites=here.sites,
            by=here.person,
            now=now(),
        )
    flash(_("The warning has ended."), "ok")
    return redirect(url_for("tasks.warnings"))


def _sites() -> list[tuple[str, str]]:
    names = site_names(session(), viewer().organisation)
    return [(key, words(name)) for key, name in names.items() if viewer().sees(key)]


def _options(fact: str) -> list[tuple[str, str]]:
    named = ((value, words(title)) for value, title in choices(fact).items())
    return [("", _("choose one")), *named]


def _page(faults: Mapping[str, str] | None = None) -> str:
    here = viewer()
    return render_template(
        "tasks/warnings.html",
        rows=warnings(session(), here.organisation, sites=here.sites, now=now()),
        sites=_sites(),
        kinds=_options("weather.kind"),
        levels=_options("weather.level"),
        faults=faults or {},
        typed=request.form,
        now_is=now(),
    )
