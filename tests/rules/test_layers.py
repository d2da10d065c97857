import pytest

from rules.loader import check_packs
from tests.rules.builders import pack, rule, words, written


@pytest.mark.parametrize(
    ("lower", "house", "field"),
    [
        (
            {"cadence": {"type": "periodic", "unit": "week"}},
            {"cadence": {"type": "periodic", "unit": "month"}},
            "cadence",
        ),
        ({"people": {"count": 2}}, {"people": {"count": 1}}, "people.count"),
        (
            {"retention": {"amount": 2, "unit": "year"}},
            {"retention": {"amount": 6, "unit": "month"}},
            "retention",
        ),
        (
            {"on_fail": {"deadline": {"unit": "same-day"}}},
            {"on_fail": {"deadline": {"amount": 3, "unit": "day"}}},
            "on_fail.deadline",
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_house_rule_may_tighten_a_law_and_never_loosen_it(tmp_path, lower, house, field, turned):
    if turned:
        lower, house = house, lower
    sound = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}
    source = {"instrument": "some-law", "clause": words(), "grade": "B", "origin": "Rule 3"}
    law = pack(rule(versions=[sound | lower]))
    stricter = rule("ours", versions=[sound | house], source=source, tightens="daily-check")
    ours = pack(stricter, id="house", layer="house", instruments=None)
    paths = [written(tmp_path, law, "a.yaml"), written(tmp_path, ours, "b.yaml")]

    faults = check_packs(paths).faults

    assert ([] if turned else [f"rules.0.versions.0.{field}"]) == [each.field for each in faults]
    assert all(
        "daily-check" in each.message.en and "some-law" in each.message.en for each in faults
    )
