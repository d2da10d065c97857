"""The rules browser: every rule by instrument and clause, and each rule on its own page."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import lazy_gettext

from inspections.importing import load_from_record
from inspections.queries.layers_in_use import Layered, layers_in_use
from inspections.queries.rules_in_use import Use, rules_in_use
from rules.engine import engine_name
from rules.pack import Instrument, Rule
from rules.rulebook import RuleBook
from rules.text import Text
from rules.units import unit_text
from web.authentication import OFFICERS, READERS, roles, viewer
from web.database import session
from web.fact_words import facts_in_words
from web.formatting import today
from web.navigation import Entry
from web.officer.blueprint import blueprint
from web.officer.domains import DOMAINS
from web.officer.rule_labels import KINDS, LAYERS, STRENGTHS
from web.officer.rule_page import page_of
from web.officer.rules_filters import RuleFilters
from web.rulebook import rulebook

ENTRIES = [
    Entry(
        "officer.rules",
        lazy_gettext("Rules"),
        "rules",
        60,
        frozenset(READERS),
        ("officer.rule", "officer.why", "authoring.", "whatif."),
    )
]
AT_ONCE = 60
_NEVER = Use()
_NO_LAYERS = Layered()


@dataclass(frozen=True)
class RuleRow:
    """One rule of the list."""

    rule: Rule
    clause: Text | None
    layer: str
    strength: str
    use: Use
    layered: Layered


@dataclass(frozen=True)
class Cited:
    """An instrument with its rules on this page."""

    instrument: Instrument
    rows: tuple[RuleRow, ...]


@blueprint.get("/rules")
@roles(*READERS)
def rules() -> str:
    """Show the rules that the filters let through, page by page, by instrument."""
    filters, book = RuleFilters.of(request.args), rulebook()
    here = viewer()
    use = rules_in_use(session(), here.organisation, here.sites)
    found = [rule for rule in book.rules.values() if filters.keeps(rule, book, use)]
    layered = layers_in_use(session(), book, here.organisation, on=today(), scope=here.sites)
    pages = max(1, -(-len(found) // AT_ONCE))
    number = min(filters.page, pages)
    shown = found[(number - 1) * AT_ONCE : number * AT_ONCE]
    return render_template(
        "officer/rules.html",
        filters=filters,
        cited=_cited(shown, book, use, layered),
        found=len(found),
        total=len(book.rules),
        number=number,
        pages=pages,
        page_url=lambda page: url_for("officer.rules", **filters.query(page=page)),
        engine=engine_name(),
        layer_words=LAYERS,
        strength_words=STRENGTHS,
        kind_words=KINDS,
        can_edit=here.role in OFFICERS,
        **_options(book),
    )


@blueprint.get("/rules/<rule_id>")
@roles(*READERS)
def rule(rule_id: str) -> str:
    """Show one rule: its source, whom it binds and why, its dates and its examples."""
    book = rulebook()
    if rule_id not in book.rules:
        abort(404)
    organisation = load_from_record(session(), viewer().organisation)
    return render_template(
        "officer/rule.html",
        shown=page_of(book, organisation, rule_id, request.args.get("at", "")),
        engine=engine_name(),
        layer_words=LAYERS,
        strength_words=STRENGTHS,
        kind_words=KINDS,
        domain_words=DOMAINS,
        facts_in_words=facts_in_words,
        unit_text=unit_text,
    )


def _cited(
    shown: list[Rule], book: RuleBook, use: Any, layered: Mapping[str, Layered]
) -> list[Cited]:
    return [
        Cited(instrument, tuple(_row(rule, book, use, layered) for rule in grouped))
        for instrument, grouped in groupby(shown, key=book.instrument)
    ]


def _row(rule: Rule, book: RuleBook, use: Any, layered: Mapping[str, Layered]) -> RuleRow:
    return RuleRow(
        rule,
        rule.source.clause,
        book.pack_of(rule.id).layer,
        book.strength(rule),
        use.get(rule.id, _NEVER),
        layered.get(rule.id, _NO_LAYERS),
    )


def _options(book: RuleBook) -> dict[str, Any]:
    present = {rule.domain for rule in book.rules.values()}
    return {
        "domains": [item for item in DOMAINS.items() if item[0] in present],
        "layers": LAYERS.items(),
        "strengths": STRENGTHS.items(),
        "kinds": KINDS.items(),
    }
