"""A pack while it is being written: its faults, its examples with their outcomes, its rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from rules.drafts import Draft, draft_of
from rules.examples import outcome
from rules.faults import Fault, InputInvalid
from rules.loader import check_text
from rules.pack import Rule
from rules.proof.suggestions import suggestions
from rules.rulebook import RuleBook
from rules.text import Text
from rules.yaml_document import PACK_SIZE, document_of


@dataclass(frozen=True)
class DraftExample:
    """
    One example of the draft.

    Attributes:
        rule: Index of its rule in the text; `line` is where it stands.
        expected: What it says; `answer` is what the rule says, nothing where the rule is faulty.
    """

    rule: int
    name: str
    line: int
    expected: bool | Literal["may"]
    answer: bool | str | None

    @property
    def holds(self) -> bool:
        """Whether the rule answers as the example says."""
        return self.answer == self.expected


@dataclass(frozen=True)
class DraftText:
    """
    What could be read of a text.

    Attributes:
        data: Its plain data; nothing where it is not YAML.
        rules: Index, id and title of every rule in the text, faulty ones included.
        book: The draft among the packs beside it; nothing where it has no rules.
    """

    text: str
    data: Any
    faults: tuple[Fault, ...]
    rules: tuple[tuple[int, str, Text], ...]
    examples: tuple[DraftExample, ...]
    book: RuleBook | None
    draft: Draft | None

    @property
    def pack_id(self) -> str:
        """The id that the text gives its pack."""
        named = self.data.get("id") if isinstance(self.data, dict) else None
        return named if isinstance(named, str) else ""

    def sound_rule(self, index: int) -> Rule | None:
        """Return the rule at *index* of the text where nothing but its examples is faulty."""
        if self.draft is None or self._is_faulty(index):
            return None
        return next((rule for at, rule in self.draft.rules() if at[1] == index), None)

    def _is_faulty(self, index: int) -> bool:
        whole = f"rules.{index}."
        fields = [f"{fault.field}." for fault in self.faults]
        return any(
            field.startswith(whole) and not field.startswith(f"{whole}examples.")
            for field in fields
        )


def read_draft(text: str, name: str, *, beside: RuleBook) -> DraftText:
    """Read the pack written in *text* beside the packs of *beside*; faulty ones are read too."""
    faults = check_text(text, name, beside=beside).faults
    try:
        document = document_of(text, file=name, size=PACK_SIZE, tolerant=True)
    except InputInvalid:
        return DraftText(text, None, faults, (), (), None, None)
    draft, _ = draft_of(document)
    book = _book(draft, text, beside) if draft is not None else None
    found = tuple(_rules(document.data))
    read = DraftText(text, document.data, faults, found, (), book, draft)
    return DraftText(text, document.data, faults, found, tuple(_examples(read)), book, draft)


def missing_examples(read: DraftText, index: int) -> tuple[dict[str, Any], ...]:
    """Return the examples that the rule at *index* lacks; none while it is faulty."""
    rule = read.sound_rule(index)
    if rule is None or read.book is None:
        return ()
    return suggestions(read.book, rule)


def _book(draft: Draft, text: str, beside: RuleBook) -> RuleBook:
    others = tuple(pack for pack in beside.packs if pack.id != draft.pack.id)
    return RuleBook((*others, draft.pack), {**beside.texts, draft.pack.id: text})


def _rules(data: Any) -> Iterator[tuple[int, str, Text]]:
    listed = data.get("rules") if isinstance(data, dict) else None
    for index, raw in enumerate(listed if isinstance(listed, list) else []):
        rule = raw if isinstance(raw, dict) else {}
        title = rule.get("title")
        words = title if isinstance(title, dict) else {}
        name = str(rule.get("id") or f"{index + 1}")
        yield index, name, Text(zh=str(words.get("zh") or name), en=str(words.get("en") or name))


def _examples(read: DraftText) -> Iterator[DraftExample]:
    if read.draft is None or read.book is None:
        return
    for location, rule in read.draft.rules():
        index = int(location[1])
        faulty = read.sound_rule(index) is None
        for number, example in enumerate(rule.examples):
            line = read.draft.document.line((*location, "examples", number))
            day = example.on or read.draft.pack.version
            answer = None if faulty else outcome(read.book, rule, example, on=day)
            yield DraftExample(index, example.name, line, example.applies, answer)
