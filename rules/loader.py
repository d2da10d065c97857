"""Reading rule packs: every fault of every file at once, or a rule book."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from rules.drafts import Draft, draft_of, sound_draft
from rules.example_faults import example_faults
from rules.faults import Fault, InputInvalid
from rules.lint import lint
from rules.pack import Pack
from rules.rulebook import RuleBook
from rules.vocabulary import read_vocabulary
from rules.yaml_document import PACK_SIZE, document_of, read_document

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

    Files whose content this process read before are not parsed again.

    Raises:
        InputInvalid: If any file is faulty; holds every fault of every file.
    """
    return _read(tuple((path, _digest(path)) for path in _paths(directories)))


# A process works with the built-in packs, and beside them with a folder that somebody writes in.
@lru_cache(maxsize=4)
def _read(files: tuple[tuple[Path, bytes | None], ...]) -> RuleBook:
    drafts, faults = _drafts(path for path, _ in files)
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
    if not asked:
        # Nothing refers to anything.
        return Checked(len(listed), 0, 0, tuple(_ordered(faults)))
    files = {path.resolve() for path in listed}
    others, _ = _drafts(path for path in _paths(beside) if path.resolve() not in files)
    ids = {draft.pack.id for draft in asked}
    others = [draft for draft in others if draft.pack.id not in ids]
    return _checked(len(listed), asked, others, faults)


def check_text(text: str, name: str, *, beside: RuleBook) -> Checked:
    """
    Check the pack written in *text*, run its examples, and count them; *name* stands for its file.

    It is read beside the packs of *beside*, except one with the same id, for which it stands in.
    Faults that it causes in those packs, such as a rule that they miss, are reported too, under
    the id of the pack as the file.
    """
    try:
        document = document_of(text, file=name, size=PACK_SIZE, tolerant=True)
        draft, faults = draft_of(document)
    except InputInvalid as error:
        return Checked(1, 0, 0, tuple(_ordered(error.faults)))
    if draft is None:
        return Checked(1, 0, 0, tuple(_ordered(faults)))
    others = [sound_draft(pack) for pack in beside.packs if pack.id != draft.pack.id]
    named = frozenset(other.document.file for other in others)
    return _checked(1, [draft], others, faults, blamed=named)


def pack_of(text: str, name: str) -> Pack:
    """
    Return the pack written in *text*, which was found sound before; *name* stands for its file.

    Raises:
        InputInvalid: If it does not have the shape of a pack.
    """
    draft, faults = draft_of(document_of(text, file=name))
    if faults or draft is None:
        raise InputInvalid(_ordered(faults))
    return draft.pack


def _checked(
    count: int,
    asked: list[Draft],
    others: list[Draft],
    faults: list[Fault],
    *,
    blamed: frozenset[str] = frozenset(),
) -> Checked:
    """Lint *asked* beside *others*, whose own faults count only where they are among *blamed*."""
    vocabulary, vocabulary_faults = read_vocabulary()
    named = {draft.document.file for draft in asked}
    faults += vocabulary_faults + lint([*others, *asked], vocabulary, named | blamed)
    faults += example_faults([*others, *asked], named, faults)
    rules = [rule for draft in asked for rule in _listed(draft.document.data.get("rules"))]
    examples = sum(len(_listed(rule.get("examples"))) for rule in rules if isinstance(rule, dict))
    return Checked(count, len(rules), examples, tuple(_ordered(faults)))


def _paths(directories: Iterable[Path]) -> Iterator[Path]:
    for directory in directories:
        if directory.is_dir():
            yield from sorted(directory.rglob("*.yaml"))
        else:
            yield directory


def _digest(path: Path) -> bytes | None:
    """Return the hash of what stands in a file; nothing where it cannot be read."""
    with suppress(OSError):
        return sha256(path.read_bytes()).digest()
    return None


def _drafts(paths: Iterable[Path]) -> tuple[list[Draft], list[Fault]]:
    drafts: list[Draft] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            draft, found = draft_of(read_document(path, PACK_SIZE, tolerant=True))
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


def _listed(raw: object) -> list[object]:
    return raw if isinstance(raw, list) else []


def _ordered(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.field))
