"""Ids that are used twice, in one pack or across packs."""

from collections.abc import Iterable, Iterator

from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.context import Context
from rules.text import Text
from rules.yaml_document import Location

_SECTIONS = {
    "instruments": Text(zh="法规文件", en="instrument"),
    "parameters": Text(zh="参数", en="parameter"),
    "checklists": Text(zh="检查表", en="checklist"),
    "rules": Text(zh="规则", en="rule"),
}


def complaints(draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield a complaint for every id of *draft* that an earlier place already uses."""
    earlier = context.drafts[: context.drafts.index(draft)]
    for other in earlier:
        if other.pack.id == draft.pack.id:
            yield _twice(("id",), Text(zh="规则包", en="pack"), draft.pack.id, other)
    for section, kind in _SECTIONS.items():
        yield from _duplicates(draft, section, kind, earlier)
    yield from _inside(draft)


def _duplicates(
    draft: Draft, section: str, kind: Text, earlier: Iterable[Draft]
) -> Iterator[Complaint]:
    taken = {name: other for other in earlier for _, name in other.names[section]}
    for index, name in draft.names[section]:
        if name in taken:
            yield _twice((section, index, "id"), kind, name, taken[name])
        taken.setdefault(name, draft)


def _inside(draft: Draft) -> Iterator[Complaint]:
    for position, checklist in zip(
        draft.positions["checklists"], draft.pack.checklists, strict=True
    ):
        seen: set[str] = set()
        for index, item in enumerate(checklist.items):
            if item.id in seen:
                at: Location = ("checklists", position, "items", index, "id")
                yield _twice(at, Text(zh="检查项", en="item"), item.id, draft)
            seen.add(item.id)


def _twice(at: Location, kind: Text, name: str, other: Draft) -> Complaint:
    file = other.document.file
    message = Text(
        zh=f"{kind.zh} {name} 已在 {file} 中定义。",
        en=f"The {kind.en} {name} is already defined in {file}.",
    )
    return Complaint(
        at, message, Text(zh="请换一个编号，或删去其一。", en="Use another id, or remove one.")
    )
