"""A generator of readings for benchmarks: answers to items of the packs, drawn by a seed."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from benchmarks.sites import generate_organisation
from rules.checklist import Checklist, ChoiceItem, NumberItem, PassFailItem
from rules.event import Event
from rules.facts import FactValue
from rules.records import TargetFacts, targets
from rules.rulebook import RuleBook

_START = datetime(2026, 9, 1, tzinfo=UTC)
_SITES = 40
# One answer in eight fails, so that findings and what follows from them are part of the measure.
_FAILS = 0.125


def readings(rulebook: RuleBook, *, count: int, seed: int) -> Iterator[Event]:
    """Yield *count* answers at things of generated sites, spread over four weeks."""
    random = Random(seed)
    lists = [each for pack in rulebook.packs for each in pack.checklists]
    things = _joined(generate_organisation(sites=_SITES, seed=seed))
    for number in range(count):
        target, facts = random.choice(things)
        checklist = random.choice(lists)
        own = _answer(checklist, random)
        at = _START + timedelta(minutes=random.randrange(28 * 24 * 60))
        key = f"answer/{number}/{own['answer.item']}/1"
        yield Event("answer", key, target.site, target.kind, target.target, at, {**facts, **own})


def _joined(organisation: Any) -> list[tuple[TargetFacts, dict[str, FactValue]]]:
    above: dict[str, dict[str, FactValue]] = {}
    found = []
    for target in targets(organisation):
        facts = {**above.get(target.parent or "", {}), **target.own}
        above[target.target] = facts
        found.append((target, facts))
    return found


def _answer(checklist: Checklist, random: Random) -> dict[str, FactValue]:
    judged = (PassFailItem, NumberItem, ChoiceItem)
    items = [each for each in checklist.items if isinstance(each, judged)] or [checklist.items[0]]
    item = random.choice(items)
    fails = random.random() < _FAILS
    facts: dict[str, FactValue] = {
        "answer.checklist": checklist.id,
        "answer.item": item.id,
        "answer.verdict": "fail" if fails else "pass",
        "answer.severity": item.severity,
        "answer.immediate_danger": fails and item.immediate_danger,
        "answer.repeats_30d": random.choice((0, 0, 0, 1, 2)),
        "answer.domain": random.choice(("fire", "food", "lift", "hospital", "cleaning")),
    }
    if item.measure is not None:
        facts["answer.measure"] = item.measure
    if isinstance(item, NumberItem):
        facts["answer.type"] = "number"
        facts["answer.value"] = round(random.uniform(-5, 150), 2)
        facts["answer.unit"] = item.unit
    else:
        facts["answer.type"] = "choice" if isinstance(item, ChoiceItem) else "pass-fail"
    return facts
