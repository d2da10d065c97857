"""Derivation over days: what binds from which day to which, where dated changes lie between."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from rules.change_days import change_days
from rules.compiled_rules import rules_in_force
from rules.conditions import Condition
from rules.derive import Binding, derive
from rules.engine import EngineName
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

Span = tuple[date, date]
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bindings:
    """What binds, or may, on every day of a span; `since` and `until` are included."""

    since: date
    until: date
    bindings: tuple[Binding, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """
    One rule and one target over a horizon.

    Attributes:
        binding: As it stands on the first day on which it binds, else on which it may.
        spans: First and last days, both included, on which it binds; none where it only may.
    """

    binding: Binding
    since: date
    spans: tuple[Span, ...]


def derive_over(
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    since: date,
    until: date,
    engine: EngineName | None = None,
) -> Iterator[Bindings]:
    """
    Yield what binds from *since* to *until*, both included, span by span.

    A new span begins where a condition, what is in force, or a decision of a site changes; so one
    derivation answers for all of its days.

    Raises:
        InputInvalid: If the organisation names a pack that does not exist.
        FactRefused: If a fact has a value that the vocabulary does not admit.
    """
    book = rulebook.for_organisation(organisation)
    derived: tuple[Binding, ...] = ()
    days = list(_cuts(book, organisation, since, until))
    ends = [*(day - ONE_DAY for day, _ in days), until]
    for (first, changed), last in zip([(since, None), *days], ends, strict=True):
        if changed is None:
            derived = derive(book, organisation, first, engine=engine)
        else:
            kept = tuple(each for each in derived if each.rule not in changed)
            derived = kept + derive_some(book, organisation, changed, on=first, engine=engine)
        yield Bindings(first, last, derived)


def derive_some(
    rulebook: RuleBook,
    organisation: Organisation,
    rules: Collection[str],
    *,
    on: date,
    engine: EngineName | None = None,
) -> tuple[Binding, ...]:
    """Return what `derive` returns of these rules; facts that others conclude are concluded."""
    wanted = frozenset(rules)
    some = rulebook.only(wanted | _concluding(rulebook))
    found = derive(some, organisation, on, engine=engine)
    return tuple(each for each in found if each.rule in wanted)


def changed_rules(
    before: RuleBook, after: RuleBook, *, since: date, until: date
) -> frozenset[str] | None:
    """
    Return the rules that say something else in *after* on some day; nothing where that is any.

    Where a rule that concludes facts differs, whatever rests on those facts may bind otherwise.
    """
    days = {since, *_days_between(before, since, until), *_days_between(after, since, until)}
    found = {
        rule_id
        for rule_id in {*before.rules, *after.rules}
        if before.rules.get(rule_id) != after.rules.get(rule_id)
    }
    for day in days:
        found |= _differing(_conditions(before, day), _conditions(after, day))
    return None if found & (_concluding(before) | _concluding(after)) else frozenset(found)


def held_over(
    rulebook: RuleBook,
    organisation: Organisation,
    *,
    since: date,
    until: date,
    engine: EngineName | None = None,
) -> Mapping[tuple[str, str], Held]:
    """Return every rule and target that binds, or may, on some day of the horizon, by both ids."""
    found: dict[tuple[str, str], Held] = {}
    for part in derive_over(rulebook, organisation, since=since, until=until, engine=engine):
        for binding in part.bindings:
            key = (binding.rule, binding.target)
            binds = binding.status == "binds"
            spans: tuple[Span, ...] = ((part.since, part.until),) if binds else ()
            before = found.get(key)
            if before is None or (binds and not before.spans):
                found[key] = Held(binding, part.since, spans)
            elif binds:
                found[key] = Held(before.binding, before.since, _joined(before.spans, spans[0]))
    return found


def _days_between(rulebook: RuleBook, since: date, until: date) -> frozenset[date]:
    """Return the days of change after *since* and up to *until*."""
    days = change_days(rulebook, rulebook.rules.values())
    return frozenset(day for day in days if since < day <= until)


def _joined(spans: tuple[Span, ...], following: Span) -> tuple[Span, ...]:
    first, last = spans[-1]
    if last + ONE_DAY == following[0]:
        return (*spans[:-1], (first, following[1]))
    return (*spans, following)


def _cuts(
    rulebook: RuleBook, organisation: Organisation, since: date, until: date
) -> Iterator[tuple[date, frozenset[str] | None]]:
    """
    Yield the days on which a derivation may differ from that of the day before.

    With each go the rules that may bind otherwise; nothing where that may be any.
    """
    decided = {decision.on for decision in organisation.decisions}
    wanted = {day for day in decided if since < day <= until}
    concluding = _concluding(rulebook)
    before = _conditions(rulebook, since)
    for day in sorted(_days_between(rulebook, since, until) | wanted):
        now = _conditions(rulebook, day)
        changed = _differing(before, now)
        if day in wanted or changed & concluding:
            yield day, None
        elif changed:
            yield day, changed
        before = now


def _concluding(rulebook: RuleBook) -> frozenset[str]:
    return frozenset(id_ for id_, rule in rulebook.rules.items() if rule.concludes is not None)


def _differing(before: Mapping[str, Condition], after: Mapping[str, Condition]) -> frozenset[str]:
    return frozenset(
        rule_id for rule_id in {*before, *after} if before.get(rule_id) != after.get(rule_id)
    )


def _conditions(rulebook: RuleBook, on: date) -> dict[str, Condition]:
    rules = (rule for rule in rulebook.rules.values() if rule.kind != "reaction")
    return {each.rule.id: each.condition for each in rules_in_force(rulebook, rules, on)}
