"""Reactions in words: every consequence of the packs, and every kind there is."""

from typing import get_args

from rules.facts import EVENT_KINDS
from rules.reaction_words import EVENT_KIND_NAMES, consequence_text
from rules.reactions import Do
from tests.rules.sample_site import built_in


def texts():
    book = built_in()
    return {
        (rule.id, do.id): consequence_text(do, rule, book)
        for rule in book.rules.values()
        for version in rule.versions
        for do in version.then
    }


def test_every_consequence_of_the_packs_can_be_said():
    found = texts()

    assert len(found) > 60
    assert [] == [key for key, text in found.items() if "{" in text.zh + text.en]


def test_every_kind_of_event_has_a_name():
    assert set(EVENT_KINDS) == set(EVENT_KIND_NAMES)


def test_the_packs_use_every_kind_of_consequence_but_conclusions():
    (union, *_) = get_args(Do)
    kinds = {get_args(each.model_fields["do"].annotation)[0] for each in get_args(union)}
    used = {
        do.do
        for rule in built_in().rules.values()
        for version in rule.versions
        for do in version.then
    }

    assert kinds - {"conclude"} == used


def test_a_task_says_when_by_whom_and_until_when():
    text = texts()["moe45-sample-kept", "clear-out"]

    assert "任务：清样：留样满 48 小时后处理并登记，满 48 小时后，由当班人员，72 小时内" == text.zh
    assert text.en.endswith(", not before 48 hours, by whoever is on duty, within 72 hours")


def test_a_finding_says_how_grave_whose_and_until_when():
    text = texts()["moe45-sample-light", "sample-light"]

    assert "提出严重问题：留样量不足 125 克，食品安全员负责，当日" == text.zh


def test_a_charge_says_what_is_paid():
    text = texts()["mall-counter-overdue", "paid-repair-charge"]

    assert ("有偿维修：材料收费，人工不收费", "Paid repair: materials charged, labour free") == (
        text.zh,
        text.en,
    )
