"""Asked how many events to react to, prints the memory after a fifth of them and at the end."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import psutil

from rules.compiled_reactions import compiled_reactions
from rules.event import Event
from rules.loader import load_rulebook
from rules.react import Reactor
from rules.rulebook import RuleBook
from tests.rules.random_facts import RandomFacts

NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)


def main() -> None:
    count = int(sys.argv[1])
    book = load_rulebook()
    reactor = Reactor(book, ZoneInfo("Asia/Shanghai"))
    early, found = 0, 0
    for number, event in enumerate(_events(book, count)):
        found += len(reactor.consequences(event))
        if number == count // 5:
            early = _rss()
    sys.stdout.write(f"{early} {_rss()} {found}\n")


def _events(book: RuleBook, count: int) -> Iterator[Event]:
    random = Random(1)
    drawn = {
        name: RandomFacts([rule for level in levels for rule in level.rules])
        for name, levels in compiled_reactions(book, NOON.date()).levels.items()
    }
    names = sorted(drawn)
    for number in range(count):
        kind = random.choice(names)
        facts = drawn[kind].draw(random)
        if kind == "answer":  # readings hardly ever repeat, and their values must not pile up
            facts["answer.value"] = round(random.uniform(-100, 1000), 6)
        at = NOON + timedelta(minutes=random.randrange(60 * 24 * 365))
        yield Event(kind, f"{kind}/{number}", "s", None, None, at, facts)


def _rss() -> int:
    return int(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    main()
