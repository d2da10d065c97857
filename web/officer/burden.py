"""The burden page: minutes of checking by layer, clause and person, in figures that add up."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import cast

from flask import current_app, render_template

from inspections.importing import load_from_record
from inspections.last_performed import with_last_performed
from rules.organisation.model import Organisation
from rules.pack import LAYERS as LAYER_ORDER
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.burden import Burden
from scheduler.burden import burden as burden_of
from web.authentication import READERS, roles, viewer
from web.database import session
from web.formatting import today
from web.officer.blueprint import blueprint
from web.officer.rule_labels import LAYERS
from web.rulebook import rulebook

SPAN = timedelta(days=363)
_KEPT = "xunjian.burdens"
_MOST = 16


@dataclass(frozen=True)
class Row:
    """One line of a table; `key` is the rule or person, `times` how often it falls due."""

    key: str
    name: Text
    detail: Text | None
    minutes: int
    times: int = 0


@blueprint.get("/rules/burden")
@roles(*READERS)
def burden() -> str:
    """Show what checking takes in the coming year."""
    book, organisation = rulebook(), _seen()
    found = _kept(book, organisation)
    layers: Counter[str] = Counter()
    for each in found.rules:
        layers[book.pack_of(each.rule).layer] += each.minutes
    people = {person.id: person.name for person in organisation.people}
    return render_template(
        "officer/burden.html",
        found=found,
        layers=[(LAYERS[name], layers[name]) for name in LAYER_ORDER if layers[name]],
        clauses=[
            Row(
                each.rule,
                book.rule(each.rule).title,
                book.clause_text(book.rule(each.rule)),
                each.minutes,
                each.occurrences,
            )
            for each in found.rules
        ],
        people=[
            Row(key, people[key], None, minutes) for key, minutes in found.people.items() if minutes
        ],
        a_week=lambda minutes: f"{minutes / found.weeks:,.1f}",
    )


def _seen() -> Organisation:
    """Return the organisation with the sites that the viewer sees."""
    here = viewer()
    whole = load_from_record(session(), here.organisation)
    sites = tuple(site for site in whole.sites if here.sees(site.id))
    seen = whole.model_copy(update={"sites": sites})
    return with_last_performed(session(), seen, rulebook())


def _kept(book: RuleBook, organisation: Organisation) -> Burden:
    """Return the burden, worked out once for equal facts, rules and days."""
    facts = sha256(organisation.model_dump_json().encode()).hexdigest()
    kept = current_app.extensions.setdefault(_KEPT, {})
    key = (facts, book.digest, today())
    if key not in kept:
        while len(kept) >= _MOST:
            kept.pop(next(iter(kept)))
        kept[key] = burden_of(book, organisation, since=today(), until=today() + SPAN)
    return cast("Burden", kept[key])
