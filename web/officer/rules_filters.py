"""What the address of the rules browser asks for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from inspections.queries.rules_in_use import Use
from rules.pack import Rule
from rules.rulebook import RuleBook
from web.officer.rule_labels import KINDS, LAYERS, STRENGTHS

GRADES = ("A", "B", "C")
BINDS = ("binds", "may-apply", "not-here")


@dataclass(frozen=True)
class RuleFilters:
    """
    Filters of the list; an empty one keeps everything.

    Attributes:
        q: Words looked for in titles, clauses, instruments and ids, all of them.
        here: How the rule stands in the organisation: one of `BINDS`.
    """

    q: str = ""
    domain: str = ""
    layer: str = ""
    strength: str = ""
    kind: str = ""
    grade: str = ""
    here: str = ""
    page: int = 1

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "RuleFilters":
        """Read the query of an address; what is unknown in it is left out."""
        page = args.get("page", "1")
        return cls(
            q=args.get("q", "").strip()[:80],
            domain=args.get("domain", "")[:40],
            layer=_one_of(args.get("layer", ""), LAYERS),
            strength=_one_of(args.get("strength", ""), STRENGTHS),
            kind=_one_of(args.get("kind", ""), KINDS),
            grade=_one_of(args.get("grade", ""), GRADES),
            here=_one_of(args.get("here", ""), BINDS),
            page=max(1, int(page)) if page.isdecimal() and len(page) < 7 else 1,
        )

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered out."""
        return any(value for name, value in asdict(self).items() if name != "page")

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return the query of this list with *changes*, without what is empty."""
        values = asdict(replace(self, **changes))
        return {k: v for k, v in values.items() if v and (k, v) != ("page", 1)}

    def keeps(self, rule: Rule, book: RuleBook, use: Mapping[str, Use]) -> bool:
        """Return whether the list shows *rule*."""
        plain = (
            (self.domain, rule.domain),
            (self.layer, book.pack_of(rule.id).layer),
            (self.strength, book.strength(rule)),
            (self.kind, rule.kind),
            (self.grade, rule.source.grade),
            (self.here, _standing(use.get(rule.id))),
        )
        fits = all(not asked or asked == actual for asked, actual in plain)
        return fits and all(word in _searched(rule, book) for word in self.q.casefold().split())


def _standing(use: Use | None) -> str:
    if use is None:
        return "not-here"
    return "binds" if use.binds else "may-apply"


def _searched(rule: Rule, book: RuleBook) -> str:
    instrument = book.instrument(rule)
    clause = book.clause_text(rule)
    parts = (rule.id, rule.title.zh, rule.title.en, clause.zh, clause.en, instrument.number or "")
    return " ".join(parts).casefold()


def _one_of(value: str, known: Any) -> str:
    return value if value in known else ""
