"""Examples that a rule lacks, written as they would stand in its pack."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from rules.conditions import tests
from rules.examples import facts_of
from rules.facts import FactValue
from rules.kleene import truth
from rules.pack import Rule
from rules.parameters import condition_on
from rules.proof.mutation import suggested_examples
from rules.proof.telling_apart import Apart, made_to
from rules.rulebook import RuleBook
from rules.value_words import fact_title, value_text
from rules.vocabulary import load_vocabulary


def suggestions(rulebook: RuleBook, rule: Rule) -> tuple[dict[str, Any], ...]:
    """
    Return the fewest further examples found that leave no mutant of *rule* unnoticed.

    Those follow that show a condition true, or false, which no example has shown so. Each says what
    the rule answers today: read it before you add it, for that answer may be the very fault that
    the example should show.
    """
    found: list[dict[str, Any]] = []
    names = {example.name for example in rule.examples}
    wanted = suggested_examples(rulebook, rule, load_vocabulary())
    missing = [(survivor.missing, survivor.on) for survivor in wanted]
    missing += _unseen(rulebook, rule, [apart.facts for apart, _ in missing])
    for apart, on in missing:
        example = _example(apart, names, on if on != rulebook.pack_of(rule.id).version else None)
        names.add(example["name"])
        found.append(example)
    return tuple(found)


def _unseen(
    rulebook: RuleBook, rule: Rule, added: list[Mapping[str, FactValue]]
) -> list[tuple[Apart, date]]:
    """Return situations in which a condition holds, or not, that never was seen so."""
    on = rulebook.pack_of(rule.id).version
    condition = condition_on(rulebook, rule, on)
    if condition is None:
        return []
    examples = [*map(facts_of, rule.examples), *added]
    found: list[tuple[Apart, date]] = []
    for test in tests(condition):
        outcomes = {truth(test, facts) for facts in examples}
        for hold in {True, False} - outcomes:
            apart = made_to(condition, test, examples, load_vocabulary(), hold=hold)
            if apart is not None:
                found.append((apart, on))
                examples.append(apart.facts)
    return found


def _example(missing: Apart, taken: Collection[str], on: date | None) -> dict[str, Any]:
    facts = {key: list(v) if isinstance(v, tuple) else v for key, v in missing.facts.items()}
    example: dict[str, Any] = {"name": _name(missing.changed, missing.facts, taken), "facts": facts}
    if on is not None:
        example["on"] = on.isoformat()
    return example | {"applies": "may" if missing.answer is None else missing.answer}


def _name(changed: tuple[str, ...], facts: Mapping[str, FactValue], taken: Collection[str]) -> str:
    """Name the situation by what makes it differ; by all its facts where that name is taken."""
    name = "，".join(_said(fact, facts) for fact in changed)
    if name in taken:
        name = "，".join(_said(fact, facts) for fact in dict.fromkeys((*changed, *facts)))
    return name


def _said(fact: str, facts: Mapping[str, FactValue]) -> str:
    title = fact_title(fact).zh
    if fact not in facts:
        return f"{title}未答"
    value = facts[fact]
    if isinstance(value, bool):
        return title if value else f"{title}：否"
    return f"{title} {value_text(fact, value).zh}"
