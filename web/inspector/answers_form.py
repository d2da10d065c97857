"""Read the answers of a checklist from a form; every fault at once, each at its field."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from inspections.answers import AnswerGiven
from inspections.judging import answer_problem
from rules.checklist import Checklist, Item, NumberItem, PhotoItem
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


def read_answers(checklist: Checklist, form: MultiDict[str, str]) -> FormRead:
    """Return the answers that *form* gives to *checklist*; photos travel apart from it."""
    answers: dict[str, AnswerGiven] = {}
    faults: dict[str, Text] = {}
    for item in checklist.items:
        raw = form.get(field_of(item.id), "").strip()
        if isinstance(item, PhotoItem) or not raw:
            continue
        value = _value(item, raw)
        problem = answer_problem(item, value)
        if problem is None:
            note = form.get(note_of(item.id), "").strip()
            answers[item.id] = AnswerGiven(value, note or None)
        else:
            faults[field_of(item.id)] = _joined(item, problem.message, problem.remedy)
    return FormRead(answers, faults)


def _value(item: Item, raw: str) -> str | float:
    """Return a number for a reading, as people type it: comma or point, any minus sign."""
    if not isinstance(item, NumberItem):
        return raw
    try:
        return float(raw.replace("−", "-").replace("–", "-").replace(",", ".").replace("，", "."))
    except ValueError:
        return raw


def _joined(item: Item, message: Text, remedy: Text) -> Text:
    title = item.title
    return Text(
        zh=f"{title.zh}：{message.zh}{remedy.zh}",
        en=f"{title.en}: {message.en} {remedy.en}",
    )
