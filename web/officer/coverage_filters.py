"""What the address of the coverage map asks for."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from inspections.queries.coverage_cell import CELL_STATES, Cell
from rules.rulebook import RuleBook
from web.officer.domains import DOMAINS
from web.officer.rule_labels import LAYERS, STRENGTHS

Cells = Mapping[tuple[str, str], Cell]


@dataclass(frozen=True)
class Filters:
    """
    Filters of the map; an empty one keeps everything.

    Attributes:
        show: A state: only rows with such a cell.
        cell: `rule@site` whose chain is open.
    """

    show: str = ""
    domain: str = ""
    layer: str = ""
    strength: str = ""
    site: str = ""
    page: int = 1
    cell: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str]) -> "Filters":
        """Read the query of an address; what is unknown in it is left out."""
        return cls(
            show=_one_of(args.get("show"), CELL_STATES),
            domain=_one_of(args.get("domain"), DOMAINS),
            layer=_one_of(args.get("layer"), LAYERS),
            strength=_one_of(args.get("strength"), STRENGTHS),
            site=args.get("site", "")[:80],
            page=_page(args.get("page", "1")),
            cell=args.get("cell", "")[:200],
        )

    def query(self, **changes: Any) -> dict[str, Any]:
        """Return the query of this map with *changes*, without what is empty."""
        values = asdict(replace(self, **changes))
        return {k: v for k, v in values.items() if v and (k, v) != ("page", 1)}

    @property
    def is_set(self) -> bool:
        """Whether anything is filtered out."""
        return any((self.show, self.domain, self.layer, self.strength, self.site))

    def kept(self, cells: Cells, rulebook: RuleBook) -> Cells:
        """Return the cells of the rules that domain, layer and strength let through."""
        return {key: cell for key, cell in cells.items() if self._keeps(key[0], rulebook)}

    def _keeps(self, rule_id: str, rulebook: RuleBook) -> bool:
        rule = rulebook.rule(rule_id)
        wanted = (
            (self.domain, rule.domain),
            (self.layer, rulebook.pack_of(rule_id).layer),
            (self.strength, rulebook.strength(rule)),
        )
        return all(not asked or asked == actual for asked, actual in wanted)


def _one_of(value: str | None, known: Any) -> str:
    return value if value in known else ""  # type: ignore[return-value]  # None is never known


def _page(value: str) -> int:
    return max(1, int(value)) if value.isdecimal() and len(value) < 7 else 1
