"""What the form asks to be changed, done to the text."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from rules.authoring.condition_rows import compared, new_condition
from rules.authoring.draft_text import DraftText, missing_examples
from rules.authoring.field import FieldKind, found, read_back
from rules.authoring.form import NEW_CADENCES
from rules.authoring.pack_template import new_rule
from rules.authoring.text_edits import block_added, item_added, removed, value_set
from rules.yaml_document import Location

Asked = Mapping[str, Any]


class UnknownEdit(ValueError):
    """The form asks for something that no form of ours asks for."""


def edited(read: DraftText, asked: Asked, *, kind: str, today: date) -> tuple[str, int]:
    """
    Return the text after the change that the form asks for, and the rule to show then.

    *asked* names what to `do` (set, remove, compare, add-condition, cadence, add-rule,
    remove-rule or add-examples), the `rule` shown, and what the change needs; a new rule is for
    sites of *kind* and begins on *today*.

    Raises:
        UnknownEdit: If it asks for anything else.
        NoSuchPlace: If the text has changed so much that the place is gone.
    """
    do, index = str(asked.get("do")), asked.get("rule")
    if do == "add-rule":
        return _add_rule(read, kind=kind, today=today), len(read.rules)
    if do not in _CHANGES or not isinstance(index, int):
        raise UnknownEdit(do)
    return _CHANGES[do](read, asked, index), max(0, index - (do == "remove-rule"))


def _set(read: DraftText, asked: Asked, _index: int) -> str:
    at = _location(asked)
    kind: FieldKind = asked.get("kind", "text")
    value = read_back(kind, _values(asked))
    if value is None and not asked.get("required"):
        return _without(read, at)
    return value_set(read.text, at, "" if value is None else value)


def _without(read: DraftText, at: Location) -> str:
    """Take the field out, with what held nothing but it: `on: {}` would say nothing."""
    while len(at) > 1 and found(read.data, at[:-1]) == {at[-1]: found(read.data, at)}:
        at = at[:-1]
    return removed(read.text, at)


def _remove(read: DraftText, asked: Asked, _index: int) -> str:
    return removed(read.text, _location(asked))


def _compare(read: DraftText, asked: Asked, _index: int) -> str:
    at = _location(asked)
    now = found(read.data, at)
    value = next(iter(now.values())) if isinstance(now, dict) and now else now
    return value_set(read.text, at, compared(str(at[-1]), _values(asked)[0], value))


def _add_condition(read: DraftText, asked: Asked, index: int) -> str:
    fact = _values(asked)[0]
    at: Location = ("rules", index, "applies", fact)
    return read.text if found(read.data, at) is not None else value_set(
        read.text, at, new_condition(fact)
    )  # fmt: skip


def _cadence(read: DraftText, asked: Asked, _index: int) -> str:
    """Another kind of cadence has other fields: it starts from an example of its kind."""
    at = _location(asked)[:-1]
    kind = _values(asked)[0] if _values(asked) else ""
    if kind not in NEW_CADENCES:
        return removed(read.text, at)
    return value_set(read.text, at, dict(NEW_CADENCES[kind]))


def _remove_rule(read: DraftText, _asked: Asked, index: int) -> str:
    return removed(read.text, ("rules", index))


def _add_examples(read: DraftText, _asked: Asked, index: int) -> str:
    text = read.text
    for example in missing_examples(read, index):
        text = item_added(text, ("rules", index, "examples"), example)
    return text


def _add_rule(read: DraftText, *, kind: str, today: date) -> str:
    taken = {name for _, name, _ in read.rules}
    stem = read.pack_id or "rule"
    number = next(n for n in range(1, len(taken) + 2) if f"{stem}-rule-{n}" not in taken)
    instruments = found(read.data, ("instruments",))
    own = found(instruments, (0, "id")) or next(
        (each.id for pack in (read.book.packs if read.book else ()) for each in pack.instruments),
        "document",
    )
    block = new_rule(f"{stem}-rule-{number}", str(own), kind=kind, today=today)
    return block_added(read.text, ("rules",), block)


def _location(asked: Asked) -> Location:
    at = asked.get("at")
    if not isinstance(at, list) or not at or not all(isinstance(p, (str, int)) for p in at):
        raise UnknownEdit("at")
    return tuple(at)


def _values(asked: Asked) -> list[str]:
    values: Sequence[Any] = asked.get("values") or []
    if not isinstance(values, list):
        raise UnknownEdit("values")
    return [str(value)[:2_000] for value in values]


_CHANGES: Mapping[str, Callable[[DraftText, Asked, int], str]] = {
    "set": _set,
    "remove": _remove,
    "compare": _compare,
    "add-condition": _add_condition,
    "cadence": _cadence,
    "remove-rule": _remove_rule,
    "add-examples": _add_examples,
}
