"""
Which rule of an obligation holds at a target, and why.

A rule and those that tighten it, directly or through others, are one obligation. Where several of
them bind the same target, the strictest one stands over the others; those go on binding, and what
is done for the strictest one serves them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from rules.pack import LAYERS
from rules.rule_names import LAYER_NAMES
from rules.rulebook import RuleBook
from rules.text import Text
from rules.tightening import Point, demand_on, points

_MOST_POINTS = 3


@dataclass(frozen=True)
class Overruled:
    """
    A rule that another one stands over at a target.

    Attributes:
        by: Id of the rule that stands over all others of the obligation.
        reason: Why, as a sentence with both titles and what differs.
    """

    rule: str
    by: str
    reason: Text


@dataclass(frozen=True)
class _Leader:
    rule: str
    over: frozenset[str]


def tightened_by(rulebook: RuleBook, rule_id: str) -> tuple[str, ...]:
    """Return the ids of the rules that the rule tightens, the nearest first; none if unknown."""
    found: list[str] = []
    rule = rulebook.rules.get(rule_id)
    name = rule.tightens if rule else None
    while name is not None and name in rulebook.rules and name not in found:
        found.append(name)
        name = rulebook.rules[name].tightens
    return tuple(found)


def obligations(rulebook: RuleBook) -> Mapping[str, str]:
    """Return every rule that tightens or is tightened, with the lowest rule of its obligation."""
    found: dict[str, str] = {}
    for rule_id, rule in rulebook.rules.items():
        if rule.tightens in rulebook.rules:
            below = tightened_by(rulebook, rule_id)
            found |= dict.fromkeys((rule_id, *below), below[-1])
    return found


def overruled(rulebook: RuleBook, binding: Collection[str], on: date) -> Iterator[Overruled]:
    """
    Yield the rules among *binding*, which all bind one target on that day, that others stand over.

    Where none of two rules of an obligation is at least as strict as the other in every point,
    both hold side by side.
    """
    roots = obligations(rulebook)
    families: dict[str, list[str]] = {}
    for rule_id in binding:
        if rule_id in roots:
            families.setdefault(roots[rule_id], []).append(rule_id)
    for rules in families.values():
        if len(rules) > 1:
            yield from _family(rulebook, rules, on)


def standing_over(
    rulebook: RuleBook, binding: Iterable[tuple[str, str]], on: date
) -> Mapping[tuple[str, str], Overruled]:
    """Return what stands over what, by target and rule; *binding* holds targets with rules."""
    roots = obligations(rulebook)
    by_target: dict[str, list[str]] = {}
    for target, rule_id in binding:
        if rule_id in roots:
            by_target.setdefault(target, []).append(rule_id)
    known: dict[frozenset[str], tuple[Overruled, ...]] = {}
    found: dict[tuple[str, str], Overruled] = {}
    for target, rules in by_target.items():
        key = frozenset(rules)
        if key not in known:
            known[key] = tuple(overruled(rulebook, rules, on))
        found |= {(target, each.rule): each for each in known[key]}
    return found


def _family(rulebook: RuleBook, rules: list[str], on: date) -> Iterator[Overruled]:
    leaders = _leaders(rulebook, rules, on)
    for rule_id in rules:
        leader = next((each for each in leaders if rule_id in each.over), None)
        if leader is not None:
            yield Overruled(rule_id, leader.rule, _reason(rulebook, leader.rule, rule_id, on))


def _leaders(rulebook: RuleBook, rules: list[str], on: date) -> list[_Leader]:
    """Return those over which no other one stands, the highest layer first."""
    over = {
        one: frozenset(other for other in rules if _stands_over(rulebook, one, other, on))
        for one in rules
    }
    beaten = frozenset().union(*over.values())
    tops = sorted(
        (one for one in rules if one not in beaten), key=lambda one: -_rank(rulebook, one)
    )
    return [_Leader(one, over[one]) for one in tops]


def _stands_over(rulebook: RuleBook, one: str, other: str, on: date) -> bool:
    """Tell whether *one* says that it tightens *other*, or is nowhere looser and stands higher."""
    if one == other or one in tightened_by(rulebook, other):
        return False
    if other in tightened_by(rulebook, one):
        return True
    found = _points(rulebook, one, other, on)
    higher = _rank(rulebook, one) > _rank(rulebook, other)
    return not any(point.looser for point in found) and (higher or bool(found))


def _rank(rulebook: RuleBook, rule_id: str) -> int:
    return LAYERS.index(rulebook.pack_of(rule_id).layer)


def _points(rulebook: RuleBook, upper: str, lower: str, on: date) -> tuple[Point, ...]:
    ours = demand_on(rulebook, rulebook.rule(upper), on)
    theirs = demand_on(rulebook, rulebook.rule(lower), on)
    return points(ours, theirs) if ours and theirs else ()


def _reason(rulebook: RuleBook, upper: str, lower: str, on: date) -> Text:
    found = [point.what for point in _points(rulebook, upper, lower, on) if not point.looser]
    told = found[:_MOST_POINTS]
    if not told:
        told = [Text(zh="要求不低于下层，层级更高", en="it asks for as much, in a higher layer")]
    ours, theirs = _named(rulebook, upper), _named(rulebook, lower)
    return Text(
        zh=f"{ours.zh}严于{theirs.zh}：{'；'.join(each.zh for each in told)}。",
        en=f"{ours.en} is stricter than {theirs.en}: {'; '.join(each.en for each in told)}.",
    )


def _named(rulebook: RuleBook, rule_id: str) -> Text:
    title, layer = rulebook.rule(rule_id).title, LAYER_NAMES[rulebook.pack_of(rule_id).layer]
    return Text(zh=f"“{title.zh}”（{layer.zh}）", en=f'"{title.en}" ({layer.en})')
