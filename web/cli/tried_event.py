"""An event that somebody tries out on the command line: nothing of it is recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.event import Event
from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.facts import FactValue, Target
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook

_SEE = Text(zh="请看 rules/vocabulary。", en="See rules/vocabulary.")


@dataclass(frozen=True)
class Tried:
    """
    Where and when the event is tried.

    Attributes:
        known: What is known of the target, with what it stands in.
    """

    rulebook: "RuleBook"
    zone: ZoneInfo
    on: date
    target: str | None = None
    target_kind: "Target | None" = None
    known: "Mapping[str, FactValue] | None" = None

    @staticmethod
    def of(file: Path | None, target: str | None, on: date | None) -> "Tried":
        """
        Return the place and the day; without *file* the laws of China, without *on* today.

        Raises:
            InputInvalid: If the organisation is malformed or lacks the target.
        """
        from rules.loader import load_rulebook
        from rules.organisation.loader import load_organisation
        from rules.rulebook import Choice

        book = load_rulebook()
        if file is None:
            zone = ZoneInfo("Asia/Shanghai")
            return Tried(book.for_organisation(Choice("-", "CN", ())), zone, on or _today(zone))
        organisation = load_organisation(file, book)
        own, zone = book.for_organisation(organisation), ZoneInfo(organisation.time_zone)
        on = on or _today(zone)
        if target is None:
            return Tried(own, zone, on)
        kind, known = _known(own, organisation, target, on)
        return Tried(own, zone, on, target, kind, known)

    def event(self, kind: str, stated: "Mapping[str, FactValue]") -> Event:
        """Return the event at noon of the day, with what is known under what is stated."""
        at = datetime.combine(self.on, time(12), self.zone).astimezone(UTC)
        site = self.target.split("/", 1)[0] if self.target else "-"
        facts = {**(self.known or {}), **stated}
        return Event(kind, f"{kind}/tried", site, self.target_kind, self.target, at, facts)


def stated_facts(kind: str, facts: Iterable[str], faults: list[Fault]) -> dict[str, "FactValue"]:
    """Read `name=value` facts of an event of *kind*; what cannot be read goes into *faults*."""
    from rules.refusal import Refusal
    from rules.typed_values import typed_value
    from rules.vocabulary import load_vocabulary

    stated: dict[str, FactValue] = {}
    for each in facts:
        name, equals, text = each.partition("=")
        definition = load_vocabulary().get(name)
        told_of = {kind, "asset", "place", "site", "person"}
        if definition is None or not equals or definition.target not in told_of:
            faults.append(_unknown(each, kind))
            continue
        try:
            stated[name] = typed_value(definition, text)
        except Refusal as refused:
            faults.append(option_fault(name, refused.text, _SEE))
    return stated


def no_organisation() -> Fault:
    """Return the fault of a target without its organisation."""
    message = Text(zh="有对象而没有单位文件。", en="There is a target but no organisation.")
    remedy = Text(zh="请写 --organisation。", en="Name it by --organisation.")
    return option_fault("--target", message, remedy)


def not_admitted(detail: str) -> Fault:
    """Return the fault of a fact of the wrong type."""
    message = Text(zh=f"事实有误：{detail}", en=f"A fact is not admitted: {detail}")
    return option_fault("FACTS", message, _SEE)


def _today(zone: ZoneInfo) -> date:
    return datetime.now(UTC).astimezone(zone).date()


def _known(
    rulebook: "RuleBook", organisation: "Organisation", target: str, on: date
) -> "tuple[Target, Mapping[str, FactValue]]":
    from rules.compiled_rules import compiled_rules
    from rules.known_facts import known_facts

    for each in known_facts(organisation, compiled_rules(rulebook, on), on):
        if each.target.target == target:
            return each.target.kind, each.facts
    name = organisation.name
    message = Text(zh=f"{name.zh}没有 {target}。", en=f"{name.en} has no {target}.")
    remedy = Text(zh="请核对场所和对象的编号。", en="Check the ids of site and target.")
    raise InputInvalid([option_fault("--target", message, remedy)])


def _unknown(fact: str, kind: str) -> Fault:
    message = Text(
        zh=f"{fact} 不是 {kind} 事件或其对象的事实。",
        en=f"{fact} is no fact of the event {kind} or of what it concerns.",
    )
    remedy = Text(
        zh=f"请写成 {kind}.…=值，事实见 rules/vocabulary。",
        en=f"Write it like {kind}.…=value; rules/vocabulary lists the facts.",
    )
    return option_fault("FACTS", message, remedy)
