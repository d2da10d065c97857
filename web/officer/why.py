"""Why a rule applies to one target on one day, or not: the command `explain` as a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import abort, render_template, request

from inspections.importing import load_from_record
from inspections.last_performed import with_last_performed
from rules.cadence import RandomDraw
from rules.cadence_words import version_text
from rules.days import EARLIEST, LATEST
from rules.explanation import Explanation, explanations
from rules.organisation.model import Organisation
from rules.origin_words import origin_text, target_names
from rules.reasoned import Reasoned
from rules.rulebook import RuleBook
from rules.text import Text
from scheduler.duties import calendars
from scheduler.duty_contexts import Contexts
from scheduler.next_due import binding_at, next_due
from scheduler.occurrence import Occurrence
from web.authentication import READERS, roles, viewer
from web.database import session
from web.fact_words import fact_in_words
from web.formatting import today
from web.officer.blueprint import blueprint
from web.officer.rule_labels import LAYERS, STRENGTHS
from web.rulebook import rulebook

DATES = 10


@dataclass(frozen=True)
class Part:
    """
    One part of the condition as the page shows it.

    Attributes:
        origin: Of a test: who stated or concluded the fact, or the question to answer.
        rule: Of a concluded fact: the rule behind it.
    """

    kind: str
    holds: bool | None
    text: Text
    actual: Text | None
    origin: Text | None
    rule: str
    parts: tuple["Part", ...]


@blueprint.get("/rules/<rule_id>/why")
@roles(*READERS)
def why(rule_id: str) -> str:
    """Show why the rule stands so to the target `?at=`, on the day `?on=`."""
    book = rulebook()
    if rule_id not in book.rules:
        abort(404)
    on = _day(request.args.get("on", ""))
    organisation = with_last_performed(
        session(), load_from_record(session(), viewer().organisation), book
    )
    found = [
        each for each in explanations(book, organisation, rule_id, on) if viewer().sees(each.site)
    ]
    if not found:
        abort(404)
    wanted = request.args.get("at", "")
    shown = next((each for each in found if each.target == wanted), found[0])
    names = target_names(organisation)
    secret = shown.version is not None and isinstance(shown.version.cadence, RandomDraw)
    return render_template(
        "officer/why.html",
        shown=shown,
        name=names[shown.target],
        site=names[shown.site],
        targets=[(each.target, names[each.target], names[each.site]) for each in found],
        condition=_part(shown.condition, book, names) if shown.condition else None,
        clause=book.clause_text(shown.rule),
        strength=STRENGTHS[book.strength(shown.rule)],
        layer=book.pack_of(rule_id).layer,
        cadence=version_text(shown.version) if shown.version else None,
        dates=() if secret else _dates(organisation, shown),
        secret=secret,
        layer_words=LAYERS,
    )


def _day(raw: str) -> date:
    try:
        on = date.fromisoformat(raw)
    except ValueError:
        return today()
    return on if EARLIEST <= on <= LATEST else today()


def _part(read: Reasoned, book: RuleBook, names: Mapping[str, Text]) -> Part:
    is_test = read.part == "test"
    known = is_test and read.origin.kind != "unknown" and read.actual is not None
    return Part(
        read.part,
        read.holds,
        read.text,
        fact_in_words(read.fact, read.actual).value if known else None,
        origin_text(read.fact, read.origin, book, names) if is_test else None,
        read.origin.rule,
        tuple(_part(each, book, names) for each in read.parts),
    )


def _dates(organisation: Organisation, shown: Explanation) -> tuple[Occurrence, ...]:
    if shown.standing != "binds":
        return ()
    binding = binding_at(shown.rule, shown.site, shown.target)
    context = Contexts(organisation, organisation.id).of(binding)
    calendar = calendars(organisation)[shown.site]
    return next_due(shown.rule, calendar, context, since=shown.on, count=DATES)
