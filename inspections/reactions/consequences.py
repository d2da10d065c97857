"""What follows from an event: what its own rule declares, and what the reactions of packs ask."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from inspections.models import OrganisationRow
from inspections.reactions.happening import Happening
from rules.consequence import Consequence
from rules.event import Event
from rules.pack import RuleVersion
from rules.react import Reactor
from rules.reactions import OpenFinding
from rules.rulebook import Choice, RuleBook

# A finding is an event of its own once the record holds it; the engine's preview of it is left out.
_PREVIEW = "finding-of/"
# What reactions call the finding of a failed item: who asks for it, asks for the same one.
FAILED_ITEM = "failed-item"


def choice_of(session: Session, organisation_id: str) -> Choice:
    """Return the packs and the country that an organisation chose."""
    row = session.get_one(OrganisationRow, organisation_id)
    return Choice(row.id, row.country, tuple(row.packs))


@dataclass(frozen=True)
class _Named:
    """A rule book that equals every other with the same text."""

    digest: str
    book: RuleBook = field(compare=False)


def reactor_of(rulebook: RuleBook, choice: Choice, zone: str) -> Reactor:
    """Return the reactions that bind an organisation; compiled once for each text of a book."""
    return _reactor(_Named(rulebook.digest, rulebook), choice, zone)


@lru_cache(maxsize=32)
def _reactor(named: _Named, choice: Choice, zone: str) -> Reactor:
    return Reactor(named.book.for_organisation(choice), ZoneInfo(zone))


def consequences(reactor: Reactor, happening: Happening) -> Iterator[Consequence]:
    """
    Yield what follows: findings first, since other consequences refer to them.

    What the rule behind the event declares leads over what packs ask under the same kind and id,
    and stands in where nobody asks.
    """
    asked = [
        replace(each, chain=(*happening.chain, *each.chain))
        for each in reactor.consequences(happening.event)
        if not each.event.key.startswith(_PREVIEW)
    ]
    declared = [_leading(each, asked) for each in happening.declared]
    led = {_what(each) for each in declared}
    rest = [each for each in asked if _what(each) not in led]
    known = led | {_what(each) for each in rest}
    fallback = [each for each in happening.otherwise if _what(each) not in known]
    yield from sorted((*declared, *rest, *fallback), key=lambda each: each.do.do != "finding")


def _what(each: Consequence) -> tuple[str, str]:
    return each.do.do, each.do.id


def _leading(declared: Consequence, asked: list[Consequence]) -> Consequence:
    same = (each for each in asked if _what(each) == _what(declared))
    also = tuple(rule for each in same for rule in (each.rule, *each.also))
    return replace(declared, also=also)


def declared_finding(
    event: Event, rule: str, version: RuleVersion | None, *, severity: str
) -> Consequence:
    """
    Return the finding that a failed item opens, as a consequence that its own rule declares.

    A failed item opens a finding under every rule; `on_fail` says how grave it is and how long it
    may take, and without it the house's policy does.
    """
    on_fail = version.on_fail if version else None
    do = OpenFinding.model_validate(
        {
            "do": "finding",
            "id": FAILED_ITEM,
            "severity": (on_fail.severity if on_fail else None) or severity,
            "deadline": on_fail.deadline if on_fail else None,
        }
    )
    because = {name: event.facts[name] for name in ("answer.item", "answer.verdict")}
    return Consequence(rule, version.since if version else event.at.date(), event, do, because)
