"""Lint: what a pack of the right shape can still have wrong, alone and among the other packs."""

from collections.abc import Container, Iterable, Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.facts import FactDefinition
from rules.faults import Fault
from rules.lint import (
    checklists,
    conclusions,
    conditions,
    countries,
    defaults,
    examples,
    layers,
    names,
    reactions,
    references,
    sources,
    versions,
)
from rules.lint.context import Context
from rules.yaml_document import Location

_RULE_CHECKS = (
    sources.complaints,
    conditions.complaints,
    versions.complaints,
    references.complaints,
    layers.complaints,
    conclusions.complaints,
    reactions.complaints,
    examples.complaints,
)


def lint(
    drafts: Iterable[Draft],
    vocabulary: dict[str, FactDefinition],
    only: Container[str] | None = None,
) -> list[Fault]:
    """
    Return every fault of *drafts*, read together; what the schema reported is not repeated.

    Where *only* names files, the faults of those alone.
    """
    context = Context(tuple(drafts), vocabulary)
    faults = []
    for draft in context.drafts:
        if only is not None and draft.document.file not in only:
            continue
        for location, complaint in _complaints(draft, context):
            full = (*location, *complaint.at)
            if not draft.is_broken(full):
                faults.append(draft.document.fault(full, complaint.message, complaint.remedy))
    return faults


def _complaints(draft: Draft, context: Context) -> Iterator[tuple[Location, Complaint]]:
    for complaint in names.complaints(draft, context):
        yield (), complaint
    for complaint in references.pack_complaints(draft, context):
        yield (), complaint
    for complaint in countries.complaints(draft, context):
        yield (), complaint
    for complaint in defaults.complaints(draft, context):
        yield (), complaint
    for complaint in checklists.complaints(draft):
        yield (), complaint
    for location, rule in draft.rules():
        for check in _RULE_CHECKS:
            for complaint in check(rule, location, draft, context):
                yield location, complaint
