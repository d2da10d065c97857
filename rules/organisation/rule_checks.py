"""Packs and rules that an organisation names: they are in the rule book."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from rules.complaint import Complaint
from rules.organisation.raw import Raw, items, texts
from rules.rulebook import RuleBook
from rules.text import Text
from rules.yaml_document import Location


def complaints(data: Raw, rulebook: RuleBook) -> Iterator[Complaint]:
    """Yield every pack, and every rule of a decision or a performance, that *rulebook* lacks."""
    packs = [pack.id for pack in rulebook.packs if pack.layer == "house"]
    for at, pack in texts(data, "packs"):
        if pack not in packs:
            yield _unknown(at, Text(zh="单位规则包", en="house pack"), pack, packs)
    for section in ("decisions", "performed"):
        for at, item in items(data, section):
            rule = item.get("rule")
            if isinstance(rule, str) and rule not in rulebook.rules:
                yield _unknown((*at, "rule"), Text(zh="规则", en="rule"), rule, rulebook.rules)


def _unknown(at: Location, kind: Text, name: str, known: Iterable[str]) -> Complaint:
    message = Text(zh=f"没有{kind.zh} {name}。", en=f"There is no {kind.en} {name}.")
    near = ", ".join(get_close_matches(name, known, n=3))
    remedy = Text(
        zh=f"是否指 {near}？" if near else "可用的编号见 rules/packs。",
        en=f"Did you mean {near}?" if near else "rules/packs lists the ids.",
    )
    return Complaint(at, message, remedy)
