"""Items of a checklist that can never be asked, never be answered, or ask for a danger in vain."""

from collections.abc import Iterator, Mapping

from rules.checklist import ChoiceItem, Item, NumberItem, PassFailItem, PhotoItem, ShownWhen
from rules.complaint import Complaint
from rules.drafts import Draft
from rules.text import Text
from rules.yaml_document import Location


def complaints(draft: Draft) -> Iterator[Complaint]:
    """Yield every item of *draft* that its own checklist makes senseless."""
    for position, checklist in zip(
        draft.positions["checklists"], draft.pack.checklists, strict=True
    ):
        earlier: dict[str, Item] = {}
        for index, item in enumerate(checklist.items):
            yield from _item(item, ("checklists", position, "items", index), earlier)
            earlier[item.id] = item


def _item(item: Item, at: Location, earlier: Mapping[str, Item]) -> Iterator[Complaint]:
    if item.shown_when is not None:
        yield from _shown_when(item.shown_when, (*at, "shown_when"), earlier)
    if isinstance(item, PhotoItem) and item.minimum > item.maximum:
        yield Complaint(
            (*at, "minimum"),
            Text(zh="最少张数多于最多张数。", en="The fewest photos are more than the most."),
            Text(zh="请改正 minimum 或 maximum。", en="Correct minimum or maximum."),
        )
    if item.immediate_danger and not _verdicts(item) & {"fail"}:
        yield Complaint(
            (*at, "immediate_danger"),
            Text(
                zh="该项不会不合格，无从构成危险。", en="The item never fails, so it is no danger."
            ),
            Text(
                zh="请用合格与否、选项或有上下限的读数。",
                en="Use pass-fail, a choice that fails or a reading with a band.",
            ),
        )


def _shown_when(
    condition: ShownWhen, at: Location, earlier: Mapping[str, Item]
) -> Iterator[Complaint]:
    asked = earlier.get(condition.item)
    if asked is None:
        yield Complaint(
            (*at, "item"),
            Text(
                zh=f"前面没有检查项 {condition.item}。",
                en=f"No item {condition.item} stands before this one.",
            ),
            Text(zh="请写前面某项的编号。", en="Name an item that stands before it."),
        )
        return
    for index, answer in enumerate(condition.answers):
        if answer not in _answers(asked):
            yield Complaint(
                (*at, "answers", index),
                Text(
                    zh=f"{asked.id} 不会有 {answer} 这个回答。",
                    en=f"{asked.id} is never answered {answer}.",
                ),
                Text(
                    zh=f"请从中选择：{'、'.join(sorted(_answers(asked)))}。",
                    en=f"Choose from {', '.join(sorted(_answers(asked)))}.",
                ),
            )


def _answers(item: Item) -> set[str]:
    if isinstance(item, ChoiceItem):
        return _verdicts(item) | {choice.id for choice in item.choices}
    return _verdicts(item)


def _verdicts(item: Item) -> set[str]:
    match item:
        case PassFailItem(not_applicable=True):
            return {"pass", "fail", "na"}
        case PassFailItem():
            return {"pass", "fail"}
        case ChoiceItem():
            return {"fail" if choice.fails else "pass" for choice in item.choices}
        case NumberItem() if item.minimum is None and item.maximum is None and not item.set_point:
            return {"noted"}
        case NumberItem():
            return {"pass", "fail", "noted"} if item.set_point else {"pass", "fail"}
        case _:
            return {"noted"}
