"""The register of findings: filters, totals by site, the list, and what to do with many."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.findings.bulk import MOST
from inspections.one_piece import site_names
from inspections.queries.finding_register import (
    COLUMNS,
    SEVERITIES,
    Wanted,
    register_choices,
    register_page,
    register_totals,
)
from inspections.rounds.names import people_in_scope
from web.authentication import OFFICERS, READERS, roles, viewer
from web.database import now, session
from web.desk.asked import in_address, of_figure, wanted
from web.desk.blueprint import blueprint
from web.grammar import FINDING, sign
from web.missed.listing import rule_title
from web.preferences import words


@blueprint.get("/")
@roles(*READERS)
def register() -> str:
    """Show the findings that the address asks for."""
    return register_html()


def register_html(faults: Mapping[str, str] | None = None) -> str:
    """Return the page; with *faults* of an action on many, the chosen ones stay chosen."""
    asked = wanted()
    found = register_page(session(), asked, number=request.args.get("page", 1, int), now=now())
    whole, sites = register_totals(session(), asked, now=now())
    owners, rules = register_choices(session(), asked)
    return render_template(
        "desk/register.html",
        asked=asked,
        found=found,
        whole=whole,
        totals=sites,
        columns=_columns(),
        states=state_words(),
        figure=lambda column, site: url_for(".register", **of_figure(asked, column, site)),
        filters=_filters(asked, owners, rules),
        heads=_heads(asked),
        rule_title=rule_title,
        address=in_address(asked),
        plain=not in_address(asked, sort="due", falling=False),
        url=lambda page: url_for(".register", **in_address(asked), page=page),
        may_act=viewer().role in OFFICERS,
        people=_people(asked),
        most=MOST,
        faults=faults or {},
        typed=request.form,
        chosen=set(request.form.getlist("finding")),
    )


def due_words() -> dict[str, str]:
    """Return what each choice of due dates is called."""
    return {
        "plan": _("Past the deadline in force"),
        "law": _("Past the first deadline"),
        "soon": _("Due within 3 days"),
        "asked": _("More time asked for"),
        "nobody": _("No owner"),
    }


def state_words() -> dict[str, str]:
    """Return what each choice of states is called."""
    return {
        "not-closed": _("Not closed"),
        **{code: str(shown.word) for code, shown in FINDING.items()},
        "all": _("All states"),
    }


def _columns() -> dict[str, str]:
    named = {
        "not_closed": _("Not closed"),
        "plan": _("Past the deadline in force"),
        "law": _("Past the first deadline"),
    }
    return {code: named.get(code) or str(FINDING[code].word) for code in COLUMNS}


def _filters(
    asked: Wanted, owners: tuple[tuple[str, Any], ...], rules: tuple[str, ...]
) -> list[dict[str, Any]]:
    """Return the choices of the form; a state is always chosen, so it has no “all” of its own."""
    here = viewer()
    names = site_names(session(), here.organisation)
    sites = [(key, words(name)) for key, name in names.items() if here.sees(key)]
    severities = [(code, str(sign("severity", code).word)) for code in SEVERITIES]
    return [
        {"name": "site", "label": _("Site"), "chosen": asked.site, "options": sites},
        {
            "name": "severity",
            "label": _("Severity"),
            "chosen": asked.severity,
            "options": severities,
        },
        {
            "name": "due",
            "label": _("Deadline"),
            "chosen": asked.due,
            "options": list(due_words().items()),
        },
        {
            "name": "owner",
            "label": _("Owner"),
            "chosen": asked.owner,
            "options": [(key, words(name)) for key, name in owners],
        },
        {
            "name": "rule",
            "label": _("Rule"),
            "chosen": asked.rule,
            "options": [(key, words(rule_title(key))) for key in rules],
        },
    ]


def _heads(asked: Wanted) -> list[dict[str, Any]]:
    """Return the heads of the columns, each with the address that sorts by it or turns it round."""
    labels = {
        "number": _("Finding"),
        "site": _("Site"),
        "severity": _("Severity"),
        "state": _("State"),
        "owner": _("Owner"),
        "due": _("Deadline"),
    }
    return [
        {
            "label": label,
            "sorted": None
            if asked.sort != code
            else ("descending" if asked.falling else "ascending"),
            "url": url_for(
                ".register",
                **in_address(asked, sort=code, falling=asked.sort == code and not asked.falling),
            ),
        }
        for code, label in labels.items()
    ]


def _people(asked: Wanted) -> list[tuple[str, str]]:
    sites = (asked.site,) if asked.site else asked.scope
    found = people_in_scope(session(), asked.organisation, sites=sites)
    return [("", _("Choose")), *((key, words(name)) for key, name in found)]
