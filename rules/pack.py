"""The shape of a rule pack: instruments, parameters, checklists and rules, each dated and cited."""

from typing import Literal, get_args

from pydantic import Field

from rules.checklist import Checklist
from rules.conditions import ConditionField
from rules.days import Day
from rules.demands import (
    Clock,
    Coverage,
    FollowUp,
    Gate,
    Limit,
    OnFail,
    People,
    RuleVersion,
    Window,
)
from rules.facts import EventKind, Target
from rules.frozen import Frozen
from rules.organisation.country import country_of
from rules.text import Text

# Whoever reads packs finds every part of their shape here.
__all__ = [
    "DATED_KINDS",
    "HOUSE_LAYERS",
    "LAYERS",
    "RECOMMENDED_FORCES",
    "Clock",
    "Conclusion",
    "Coverage",
    "DatedValue",
    "EffectiveDate",
    "Example",
    "FollowUp",
    "Force",
    "Gate",
    "Grade",
    "Instrument",
    "Kind",
    "Layer",
    "Limit",
    "OnFail",
    "Pack",
    "Parameter",
    "People",
    "Precision",
    "Rule",
    "RuleVersion",
    "Source",
    "Strength",
    "Window",
]

Kind = Literal[
    "duty", "event", "state", "constraint", "coverage", "retention", "permission", "reaction"
]
Grade = Literal["A", "B", "C"]
Precision = Literal["day", "month", "year", "unknown"]
Strength = Literal["mandatory", "recommended"]
Layer = Literal["law", "local", "sector", "group", "site"]
Force = Literal[
    "statute",
    "regulation",
    "order",
    "local-law",
    "mandatory-standard",
    "recommended-standard",
    "notice",
    "trial",
    "guide",
    "practice",
    "house",
]

# From the lowest to the highest; a rule of a higher layer may tighten one of a lower layer.
LAYERS: tuple[Layer, ...] = get_args(Layer)
# The layers of the organisation itself; their packs bind those who name them.
HOUSE_LAYERS: frozenset[Layer] = frozenset({"group", "site"})
# The kinds of rules that have a cadence and so make occurrences.
DATED_KINDS: frozenset[Kind] = frozenset({"duty", "event"})
RECOMMENDED_FORCES = frozenset({"recommended-standard", "notice", "trial", "guide", "practice"})


class EffectiveDate(Frozen):
    """
    When something took effect, and how exactly that is known.

    Attributes:
        on: First day in force; the first of the month or year where only that is known, nothing
            where it is unknown. An unknown date is shown as unknown and never invented.
    """

    on: Day | None = None
    precision: Precision


class Instrument(Frozen):
    """
    A law, standard, notice or house document that rules cite.

    Attributes:
        force: What kind of text it is; decides the strength of rules that do not state their own.
            `practice` is what people in the trade were read to do: never law, so it stands in no
            pack of the layers `law` and `local`.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    number: str | None = None
    issuer: str | None = None
    force: Force
    effective: EffectiveDate
    status: Text
    jurisdiction: str = Field(pattern=r"^[A-Z]{2}(-[A-Za-z]+)*$")


class Source(Frozen):
    """
    Where a rule comes from.

    Attributes:
        clause: The clause in words of both languages; nothing where its number is not verified,
            and then screens say "clause number unverified".
        grade: A full text read, B a reproduction of the clause read, C from memory.
        unverified: Parts that were not read; shown as such, never as law.
        origin: Where the text was read, or for house rules the document and line.
    """

    instrument: str
    clause: Text | None
    grade: Grade
    unverified: tuple[Text, ...] = ()
    origin: str | None = None


class DatedValue(Frozen):
    """A parameter's value from one day until the next value's day."""

    since: Day = Field(alias="from")
    value: int | float | str | bool
    source: Source | None = None


class Parameter(Frozen):
    """A figure that rules refer to as `$id`, with its unit and its values over time."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: Text
    unit: str
    values: tuple[DatedValue, ...] = Field(min_length=1)


class Conclusion(Frozen):
    """A fact that a state rule concludes for its target; it fills unknown facts only."""

    fact: str
    value: bool | int | float | str


class Example(Frozen):
    """
    A small situation and whether the rule applies in it; `xunjian rules check` runs it.

    Attributes:
        facts: Full fact names and values; facts not named are unknown.
        on: The day of the question; the day of the pack's version if not given.
        applies: True, false, or `may` where a fact is missing to decide.
        then: Of a reaction that applies: the ids of the consequences expected, in any order.
    """

    name: str = Field(min_length=1)
    facts: dict[str, bool | int | float | str | list[str]]
    on: Day | None = None
    applies: bool | Literal["may"]
    then: tuple[str, ...] | None = None


class Rule(Frozen):
    """
    One declared obligation.

    Attributes:
        kind: Only duty and event have a cadence and so make occurrences.
        effective: When the clause took effect.
        strength: Mandatory or recommended; by the instrument's force where not given.
        target: What the duty is bound to, one duty for each that meets `applies`; every kind but
            reaction must say it.
        on: Of a reaction, the kind of event that it answers; what it starts stands in the `then`
            of its versions.
        applies: Condition over facts of the target and of what it stands in (an asset's rule may
            test `asset.`, `place.` and `site.` facts); of a reaction over facts of the event, its
            target and what that stands in.
        concludes: For state rules that define a fact.
        tightens: Rule of a lower layer that this one makes stricter.
        covers: Ids in `rules/coverage` that it carries, wholly or in part: requirements, such as
            `mps61-maintenance` for each of the rules that it was split into, and practices, such
            as `S14`. A rule carries the requirement of its own id without saying so.
        reading: Where the article's own reading is open: the question that the site decides.
        note: What a reader should know; never a condition.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Kind
    title: Text
    domain: str = Field(pattern=r"^[a-z][a-z-]*$")
    source: Source
    effective: EffectiveDate
    strength: Strength | None = None
    target: Target = "site"
    on: EventKind | None = None
    applies: ConditionField
    versions: tuple[RuleVersion, ...] = Field(min_length=1)
    concludes: Conclusion | None = None
    tightens: str | None = None
    covers: tuple[str, ...] = ()
    reading: Text | None = None
    note: Text | None = None
    examples: tuple[Example, ...] = ()


class Pack(Frozen):
    """
    A versioned file of rules of one layer.

    Attributes:
        version: Day of this version; also the default day of examples.
        countries: Where it applies (ISO 3166, two letters) to those who do not name it; without
            meaning for packs of the layers `group` and `site`, which are always named.
        opt_in: Off until an organisation names it in its `packs`, as for rules from memory.
        product_default: The product's own habits, which no law asks for: a pack of the layer
            `group` that binds everybody who does not leave it out (`-` and its id in `packs`).
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Text
    layer: Layer
    version: Day
    countries: tuple[str, ...] = Field(default=("CN",), min_length=1)
    opt_in: bool = False
    product_default: bool = False
    instruments: tuple[Instrument, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)

    @property
    def is_house(self) -> bool:
        """Whether its rules are the organisation's own: those of a group or of a site."""
        return self.layer in HOUSE_LAYERS

    def applies_in(self, country: str) -> bool:
        """
        Tell whether it applies to organisations of *country* that do not name it.

        A region (`GB-ENG`) has the packs of its country.
        """
        at_home = country_of(country) in self.countries
        by_country = not self.is_house and not self.opt_in and at_home
        return by_country or self.product_default
