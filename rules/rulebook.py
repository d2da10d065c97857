"""A rule book: packs that were read and found sound, and the questions asked of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Protocol

from rules.checklist import Checklist
from rules.faults import Fault, InputInvalid
from rules.pack import (
    RECOMMENDED_FORCES,
    Instrument,
    Pack,
    Parameter,
    Rule,
    RuleVersion,
    Strength,
)
from rules.text import Text

CLAUSE_UNVERIFIED = Text(zh="条号待核", en="clause number unverified")
FROM_MEMORY = Text(zh="凭记忆，未读原文", en="from memory, text not read")


class Choosing(Protocol):
    """What decides which packs bind an organisation; `Organisation` is one."""

    @property
    def id(self) -> str:
        """Name in faults."""

    @property
    def country(self) -> str:
        """Country (ISO 3166) whose law it follows."""

    @property
    def packs(self) -> Sequence[str]:
        """Ids of the packs that it names."""


@dataclass(frozen=True)
class Choice:
    """The packs that an organisation names and its country, without all the rest of it."""

    id: str
    country: str
    packs: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class RuleBook:
    """
    Packs with what they define, by id.

    Attributes:
        packs: In path order.
        texts: Text of each pack as read, by pack id; what `digest` is taken of.
        own: Ids of packs that the organisation published itself: they bind it without being named.
        left_out: Defaults of the product that were left out of this book, as they were named.
    """

    packs: tuple[Pack, ...]
    texts: Mapping[str, str]
    own: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """Every rule by id, in pack order."""
        return {rule.id: rule for pack in self.packs for rule in pack.rules}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the texts of the packs, in hexadecimal."""
        joined = "\0".join(f"{pack.id}\0{self.texts[pack.id]}" for pack in self.packs)
        return sha256(joined.encode()).hexdigest()

    @cached_property
    def _packs_by_rule(self) -> Mapping[str, Pack]:
        return {rule.id: pack for pack in self.packs for rule in pack.rules}

    @cached_property
    def _instruments(self) -> Mapping[str, Instrument]:
        return {each.id: each for pack in self.packs for each in pack.instruments}

    @cached_property
    def _checklists(self) -> Mapping[str, Checklist]:
        return {each.id: each for pack in self.packs for each in pack.checklists}

    @cached_property
    def _parameters(self) -> Mapping[str, Parameter]:
        return {each.id: each for pack in self.packs for each in pack.parameters}

    def rule(self, rule_id: str) -> Rule:
        """
        Return the rule called *rule_id*.

        Raises:
            KeyError: If no pack holds it.
        """
        return self.rules[rule_id]

    def pack_of(self, rule_id: str) -> Pack:
        """Return the pack that holds the rule."""
        return self._packs_by_rule[rule_id]

    def instrument(self, rule: Rule) -> Instrument:
        """Return the instrument that *rule* cites."""
        return self._instruments[rule.source.instrument]

    def checklist(self, checklist_id: str) -> Checklist:
        """Return the checklist called *checklist_id*, of whichever pack."""
        return self._checklists[checklist_id]

    def strength(self, rule: Rule) -> Strength:
        """
        Return whether *rule* is mandatory or recommended; by its instrument where not stated.

        What is known from memory alone is never more than recommended.
        """
        if rule.source.grade == "C":
            return "recommended"
        if rule.strength is not None:
            return rule.strength
        recommended = self.instrument(rule).force in RECOMMENDED_FORCES
        return "recommended" if recommended else "mandatory"

    def clause_text(self, rule: Rule) -> Text:
        """Return instrument and clause as screens show them; no clause for what is from memory."""
        title = self.instrument(rule).title
        if rule.source.grade == "C":
            return Text(
                zh=f"《{title.zh.strip('《》')}》（{FROM_MEMORY.zh}）",
                en=f"{title.en} ({FROM_MEMORY.en})",
            )
        clause = rule.source.clause or CLAUSE_UNVERIFIED
        return Text(zh=f"《{title.zh.strip('《》')}》{clause.zh}", en=f"{title.en}, {clause.en}")

    def parameter(self, parameter_id: str, on: date) -> int | float | str | bool:
        """
        Return the value of the parameter on the day *on*.

        Raises:
            LookupError: If it is unknown, or had no value yet on that day.
        """
        dated = [each for each in self._parameters[parameter_id].values if each.since <= on]
        if not dated:
            raise LookupError(f"The parameter {parameter_id} has no value on {on}.")
        return max(dated, key=lambda each: each.since).value

    def parameter_days(self, parameter_id: str) -> tuple[date, ...]:
        """Return the days on which the parameter takes a new value; none if it is unknown."""
        known = self._parameters.get(parameter_id)
        return tuple(each.since for each in known.values) if known else ()

    def version(self, rule: Rule, on: date) -> RuleVersion | None:
        """Return the version of *rule* that covers the day *on*, if one does."""
        started = [each for each in rule.versions if each.since <= on]
        if not started:
            return None
        latest = max(started, key=lambda each: each.since)
        return latest if latest.until is None or on <= latest.until else None

    def in_force(self, rule: Rule, on: date) -> bool:
        """
        Return whether *rule* binds anybody on the day *on*.

        A clause whose date of effect is unknown counts as in force; the unknown date is shown.
        """
        begun = rule.effective.on is None or rule.effective.on <= on
        return begun and self.version(rule, on) is not None

    def for_organisation(self, organisation: Choosing) -> "RuleBook":
        """
        Return the packs that apply in the organisation's country, with those that it names.

        Without the defaults of the product that it leaves out.

        Raises:
            InputInvalid: If it names a pack that does not exist, or leaves out one that binds it.
        """
        known = {pack.id for pack in self.packs} | self.may_be_left_out
        unknown = [name for name in organisation.packs if name not in known]
        if unknown:
            raise InputInvalid(_unknown_packs(organisation, unknown, known))
        wanted, country = {*organisation.packs, *self.own}, organisation.country
        chosen = self._of(
            pack
            for pack in self.packs
            if (pack.applies_in(country) or pack.id in wanted)
            and (not pack.product_default or f"-{pack.id}" not in wanted)
        )
        # Choosing again among what was chosen must not find the name of a default unknown.
        return replace(chosen, left_out=self.may_be_left_out & wanted)

    @property
    def may_be_left_out(self) -> frozenset[str]:
        """The defaults of the product, as an organisation that leaves them out writes them."""
        here = frozenset(f"-{pack.id}" for pack in self.packs if pack.product_default)
        return here | self.left_out

    def with_own(self, published: Mapping[str, tuple[Pack, str]]) -> "RuleBook":
        """Return the book with packs and texts that an organisation published, by pack id."""
        packs = [published[pack.id][0] if pack.id in published else pack for pack in self.packs]
        known = {pack.id for pack in self.packs}
        packs += [pack for id_, (pack, _) in published.items() if id_ not in known]
        texts = {**self.texts, **{id_: text for id_, (_, text) in published.items()}}
        return RuleBook(tuple(packs), texts, self.own | frozenset(published))

    def only(self, rule_ids: Collection[str]) -> "RuleBook":
        """Return the book with these rules alone; what they refer to stays in it."""
        kept = frozenset(rule_ids)
        packs = tuple(
            pack.model_copy(update={"rules": tuple(rule for rule in pack.rules if rule.id in kept)})
            for pack in self.packs
        )
        mark = "\0only\0" + "\0".join(sorted(kept))
        texts = {pack.id: self.texts[pack.id] + mark for pack in self.packs}
        return RuleBook(packs, texts, self.own)

    def with_packs(self, changed: Mapping[str, Pack]) -> "RuleBook":
        """Return the book with *changed* packs in the places of those with the same ids."""
        packs = tuple(changed.get(pack.id, pack) for pack in self.packs)
        texts = {**self.texts, **{id_: pack.model_dump_json() for id_, pack in changed.items()}}
        return RuleBook(packs, texts, self.own)

    def _of(self, packs: Iterable[Pack]) -> "RuleBook":
        return RuleBook(tuple(packs), self.texts, self.own, self.left_out)


def _unknown_packs(
    organisation: Choosing, unknown: Iterable[str], known: Iterable[str]
) -> Iterable[Fault]:
    for name in unknown:
        message = Text(zh=f"没有规则包 {name}。", en=f"There is no rule pack {name}.")
        names = ", ".join(sorted(known))
        remedy = Text(zh=f"可用的规则包：{names}。", en=f"The packs are {names}.")
        yield Fault(organisation.id, 1, "packs", message, remedy)
