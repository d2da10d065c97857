"""Read the answers of a checklist from a form; every fault at once, each at its field."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from inspections.answers import AnswerGiven
from inspections.judging import Problem, answer_problem
from inspections.told import Told
from rules.checklist import Checklist, Item, NumberItem, PhotoItem
from rules.strictness import SEVERITIES
from rules.text import Text


@dataclass(frozen=True)
class FormRead:
    """
    What a form held.

    Attributes:
        answers: Sound answers by item; items left open are not among them.
        faults: What is wrong, by the id of the field.
    """

    answers: Mapping[str, AnswerGiven]
    faults: Mapping[str, Text]


def field_of(item_id: str) -> str:
    """Return the name and id of the field that answers an item."""
    return f"a-{item_id}"


def note_of(item_id: str) -> str:
    """Return the name and id of the field for the note to an item."""
    return f"n-{item_id}"


def severity_of(item_id: str) -> str:
    """Return the name of the field that says how grave a failure is."""
    return f"s-{item_id}"


def danger_of(item_id: str) -> str:
    """Return the name of the field that says that there is danger here and now."""
    return f"d-{item_id}"


def same_of(item_id: str) -> str:
    """Return the name of the field that names the open finding that a failure is."""
    return f"m-{item_id}"


def proof_of(item_id: str) -> str:
    """Return the name of the field for photos of a failure."""
    return f"p-{item_id}"


def read_told(item_id: str, form: MultiDict[str, str]) -> Told:
    """Return what *form* says of a failure; a word that means nothing says nothing."""
    severity = form.get(severity_of(item_id), "")
    known = next((each for each in SEVERITIES if each == severity), None)
    return Told(known, danger_of(item_id) in form, form.get(same_of(item_id), type=int))


def read_answers(checklist: Checklist, form: MultiDict[str, str]) -> FormRead:
    """Return the answers that *form* gives to *checklist*; photos travel apart from it."""
    answers: dict[str, AnswerGiven] = {}
    faults: dict[str, Text] = {}
    for item in checklist.items:
        raw = [one.strip() for one in form.getlist(field_of(item.id))]
        if isinstance(item, PhotoItem) or not any(raw):
            continue
        value = _value(item, raw)
        problem = answer_problem(item, value)
        if problem is None:
            note = form.get(note_of(item.id), "").strip()
            answers[item.id] = AnswerGiven(value, note or None, read_told(item.id, form))
        else:
            faults[field_of(item.id)] = joined(item, problem)
    return FormRead(answers, faults)


def _value(item: Item, raw: list[str]) -> str | float | list[str | float]:
    if not isinstance(item, NumberItem):
        return raw[0]
    if item.readings == 1:
        return _reading(raw[0])
    return [_reading(one) for one in raw if one]


def _reading(raw: str) -> str | float:
    """Return a number for a reading, as people type it: comma or point, any minus sign."""
    try:
        return float(raw.replace("−", "-").replace("–", "-").replace(",", ".").replace("，", "."))
    except ValueError:
        return raw


def joined(item: Item, problem: Problem) -> Text:
    """Return the title of an item with what is wrong and what to do."""
    title, message, remedy = item.title, problem.message, problem.remedy
    return Text(
        zh=f"{title.zh}：{message.zh}{remedy.zh}",
        en=f"{title.en}: {message.en} {remedy.en}",
    )
