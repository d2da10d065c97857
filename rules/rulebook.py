"""A rule book: packs that were read and found sound, and the questions asked of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256

from rules.checklist import Checklist
from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation
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


@dataclass(frozen=True, eq=False)
class RuleBook:
    """
    Packs with what they define, by id.

    Attributes:
        packs: In path order.
        texts: Text of each pack as read, by pack id; what `digest` is taken of.
    """

    packs: tuple[Pack, ...]
    texts: Mapping[str, str]

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
        """Return whether *rule* is mandatory or recommended; by its instrument where not stated."""
        if rule.strength is not None:
            return rule.strength
        recommended = self.instrument(rule).force in RECOMMENDED_FORCES
        return "recommended" if recommended else "mandatory"

    def clause_text(self, rule: Rule) -> Text:
        """Return instrument and clause as screens show them."""
        title = self.instrument(rule).title
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

    def for_organisation(self, organisation: Organisation) -> "RuleBook":
        """
        Return every law and local pack together with the house packs that *organisation* names.

        Raises:
            InputInvalid: If it names a pack that does not exist.
        """
        known = {pack.id for pack in self.packs}
        unknown = [name for name in organisation.packs if name not in known]
        if unknown:
            raise InputInvalid(_unknown_packs(organisation, unknown, known))
        wanted = set(organisation.packs)
        return self._of(pack for pack in self.packs if pack.layer != "house" or pack.id in wanted)

    def _of(self, packs: Iterable[Pack]) -> "RuleBook":
        return RuleBook(tuple(packs), self.texts)


def _unknown_packs(
    organisation: Organisation, unknown: Iterable[str], known: Iterable[str]
) -> Iterable[Fault]:
    for name in unknown:
        message = Text(zh=f"没有规则包 {name}。", en=f"There is no rule pack {name}.")
        names = ", ".join(sorted(known))
        remedy = Text(zh=f"可用的规则包：{names}。", en=f"The packs are {names}.")
        yield Fault(organisation.id, 1, "packs", message, remedy)
