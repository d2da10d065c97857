"""Reading rule packs: every fault of every file at once, or a rule book."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rules.drafts import Draft, draft_of
from rules.examples import failed_examples
from rules.faults import Fault, InputInvalid
from rules.lint import lint
from rules.rulebook import RuleBook
from rules.text import Text
from rules.vocabulary import read_vocabulary
from rules.yaml_document import read_document

BUILT_IN = Path(__file__).parent / "packs"


@dataclass(frozen=True)
class Checked:
    """
    What a check of packs found.

    Attributes:
        packs: Number of pack files looked at; `rules` and `examples` count what stands in them.
    """

    packs: int
    rules: int
    examples: int
    faults: tuple[Fault, ...]


def load_rulebook(directories: Iterable[Path] = (BUILT_IN,)) -> RuleBook:
    """
    Read every pack of *directories* (folders, or single files), in path order.

    Raises:
        InputInvalid: If any file is faulty; holds every fault of every file.
    """
    drafts, faults = _drafts(_paths(directories))
    vocabulary, vocabulary_faults = read_vocabulary()
    faults += vocabulary_faults + lint(drafts, vocabulary)
    if faults:
        raise InputInvalid(_ordered(faults))
    return _rulebook(drafts)


def check_packs(paths: Iterable[Path] = (BUILT_IN,), *, beside: Iterable[Path] = ()) -> Checked:
    """
    Check the packs of *paths*, run their examples, and count them.

    The packs of *beside* are read too, so that references to them hold, but are neither counted
    nor reported; a pack of *paths* stands in for the one of *beside* with the same file or id.
    """
    listed = list(_paths(paths))
    asked, faults = _drafts(listed)
    files = {path.resolve() for path in listed}
    others, _ = _drafts(path for path in _paths(beside) if path.resolve() not in files)
    ids = {draft.pack.id for draft in asked}
    others = [draft for draft in others if draft.pack.id not in ids]
    vocabulary, vocabulary_faults = read_vocabulary()
    found = lint([*others, *asked], vocabulary)
    named = {draft.document.file for draft in asked}
    faults += vocabulary_faults + [fault for fault in found if fault.file in named]
    faults += _example_faults([*others, *asked], named, faults)
    rules = [rule for draft in asked for rule in _listed(draft.document.data.get("rules"))]
    examples = sum(len(_listed(rule.get("examples"))) for rule in rules if isinstance(rule, dict))
    return Checked(len(listed), len(rules), examples, tuple(_ordered(faults)))


def _paths(directories: Iterable[Path]) -> Iterator[Path]:
    for directory in directories:
        if directory.is_dir():
            yield from sorted(directory.rglob("*.yaml"))
        else:
            yield directory


def _drafts(paths: Iterable[Path]) -> tuple[list[Draft], list[Fault]]:
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            draft, found = draft_of(read_document(path))
        except InputInvalid as error:
            faults += error.faults
            continue
        faults += found
        if draft is not None:
            drafts.append(draft)
    return drafts, faults


def _rulebook(drafts: Iterable[Draft]) -> RuleBook:
    kept = list(drafts)
    texts = {draft.pack.id: draft.document.text for draft in kept}
    return RuleBook(tuple(draft.pack for draft in kept), texts)


def _example_faults(
    drafts: list[Draft], named: set[str], faults: Iterable[Fault]
) -> Iterator[Fault]:
    """Run the examples of rules without other faults: a faulty rule answers nothing sensible."""
    faulty = {(fault.file, tuple(fault.field.split(".")[:2])) for fault in faults}
    rulebook = _rulebook(draft for draft in drafts if not draft.is_broken(("version",)))
    places = {
        rule.id: (draft, location)
        for draft in drafts
        if draft.document.file in named
        for location, rule in draft.rules()
        if (draft.document.file, tuple(str(part) for part in location)) not in faulty
    }
    for failed in failed_examples(rulebook, only=places.keys()):
        draft, location = places[failed.rule.id]
        remedy = Text(
            zh="请改正例子，或改正规则的条件和日期。",
            en="Correct the example, or the rule's condition or dates.",
        )
        yield draft.document.fault(
            (*location, "examples", failed.index, "applies"), failed.message, remedy
        )


def _listed(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def _ordered(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.field))
