"""The text being written, read beside the packs of the viewer's organisation."""

from collections.abc import Sequence
from dataclasses import dataclass

from inspections.importing import load_from_record
from rules.authoring.condition_rows import ConditionRow, condition_rows, visible_facts
from rules.authoring.draft_text import DraftExample, DraftText, missing_examples, read_draft
from rules.authoring.field import FormField, Options, found
from rules.authoring.form import pack_fields, rule_fields
from rules.faults import Fault
from rules.organisation.model import Organisation
from rules.text import Text
from web.authentication import viewer
from web.database import session
from web.rulebook import rulebook

FILE = "pack.yaml"


@dataclass(frozen=True)
class DraftView:
    """
    What the fragments of the editor show.

    Attributes:
        index: The rule shown in the form.
        groups: Its fields with their headings; none where the text is no pack yet.
        missing: How many examples its rule lacks for every change of it to be noticed.
    """

    read: DraftText
    index: int
    head: tuple[FormField, ...]
    groups: tuple[tuple[Text, tuple[FormField, ...]], ...]
    conditions: tuple[ConditionRow, ...]
    facts: Options
    missing: int

    @property
    def faults(self) -> Sequence[Fault]:
        """What is wrong, line by line."""
        return self.read.faults

    @property
    def examples(self) -> Sequence[DraftExample]:
        """The examples of the rule shown."""
        return [each for each in self.read.examples if each.rule == self.index]

    @property
    def failing(self) -> int:
        """How many examples of the whole pack do not hold."""
        return sum(not each.holds for each in self.read.examples if each.answer is not None)


def draft_of_text(text: str) -> DraftText:
    """Return what can be read of *text*; lines end as editors on every system end them."""
    return read_draft(text.replace("\r\n", "\n"), FILE, beside=rulebook())


def view_of(read: DraftText, index: int) -> DraftView:
    """Return what the editor shows of the draft, with the rule at *index* in the form."""
    index = min(max(index, 0), max(len(read.rules) - 1, 0))
    if not read.rules:
        return DraftView(read, 0, (), (), (), (), 0)
    target = str(found(read.data, ("rules", index, "target")) or "site")
    return DraftView(
        read,
        index,
        pack_fields(read.data),
        tuple(rule_fields(read.data, index, rulebook())),
        tuple(condition_rows(read.data, index)),
        visible_facts(target),
        len(missing_examples(read, index)),
    )


def organisation() -> Organisation:
    """Return the viewer's organisation."""
    return load_from_record(session(), viewer().organisation)


def site_kind() -> str:
    """Return the kind of the organisation's first site, for what is written anew."""
    sites = organisation().sites
    return str(sites[0].facts.get("site.kind", "office")) if sites else "office"
