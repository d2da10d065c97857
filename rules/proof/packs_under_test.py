"""Packs to be proved, read together with the built-in ones that they may refer to."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rules.faults import InputInvalid
from rules.loader import BUILT_IN, load_rulebook
from rules.rulebook import RuleBook
from rules.yaml_document import read_document


def packs_under_test(paths: Sequence[Path]) -> tuple[RuleBook, frozenset[str]]:
    """
    Return the rule book of *paths* (files or folders) and the built-in packs, and whose turn it is.

    Without paths every built-in pack is under test. A given pack stands in for the built-in one
    with the same file or id. Examples are not run: whether they fail is the question.

    Raises:
        InputInvalid: If a pack is faulty; holds every fault.
    """
    if not paths:
        book = load_rulebook()
        return book, frozenset(pack.id for pack in book.packs)
    files = [file for path in paths for file in _files(path)]
    ids = frozenset(filter(None, map(_pack_id, files)))
    same = {file.resolve() for file in files}
    others = (file for file in _files(BUILT_IN) if file.resolve() not in same)
    kept = [file for file in others if _pack_id(file) not in ids]
    return load_rulebook([*kept, *files]), ids


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from sorted(path.rglob("*.yaml"))
    else:
        yield path


def _pack_id(path: Path) -> str | None:
    try:
        data = read_document(path).data
    except InputInvalid:
        return None
    named = data.get("id") if isinstance(data, dict) else None
    return named if isinstance(named, str) else None
