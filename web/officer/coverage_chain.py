"""The chain behind one cell: clause, rule, duty, plan, evidence."""

from dataclasses import dataclass

from inspections.queries.coverage import CellDetail, cell_detail
from inspections.queries.coverage_cell import Cell, DutyStanding
from inspections.queries.coverage_evidence import Evidence, evidence_of
from inspections.rounds.names import target_names
from rules.cadence_words import cadence_text
from rules.rulebook import RuleBook
from rules.text import Text
from web.authentication import site_in_scope, viewer
from web.database import now, session
from web.fact_words import Fact, facts_in_words
from web.formatting import today
from web.officer.coverage_filters import Filters
from web.officer.coverage_rows import LINES, gap_words

MOST_TARGETS = 6


@dataclass(frozen=True)
class TargetView:
    """One target of the rule at the site, with how it stands."""

    name: Text
    state: str
    lines: tuple[str, str]
    standing: DutyStanding


@dataclass(frozen=True)
class Chain:
    """
    What the panel shows.

    Attributes:
        because: The facts that made the rule bind the worst target.
        waits_for: The facts that it waits for.
        more: Targets that are not listed.
    """

    detail: CellDetail
    cell: Cell
    clause: Text
    rhythm: Text | None
    because: list[Fact]
    waits_for: list[Fact]
    targets: tuple[TargetView, ...]
    more: int
    evidence: Evidence
    gap: str

    @property
    def first_target(self) -> str:
        """The target of the first duty, as pages about rules name it."""
        duty, _ = self.detail.duties[0]
        site = self.detail.site.key
        return site if duty.target_kind == "site" else f"{site}/{duty.target}"

    @property
    def is_open(self) -> bool:
        """Whether nothing covers the cell."""
        return self.cell.state == "gap"


def chain_of(filters: Filters, rulebook: RuleBook) -> Chain | None:
    """Return the chain of the cell that the address names; nothing for none or a dash."""
    rule_id, _, site_key = filters.cell.partition("@")
    if not site_key:
        return None
    site_in_scope(site_key)
    organisation = viewer().organisation
    detail = cell_detail(session(), rulebook, organisation, now=now(), where=(rule_id, site_key))
    if detail is None:
        return None
    version = rulebook.version(detail.rule, today())
    duty, _ = detail.duties[0]
    ids = [one.id for one, _ in detail.duties]
    return Chain(
        detail,
        detail.cell,
        rulebook.clause_text(detail.rule),
        cadence_text(version.cadence) if version and version.cadence else None,
        facts_in_words(_stated(duty.because)),
        facts_in_words(dict.fromkeys(duty.waits_for, "")),
        _targets(detail),
        max(0, len(ids) - MOST_TARGETS),
        evidence_of(session(), organisation, ids, now=now()),
        gap_words(detail.cell.shown.gap),
    )


def _stated(because: dict[str, object]) -> dict[str, object]:
    """Leave out the site's decision: it is no fact of the vocabulary."""
    return {name: value for name, value in because.items() if not name.startswith("decision:")}


def _targets(detail: CellDetail) -> tuple[TargetView, ...]:
    shown = detail.duties[:MOST_TARGETS]
    targets = [(duty.site_id, duty.target_kind, duty.target) for duty, _ in shown]
    names = target_names(session(), targets)
    return tuple(
        TargetView(names[target], standing.state, LINES[standing.state](standing), standing)
        for target, (_, standing) in zip(targets, shown, strict=True)
    )
