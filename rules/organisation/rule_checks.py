"""Packs and rules that an organisation names: they are in the rule book."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from rules.complaint import Complaint
from rules.organisation.raw import Raw, items, texts
from rules.pack import Pack
from rules.pack_references import definers, lacking
from rules.rulebook import RuleBook
from rules.text import Text
from rules.yaml_document import Location


def complaints(data: Raw, rulebook: RuleBook) -> Iterator[Complaint]:
    """Yield every pack, and every rule of a decision or a performance, that *rulebook* lacks."""
    yield from _packs(data, rulebook)
    for section in ("decisions", "performed"):
        for at, item in items(data, section):
            rule = item.get("rule")
            if isinstance(rule, str) and rule not in rulebook.rules:
                yield _unknown((*at, "rule"), Text(zh="规则", en="rule"), rule, rulebook.rules)


def _packs(data: Raw, rulebook: RuleBook) -> Iterator[Complaint]:
    known = {pack.id: pack for pack in rulebook.packs}
    country = str(data.get("country", "CN"))
    named = [known[name] for _, name in texts(data, "packs") if name in known]
    used = [*named, *(pack for pack in rulebook.packs if pack.applies_in(country))]
    for at, name in texts(data, "packs"):
        if name in rulebook.may_be_left_out:
            continue
        if name not in known:
            yield _unknown(at, Text(zh="规则包", en="rule pack"), name, _to_name(known.values()))
        else:
            yield from _without_what_it_needs(at, known[name], used, rulebook, country)


def _to_name(packs: Iterable[Pack]) -> list[str]:
    return [
        f"-{pack.id}" if pack.product_default else pack.id
        for pack in packs
        if pack.is_house or pack.opt_in
    ]


def _without_what_it_needs(
    at: Location, pack: Pack, used: Iterable[Pack], rulebook: RuleBook, country: str
) -> Iterator[Complaint]:
    missing = {
        name: None
        for reference in lacking(pack, used)
        for name in definers(reference, rulebook.packs)
    }
    if missing:
        names = ", ".join(missing)
        message = Text(
            zh=f"{pack.id} 依据 {names} 中的规则，而 {names} 在 {country} 不适用。",
            en=f"{pack.id} builds on {names}, which {country} does not use.",
        )
        remedy = Text(
            zh=f"请在 packs 中同时写上 {names}，或删去 {pack.id}。",
            en=f"Name {names} under packs too, or leave {pack.id} out.",
        )
        yield Complaint(at, message, remedy)


def _unknown(at: Location, kind: Text, name: str, known: Iterable[str]) -> Complaint:
    message = Text(zh=f"没有{kind.zh} {name}。", en=f"There is no {kind.en} {name}.")
    near = ", ".join(get_close_matches(name, known, n=3))
    remedy = Text(
        zh=f"是否指 {near}？" if near else "可用的编号见 rules/packs。",
        en=f"Did you mean {near}?" if near else "rules/packs lists the ids.",
    )
    return Complaint(at, message, remedy)
