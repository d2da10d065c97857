"""On the built-in packs both engines and three-valued logic give the same answers."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.derive import derive
from rules.kleene import truth
from rules.vocabulary import load_vocabulary
from tests.rules.builders import organisation
from tests.rules.engines import needs_both_engines
from tests.rules.sample_site import built_in

DAY = date(2026, 9, 1)


def site_facts():
    values = {}
    for name, definition in load_vocabulary().items():
        if definition.target == "site":
            values[name] = _values(definition)
    return st.fixed_dictionaries({}, optional=values)


def _values(definition):
    if definition.type == "boolean":
        return st.booleans()
    if definition.type == "enum":
        return st.sampled_from([choice.value for choice in definition.choices])
    if definition.type == "text":
        return st.sampled_from(["北京", "上海", "广东", "深圳"])
    return st.sampled_from([1, 5, 23, 24, 100, 1000, 5000, 100000])


@needs_both_engines
@settings(max_examples=25)
@given(site_facts())
def test_on_all_packs_both_engines_and_three_valued_logic_agree(facts):
    book = built_in()
    org = organisation(facts, packs=[pack.id for pack in book.packs if pack.layer == "house"])

    durable = derive(book, org, DAY, engine="durable")

    assert durable == derive(book, org, DAY, engine="python")
    bound = {each.rule for each in durable if each.status == "binds"}
    for each in book.rules.values():
        settled = each.reading is None and "$" not in str(each.applies)
        if each.target == "site" and settled and book.in_force(each, DAY):
            assert truth(each.applies, facts) is not True or each.id in bound
