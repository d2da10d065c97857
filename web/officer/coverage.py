"""The coverage map: rules by sites, with the chain behind one cell beside it."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import lazy_gettext

from inspections.queries.coverage import (
    COVERED_KINDS,
    SiteHead,
    SitePage,
    coverage_map,
    site_choices,
)
from inspections.queries.coverage_cell import CELL_STATES
from inspections.reactions.stops import stopped_rules
from rules.rulebook import RuleBook
from web.authentication import READERS, Viewer, roles, site_in_scope, viewer
from web.database import now, session
from web.fact_words import fact_in_words
from web.grammar import sign
from web.navigation import Entry
from web.officer.blueprint import blueprint
from web.officer.coverage_chain import chain_of
from web.officer.coverage_filters import Filters
from web.officer.coverage_rows import groups_of, totals_of
from web.officer.domains import DOMAINS
from web.officer.rule_labels import LAYERS, STRENGTHS
from web.preferences import words
from web.rulebook import rulebook
from web.tasks.stopped import stops_here

ENTRIES = [
    Entry(
        "officer.coverage",
        lazy_gettext("Coverage"),
        "coverage",
        10,
        frozenset(READERS),
        ("officer.coverage",),
    )
]


@blueprint.get("/coverage")
@roles(*READERS)
def coverage() -> str:
    """Show one page of sites; `cell` opens the chain of one cell."""
    filters = Filters.of(request.args)
    here = viewer()
    if filters.site:
        site_in_scope(filters.site)
    page = SitePage(scope=here.sites, only=filters.site, number=filters.page)
    book = rulebook()
    shown = coverage_map(session(), book, here.organisation, now=now(), page=page)
    kept = filters.kept(shown.cells, book)
    return render_template(
        "officer/coverage.html",
        shown=shown,
        filters=filters,
        totals=totals_of(kept),
        groups=groups_of(filters, shown, kept, book),
        chain=chain_of(filters, book),
        pages=-(-shown.site_count // page.size),
        layer_words=LAYERS,
        site_kind=_site_kind,
        stopped=stopped_rules(session(), here.organisation, stops_here()),
        here=lambda **changes: url_for("officer.coverage", **filters.query(**changes)),
        page_url=lambda number: url_for("officer.coverage", **filters.query(page=number, cell="")),
        **_options(here, book),
    )


def _options(here: Viewer, book: RuleBook) -> dict[str, Any]:
    """Return what the filters offer."""
    present = {rule.domain for rule in book.rules.values() if rule.kind in COVERED_KINDS}
    sites = site_choices(session(), here.organisation, here.sites)
    return {
        "sites": sites,
        "site_options": [(key, words(name)) for key, name in sites],
        "showing": [(state, sign("coverage", state).word) for state in CELL_STATES],
        "domains": [item for item in DOMAINS.items() if item[0] in present],
        "layers": LAYERS.items(),
        "strengths": STRENGTHS.items(),
    }


def _site_kind(site: SiteHead) -> str:
    kind = site.facts.get("site.kind")
    return words(fact_in_words("site.kind", kind).value) if kind else ""
