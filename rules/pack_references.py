"""What a pack takes from other packs; where these do not apply, neither can it."""

from collections.abc import Iterable, Iterator

from rules.pack import Pack, RuleVersion
from rules.reactions import OpenChecklist

Reference = tuple[str, str]


def lacking(pack: Pack, others: Iterable[Pack]) -> list[Reference]:
    """
    Return what *pack* refers to that neither it nor *others* define, each once and sorted.

    Each is a section of a pack (`instruments`, `checklists`, `rules`) with an id.
    """
    wanted = set(_references(pack)) - set(_definitions(pack))
    for other in others if wanted else ():
        wanted -= set(_definitions(other))
    return sorted(wanted)


def definers(reference: Reference, packs: Iterable[Pack]) -> list[str]:
    """Return the ids of the packs that define *reference*."""
    return [pack.id for pack in packs if reference in _definitions(pack)]


def _references(pack: Pack) -> Iterator[Reference]:
    for rule in pack.rules:
        yield "instruments", rule.source.instrument
        if rule.tightens is not None:
            yield "rules", rule.tightens
        for version in rule.versions:
            yield from _of_version(version)


def _of_version(version: RuleVersion) -> Iterator[Reference]:
    if version.checklist is not None:
        yield "checklists", version.checklist
    if version.gate is not None:
        yield "rules", version.gate.needs
    for do in version.then:
        if isinstance(do, OpenChecklist):
            yield from (("checklists", each) for each in (do.checklist,) if each is not None)
            yield from (("rules", each) for each in (do.rule,) if each is not None)


def _definitions(pack: Pack) -> Iterator[Reference]:
    yield from (("instruments", each.id) for each in pack.instruments)
    yield from (("checklists", each.id) for each in pack.checklists)
    yield from (("rules", each.id) for each in pack.rules)
