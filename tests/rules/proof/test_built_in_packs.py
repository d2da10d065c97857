"""The examples of every built-in pack notice every change of every condition."""

import pytest

from rules.loader import load_rulebook
from rules.proof.mutation import mutation_report
from rules.proof.report import proof_of
from rules.vocabulary import load_vocabulary

BOOK = load_rulebook()


@pytest.mark.parametrize("pack", [pack.id for pack in BOOK.packs])
def test_no_example_fails_and_no_change_goes_unnoticed(pack):
    (proof,) = proof_of(BOOK, {pack}, mutate=True)

    unnoticed = [
        f"{each.rule.id}: {one.mutant.text.en}"
        for each in proof.rules
        for one in each.mutation.survivors
    ]
    assert [] == [str(failed.message.en) for failed in proof.failed]
    assert proof.outcomes == proof.outcomes_seen
    assert [] == unnoticed, f"xunjian rules test --suggest writes what {pack} lacks"


def test_what_no_example_can_notice_is_proved_to_be_superfluous():
    vocabulary = load_vocabulary()
    equivalent = [
        each
        for rule in BOOK.rules.values()
        for each in mutation_report(BOOK, rule, vocabulary).equivalent
    ]

    assert [] == [
        f"{each.rule.id}: {each.mutant.text.en}" for each in equivalent if not each.proved
    ]
