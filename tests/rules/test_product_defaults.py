"""Defaults of the product: for everybody who does not leave them out, and never law."""

import pytest

from rules.faults import InputInvalid
from rules.organisation.loader import organisation_from_data
from rules.rulebook import Choice
from tests.rules.builders import organisation_data, pack, rule, rulebook
from tests.rules.sample_site import built_in


def packs_of(country, *named):
    chosen = built_in().for_organisation(Choice("org", country, named))
    return {each.id for each in chosen.packs}


@pytest.mark.parametrize("country", ["CN", "US", "CH"])
def test_the_defaults_bind_everywhere(country):
    assert "default-reactions" in packs_of(country)


def test_an_organisation_may_leave_the_defaults_out():
    with_them = packs_of("CN", "house-mall")

    without = packs_of("CN", "house-mall", "-default-reactions")

    assert with_them - {"default-reactions"} == without


@pytest.mark.parametrize("name", ["-cn-food", "-house-mall", "-no-such-pack"])
def test_nothing_but_a_default_can_be_left_out(name):
    with pytest.raises(InputInvalid) as raised:
        packs_of("CN", name)

    assert [f"There is no rule pack {name}."] == [each.message.en for each in raised.value.faults]


def test_leaving_out_a_law_in_an_organisation_file_is_refused_at_its_line():
    data = organisation_data(packs=["-cn-food", "-default-reactions"])

    with pytest.raises(InputInvalid) as raised:
        organisation_from_data(data, lambda at: ("org.yaml", 1, ".".join(map(str, at))), built_in())

    assert ["packs.0"] == [each.field for each in raised.value.faults]


def test_every_default_says_that_it_is_none_of_law():
    book = built_in()
    rules = [each for pack in book.packs if pack.product_default for each in pack.rules]

    assert rules
    assert {"recommended"} == {book.strength(each) for each in rules}
    assert {"house"} == {book.instrument(each).force for each in rules}


def test_a_default_that_looks_like_law_is_refused(tmp_path):
    data = pack(rule(), product_default=True)

    with pytest.raises(InputInvalid) as raised:
        rulebook(tmp_path, data)

    assert ["layer", "rules.0.strength"] == [each.field for each in raised.value.faults]
