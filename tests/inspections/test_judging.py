import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.judging import answer_problem, judge
from rules.checklist import (
    Choice,
    ChoiceItem,
    NumberItem,
    PassFailItem,
    PhotoItem,
    SignatureItem,
    TextItem,
)
from rules.text import Text

T = Text(zh="项", en="item")
PASS_FAIL = PassFailItem(type="pass-fail", id="a", title=T)
NEAR_SET_POINT = NumberItem(
    type="number", id="b", title=T, unit="°C", set_point="place.set_point_c", tolerance=1
)
LIMITED = NumberItem(type="number", id="c", title=T, unit="MPa", minimum=0.1, maximum=0.5)
FREE = NumberItem(type="number", id="d", title=T, unit="kWh", decimals=0)
CHOICE = ChoiceItem(
    type="choice",
    id="e",
    title=T,
    choices=(Choice(id="good", title=T), Choice(id="bad", title=T, fails=True)),
)
PHOTO = PhotoItem(type="photo", id="f", title=T)
NOTE = TextItem(type="text", id="g", title=T)
APPLIES = PassFailItem(type="pass-fail", id="i", title=T, not_applicable=False)
THRICE = NumberItem(type="number", id="j", title=T, unit="mg/L", minimum=0.3, readings=3)
TWO_VIEWS = PhotoItem(type="photo", id="k", title=T, minimum=2, maximum=3)
SIGNATURE = SignatureItem(type="signature", id="h", title=T)
FACTS = {"place.set_point_c": 20.0}


@pytest.mark.parametrize(
    ("item", "value", "verdict"),
    [
        (PASS_FAIL, "pass", "pass"),
        (PASS_FAIL, "fail", "fail"),
        (PASS_FAIL, "na", "na"),
        (NEAR_SET_POINT, 21.4, "fail"),
        (NEAR_SET_POINT, 18.6, "fail"),
        (NEAR_SET_POINT, 21, "pass"),
        (NEAR_SET_POINT, 19.0, "pass"),
        (LIMITED, 0.1, "pass"),
        (LIMITED, 0.5, "pass"),
        (LIMITED, 0.6, "fail"),
        (LIMITED, 0.0, "fail"),
        (FREE, 7, "noted"),
        (CHOICE, "good", "pass"),
        (CHOICE, "bad", "fail"),
        (PHOTO, ["0" * 64], "noted"),
        (NOTE, "seen", "noted"),
        (SIGNATURE, "Li", "noted"),
        (APPLIES, "pass", "pass"),
        (THRICE, [0.3, 0.4, 0.5], "pass"),
        (THRICE, [0.5, 0.2, 0.5], "fail"),
        (TWO_VIEWS, ["0" * 64, "1" * 64], "noted"),
        (TWO_VIEWS, ["0" * 64, "1" * 64, "2" * 64], "noted"),
    ],
)
def test_an_answer_is_judged_by_its_item(item, value, verdict):
    assert answer_problem(item, value) is None

    assert verdict == judge(item, value, FACTS).verdict


@pytest.mark.parametrize(
    ("item", "value"),
    [
        (PASS_FAIL, "yes"),
        (PASS_FAIL, True),
        (PASS_FAIL, None),
        (LIMITED, "0.3"),
        (LIMITED, True),
        (LIMITED, float("nan")),
        (LIMITED, float("inf")),
        (LIMITED, 0.33),
        (FREE, 7.5),
        (CHOICE, "other"),
        (CHOICE, ["good"]),
        (PHOTO, []),
        (PHOTO, "photo.jpg"),
        (NOTE, "  "),
        (NOTE, 3),
        (NOTE, "x" * 4001),
        (SIGNATURE, ""),
        (APPLIES, "na"),
        (THRICE, 0.4),
        (THRICE, [0.3, 0.4]),
        (THRICE, [0.3, 0.4, 0.5, 0.6]),
        (THRICE, [0.3, 0.4, "much"]),
        (TWO_VIEWS, ["0" * 64]),
        (TWO_VIEWS, ["0" * 64, "1" * 64, "2" * 64, "3" * 64]),
    ],
)
def test_an_answer_of_the_wrong_type_is_a_problem_with_a_remedy(item, value):
    problem = answer_problem(item, value)

    assert problem is not None
    assert problem.message.zh
    assert problem.remedy.en


def test_a_reading_off_its_set_point_says_by_how_much():
    judgement = judge(NEAR_SET_POINT, 21.4, FACTS)

    assert (
        Text(
            zh="读数 21.4 °C，设定 20.0 °C，相差 1.4，超过允许的 ±1.0。",
            en="Reading 21.4 °C, set point 20.0 °C: 1.4 off, over the admitted ±1.0.",
        )
        == judgement.why
    )


def test_a_comparison_is_written_in_the_units_of_people():
    item = LIMITED.model_copy(update={"unit": "degC"})

    why = judge(item, 0.6, FACTS).why

    assert "读数 0.6 ℃，高于限值 0.5 ℃。" == why.zh


def test_a_reading_without_a_known_set_point_is_noted_and_asks_for_the_fact():
    judgement = judge(NEAR_SET_POINT, 35, {})

    assert judgement.verdict == "noted"
    assert "place.set_point_c" in judgement.why.en


@given(st.decimals(-50, 50, places=1), st.decimals(-50, 50, places=1))
def test_a_tenth_is_never_lost_to_binary_fractions(wanted, off):
    value = float(wanted + off)

    judgement = judge(NEAR_SET_POINT, value, {"place.set_point_c": float(wanted)})

    assert (abs(off) > 1) == (judgement.verdict == "fail")


def test_of_several_readings_the_one_out_of_the_band_says_why():
    judgement = judge(THRICE, [0.5, 0.2, 0.4], FACTS)

    assert "读数 0.2 mg/L，低于限值 0.3 mg/L。" == judgement.why.zh
