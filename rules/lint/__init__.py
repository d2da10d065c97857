"""Lint: what a pack of the right shape can still have wrong, alone and among the other packs."""

from collections.abc import Iterable, Iterator

from rules.drafts import Draft
from rules.facts import FactDefinition
from rules.faults import Fault
from rules.lint import conclusions, conditions, examples, names, references, sources, versions
from rules.lint.context import Context, Finding
from rules.yaml_document import Location

_RULE_CHECKS = (
    sources.findings,
    conditions.findings,
    versions.findings,
    references.findings,
    conclusions.findings,
    examples.findings,
)


def lint(drafts: Iterable[Draft], vocabulary: dict[str, FactDefinition]) -> list[Fault]:
    """Return every fault of *drafts*, read together; what the schema reported is not repeated."""
    context = Context(tuple(drafts), vocabulary)
    faults = []
    for draft in context.drafts:
        for location, finding in _findings(draft, context):
            full = (*location, *finding.at)
            if not draft.is_broken(full):
                faults.append(draft.document.fault(full, finding.message, finding.remedy))
    return faults


def _findings(draft: Draft, context: Context) -> Iterator[tuple[Location, Finding]]:
    for finding in names.findings(draft, context):
        yield (), finding
    for finding in references.pack_findings(draft, context):
        yield (), finding
    for location, rule in draft.rules():
        for check in _RULE_CHECKS:
            for finding in check(rule, location, draft, context):
                yield location, finding
