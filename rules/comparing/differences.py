"""Two states of a pack, part by part: what was added, what ended, what changed in which field."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from rules.comparing.words import NONE, item_words, label, version_words, worded
from rules.condition_words import condition_sentence
from rules.pack import Pack, Parameter, Rule
from rules.parameters import condition_on
from rules.reaction_words import consequence_text
from rules.reactions import Do
from rules.rule_names import PRECISION_NAMES
from rules.rulebook import CLAUSE_UNVERIFIED, FROM_MEMORY, RuleBook
from rules.text import Text
from rules.tightening.demand import demand_on
from rules.units import unit_text

Section = Literal["pack", "instrument", "parameter", "checklist", "rule"]
# Told in a way of their own.
_APART = frozenset({"id", "versions", "applies", "source", "effective", "examples"})


@dataclass(frozen=True)
class Side:
    """
    One state of a pack.

    Attributes:
        on: The day whose versions and figures count; nothing for the whole text with every version.
        book: What the pack stands in, for parameters of other packs.
    """

    pack: Pack
    on: date | None
    book: RuleBook


@dataclass(frozen=True)
class FieldChange:
    """One field with its values in words; `none` where it has no value."""

    field: str
    label: Text
    before: Text
    after: Text


@dataclass(frozen=True)
class Difference:
    """A part that is in one state only, or differs in some fields."""

    section: Section
    id: str
    title: Text
    kind: Literal["added", "ended", "changed"]
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True)
class _Part:
    title: Text
    fields: Mapping[str, Text]


_Parts = dict[tuple[Section, str], _Part]


def differences(before: Side, after: Side) -> tuple[Difference, ...]:
    """Return what differs from *before* to *after*, in the order of the packs."""
    old, new = dict(_parts(before)), dict(_parts(after))
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, will = old.get(key), new.get(key)
        if was is None or will is None:
            part = was or will
            if part is not None:
                found.append(Difference(*key, part.title, "added" if was is None else "ended"))
        elif changes := tuple(_changes(was, will)):
            found.append(Difference(*key, will.title, "changed", changes))
    return tuple(found)


def _changes(was: _Part, will: _Part) -> Iterator[FieldChange]:
    for name in dict.fromkeys((*was.fields, *will.fields)):
        before, after = was.fields.get(name, NONE), will.fields.get(name, NONE)
        if before != after:
            yield FieldChange(name, label(name), before, after)


def _parts(side: Side) -> Iterator[tuple[tuple[Section, str], _Part]]:
    pack = side.pack
    header = {name: worded(getattr(pack, name), name) for name in ("title", "layer", "countries")}
    yield ("pack", pack.id), _Part(pack.title, {**header, "opt_in": worded(pack.opt_in)})
    for instrument in pack.instruments:
        names = (name for name in type(instrument).model_fields if name != "id")
        fields = {name: worded(getattr(instrument, name)) for name in names}
        yield ("instrument", instrument.id), _Part(instrument.title, fields)
    for parameter in pack.parameters:
        fields = dict(_parameter(parameter, side.on))
        if fields:
            yield ("parameter", parameter.id), _Part(parameter.title, fields)
    for checklist in pack.checklists:
        fields = {f"items.{item.id}": item_words(item) for item in checklist.items}
        fields["title"] = checklist.title
        yield ("checklist", checklist.id), _Part(checklist.title, fields)
    for rule in pack.rules:
        if side.on is None or side.book.in_force(rule, side.on):
            yield ("rule", rule.id), _Part(rule.title, dict(_rule(rule, side)))


def _parameter(parameter: Parameter, on: date | None) -> Iterator[tuple[str, Text]]:
    dated = [each for each in parameter.values if on is None or each.since <= on]
    if on is not None:
        dated = dated[-1:]
    for each in dated:
        yield "value" if on else f"{each.since}.value", worded(each.value)
    if dated:
        yield "unit", unit_text(parameter.unit)
        yield "title", parameter.title


def _rule(rule: Rule, side: Side) -> Iterator[tuple[str, Text]]:
    for name in type(rule).model_fields:
        if name not in _APART:
            yield name, worded(getattr(rule, name), name)
    yield "source", _source(rule)
    effective = rule.effective
    precision = PRECISION_NAMES[effective.precision]
    yield "effective", worded(str(effective.on)) if effective.on else precision
    condition = condition_on(side.book, rule, side.on) if side.on else None
    yield "applies", condition_sentence(condition or rule.applies)
    if side.on is not None:
        yield from _on_a_day(rule, side.book, side.on)
        return
    yield "examples", worded(tuple(example.name for example in rule.examples))
    for version in rule.versions:
        for name, text in version_words(version, {}, _told(rule, side.book)):
            yield f"{version.since}.{name}", text


def _on_a_day(rule: Rule, book: RuleBook, on: date) -> Iterator[tuple[str, Text]]:
    demand = demand_on(book, rule, on)
    if demand is not None:
        values: dict[str, Any] = dict(demand.values)
        yield from version_words(demand.version, values, _told(rule, book))


def _told(rule: Rule, book: RuleBook) -> Callable[[Do], Text]:
    return lambda do: consequence_text(do, rule, book)


def _source(rule: Rule) -> Text:
    source = rule.source
    unnumbered = FROM_MEMORY if source.grade == "C" else CLAUSE_UNVERIFIED
    clause = source.clause or unnumbered
    return Text(
        zh=f"{source.instrument} {clause.zh}（{source.grade}）",
        en=f"{source.instrument} {clause.en} ({source.grade})",
    )
