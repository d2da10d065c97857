"""All changes applied, one after another, in their order."""

from collections.abc import Iterable
from datetime import date

from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.whatif.changes import AddSite, Change, LosePerson, SetFacts
from rules.whatif.fact_changes import with_fact_change
from rules.whatif.rule_changes import with_rule_change
from rules.whatif.supposed import Supposed


def supposed(
    rulebook: RuleBook, organisation: Organisation, changes: Iterable[Change], *, since: date
) -> Supposed:
    """
    Return rules and facts after *changes*; *since* is the first day that is asked about.

    Raises:
        InputInvalid: With every fault of every change.
    """
    book, changed, touched = rulebook, organisation, frozenset[str]()
    faults: list[Fault] = []
    for number, change in enumerate(changes):
        try:
            if isinstance(change, SetFacts | AddSite | LosePerson):
                changed, sites = with_fact_change(changed, change, number)
                touched |= sites
            else:
                book = with_rule_change(book, change, number, since=since)
        except InputInvalid as invalid:
            faults += invalid.faults
    if faults:
        raise InputInvalid(faults)
    return Supposed(book, changed, touched)
