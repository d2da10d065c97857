"""Why something stands in the record, in words: rule, facts and what led there."""

from dataclasses import dataclass

from flask_babel import gettext as _

from inspections.reactions.provenance import Reason, reasons_of_finding
from rules.text import Text
from web.database import session
from web.fact_words import Fact, facts_in_words
from web.rulebook import rulebook


@dataclass(frozen=True)
class ShownReason:
    """
    A consequence as it was applied.

    Attributes:
        did: What it did, in a word.
        chain: Titles of the rules that led to it.
    """

    rule: str
    title: Text
    did: str
    because: list[Fact]
    chain: list[Text]


def reasons(finding_id: int) -> list[ShownReason]:
    """Return what opened a finding and what followed from it."""
    found = reasons_of_finding(session(), finding_id)
    return [_shown(one) for one in found if one.rule in rulebook().rules]


def _shown(one: Reason) -> ShownReason:
    chain = [_title(rule) for rule in one.chain if rule != one.rule]
    return ShownReason(one.rule, _title(one.rule), _did(one.do), facts_in_words(one.because), chain)


def _title(rule: str) -> Text:
    found = rulebook().rules.get(rule)
    return found.title if found else Text(zh=rule, en=rule)


def _did(do: str) -> str:
    did = {
        "finding": _("finding opened"),
        "stop-use": _("use stopped"),
        "task": _("task started"),
        "escalate": _("escalated"),
        "bar": _("barred from the roster"),
        "charge": _("charged"),
        "open-checklist": _("checklist opened"),
        "staffing": _("staffing raised"),
        "notice": _("told"),
    }
    return str(did[do])
