"""Reactions with one fault each, and the faults that the linter names in them."""

import pytest

from rules.faults import InputInvalid
from tests.rules.builders import pack, reaction, rulebook, words

TASK = {"do": "task", "id": "t", "title": words(), "within": {"amount": 1, "unit": "day"}}
NOTICE = {"do": "notice", "id": "n", "to": "safety-officer", "text": words()}


def then(*consequences):
    return [{"from": "2020-01-01", "then": list(consequences)}]


def faults(tmp_path, *rules, **changes):
    with pytest.raises(InputInvalid) as raised:
        rulebook(tmp_path, pack(*rules, **changes))
    return [(each.field.removeprefix("rules.0."), each.message.en) for each in raised.value.faults]


def asking(do, **changes):
    return reaction(versions=then(do), **changes)
