"""Edits of the facts of a site and of what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inspections.changed_pieces import replaced, with_site
from rules.organisation.model import Organisation, Site
from rules.organisation.values import FactScalar

Facts = Mapping[str, FactScalar | None]


@dataclass(frozen=True)
class SiteFacts:
    """New values of some facts of a site; a value of None makes the fact unknown again."""

    site: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""
        return with_site(organisation, self.site, lambda site: _with_facts(site, self.facts))


@dataclass(frozen=True)
class PieceFacts:
    """
    New values of some facts of a piece of a site; None makes a fact unknown again.

    Attributes:
        kind: `place`, `asset` or `post`.
    """

    site: str
    kind: str
    key: str
    facts: Facts

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the facts."""
        return with_site(organisation, self.site, self._in_site)

    def _in_site(self, site: Site) -> Site:
        listed = f"{self.kind}s"
        pieces = replaced(
            getattr(site, listed), self.key, lambda piece: _with_facts(piece, self.facts)
        )
        return site.model_copy(update={listed: pieces})


def _with_facts(piece: Any, facts: Facts) -> Any:
    merged = {**piece.facts, **facts}
    known = {name: value for name, value in merged.items() if value is not None}
    return piece.model_copy(update={"facts": known})
