"""Facts in words: domains by their names, and every domain of the packs has one."""

from rules.domain_names import DOMAIN_NAMES
from rules.rule_names import LAYER_NAMES
from rules.value_words import value_text
from rules.vocabulary import load_vocabulary
from tests.rules.sample_site import built_in


def test_a_domain_is_told_by_its_name():
    text = value_text("finding.domain", "food")

    assert ("食品", "Food") == (text.zh, text.en)


def test_a_domain_that_a_pack_made_up_keeps_its_id():
    assert "gardens" == value_text("missed.domain", "gardens").zh


def test_every_domain_of_the_packs_has_a_name():
    assert set() == {rule.domain for rule in built_in().rules.values()} - DOMAIN_NAMES.keys()


def test_a_figure_below_zero_has_a_true_minus_sign():
    assert "−18 ℃" == value_text("sample.fridge_c", -18).zh


def test_the_layer_of_a_missed_rule_is_called_as_layers_are_called_everywhere():
    choices = load_vocabulary()["missed.layer"].choices

    assert dict(LAYER_NAMES) == {choice.value: choice.title for choice in choices}
