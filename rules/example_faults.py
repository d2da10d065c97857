"""Examples that do not come out as the pack says, as faults of its file."""

from collections.abc import Iterable, Iterator

from rules.drafts import Draft
from rules.examples import failed_examples
from rules.faults import Fault
from rules.rulebook import RuleBook
from rules.text import Text


def example_faults(
    drafts: list[Draft], named: set[str], faults: Iterable[Fault]
) -> Iterator[Fault]:
    """Run the examples of rules without other faults: a faulty rule answers nothing sensible."""
    faulty = {(fault.file, tuple(fault.field.split(".")[:2])) for fault in faults}
    rulebook = _rulebook(drafts)
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
            (*location, "examples", failed.index, failed.field), failed.message, remedy
        )


def _rulebook(drafts: Iterable[Draft]) -> RuleBook:
    """Read as one book the packs that say of which day they are, which examples hang on."""
    kept = [draft for draft in drafts if not draft.is_broken(("version",))]
    texts = {draft.pack.id: draft.document.text for draft in kept}
    return RuleBook(tuple(draft.pack for draft in kept), texts)
