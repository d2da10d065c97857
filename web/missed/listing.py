"""The list of missed checks, and of open ones that may still be excused."""

from typing import cast

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.one_piece import site_names
from inspections.queries.missed import Show, Wanted, occurrence_counts, occurrences_page
from rules.text import Text
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import now, session
from web.missed.blueprint import blueprint
from web.rulebook import rulebook


@blueprint.get("/")
@roles(*OFFICERS)
def missed() -> str:
    """Show the list that was asked for."""
    show, site = request.args.get("show", "unexplained"), request.args.get("site") or None
    labels = _labels()
    if show not in labels:
        show = "unexplained"
    if site:
        site_in_scope(site)
    here = viewer()
    wanted = Wanted(here.organisation, cast("Show", show), site, here.sites)
    number = request.args.get("page", 1, int)
    names = site_names(session(), here.organisation)
    return render_template(
        "missed/list.html",
        found=occurrences_page(session(), wanted, number=number, now=now()),
        counts=occurrence_counts(session(), wanted, now=now()),
        labels=labels,
        show=show,
        site=site or "",
        sites=[("", _("All sites")), *_options(names)],
        title=rule_title,
        clause=rule_clause,
        url=lambda page: url_for("missed.missed", show=show, site=site, page=page),
    )


def rule_title(rule_id: str) -> Text:
    """Return the title of a rule; one that left the rule book keeps its id."""
    rule = rulebook().rules.get(rule_id)
    return rule.title if rule else Text(zh=rule_id, en=rule_id)


def rule_clause(rule_id: str) -> Text | None:
    """Return instrument and clause of a rule."""
    rule = rulebook().rules.get(rule_id)
    return rulebook().clause_text(rule) if rule else None


def _labels() -> dict[str, str]:
    return {
        "unexplained": _("To explain"),
        "unsigned": _("To sign"),
        "signed": _("Explained and signed"),
        "open": _("Still open"),
    }


def _options(names: dict[str, Text]) -> list[tuple[str, str]]:
    from web.preferences import words

    return [(key, words(name)) for key, name in names.items() if viewer().sees(key)]
