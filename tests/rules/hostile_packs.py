"""Packs that mean harm, or that a tired hand spoiled: each with every field that must be named."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rules.loader import check_packs
from tests.rules.builders import pack, rule, words
from tests.rules.hostile_texts import (
    DAILY,
    SEVERAL,
    bomb,
    circle,
    dumped,
    each_rule,
    everything_wrong,
    in_conditions,
    sound,
    swollen,
    with_text,
)


@dataclass(frozen=True)
class Hostile:
    """
    One pack.

    Attributes:
        make: Makes the file's bytes.
        fields: Field of every fault, or how many there must be.
        says: Words of one of them.
    """

    make: Callable[[], bytes]
    fields: tuple[str, ...] | int
    says: str


PACKS: Mapping[str, Hostile] = {
    "an alias bomb, and a fault behind it": Hostile(bomb, 112, "anchors and aliases"),
    "a swollen alias bomb": Hostile(swollen, 7, "entries, more than"),
    "two hundred thousand levels": Hostile(
        lambda: b"a: " + b"[" * 200_000 + b"\nrules: []\n", ("",), "nested too deeply"
    ),
    "levels of dashes": Hostile(lambda: b"- " * 100_000 + b"x", ("",), "nested too deeply"),
    "levels of indentation": Hostile(
        lambda: "".join(f"{' ' * n}a:\n" for n in range(700)).encode(), 1, "nested too deeply"
    ),
    "a condition two hundred levels deep": Hostile(
        lambda: sound().replace(
            b"site.kind: mall\n", b"x: " + b"{not: " * 200 + b"{}" + b"}" * 200 + b"\n", 1
        ),
        2,
        "nested too deeply",
    ),
    "a circle of one fact": Hostile(circle(1), ("rules.0.concludes.fact",), "circle"),
    "a circle of three facts": Hostile(
        circle(), tuple(f"rules.{index}.concludes.fact" for index in range(3)), "circle"
    ),
    "a fact that does not exist": Hostile(
        in_conditions(**{"site.kindd": "mall"}), ("rules.0.applies.site.kindd",), "no fact"
    ),
    "names that do not exist": Hostile(
        lambda: dumped(
            pack(
                rule(
                    tightens="nothing",
                    applies={"site.staff": {"gte": "$nobody"}},
                    versions=[{**DAILY, "checklist": "none", "people": {"roles": ["wizard"]}}],
                )
            )
        ),
        (
            "rules.0.applies.site.staff.gte",
            "rules.0.tightens",
            "rules.0.versions.0.checklist",
            "rules.0.versions.0.people.roles.0",
        ),
        "no parameter",
    ),
    "one id four hundred times": Hostile(
        lambda: dumped(pack(*(rule("same") for _ in range(SEVERAL)))), SEVERAL - 1, "same"
    ),
    "two versions on one date": Hostile(
        lambda: dumped(pack(rule(versions=[DAILY, DAILY]))),
        ("rules.0.versions.1.from",),
        "not in the order",
    ),
    "no English anywhere": Hostile(
        each_rule(SEVERAL, title={"zh": "检查"}), SEVERAL, "The English text is missing"
    ),
    "an empty translation": Hostile(
        with_text("en: text", "en: ''"), ("instruments.0.status.en", "title.en"), "not be empty"
    ),
    "an id made to stall its pattern": Hostile(
        with_text("daily-check", "a-" * 100_000 + "!"), ("rules.0.id",), "Must match"
    ),
    "a number made to stall its pattern": Hostile(
        lambda: sound() + b"x: " + b"1" * 200_000 + b"e\n", ("x",), "no such field"
    ),
    "more than half a megabyte of one name": Hostile(
        lambda: sound().replace(b"daily-check", b"a" * 600_000), ("",), "more than 0.3 MB"
    ),
    "six megabytes": Hostile(
        lambda: sound() + b"# " + b"x" * 6_000_000, ("",), "more than 0.3 MB"
    ),
    "a hundred thousand fields": Hostile(
        lambda: b"rules: []\n" + b"".join(b"k%d: 1\n" % n for n in range(30_000)),
        1,
        "entries, more than",
    ),
    "four hundred rules of three faults": Hostile(
        each_rule(SEVERAL, title=None, source=None, applies={"site.kindd": 1}),
        3 * SEVERAL,
        "no fact",
    ),
    "UTF-16": Hostile(lambda: sound().decode().encode("utf-16"), ("",), "not UTF-8"),
    "a Latin letter": Hostile(lambda: sound() + b"# caf\xe9\n", ("",), "not UTF-8"),
    "a null character": Hostile(with_text("daily", "da\0ily"), ("",), "not valid YAML"),
    "tabs": Hostile(lambda: sound().replace(b"\n  ", b"\n\t"), ("",), "not valid YAML"),
    "words that turn round on the screen": Hostile(
        with_text("en: text", "en: te\u202ext"),
        ("instruments.0.status.en", "title.en"),
        "not taken",
    ),
    "infinity": Hostile(
        with_text("XX", "1e400", applies={"site.height_m": {"gt": "XX"}}),
        ("rules.0.applies.site.height_m.gt",),
        "not taken: 1e400",
    ),
    "an infinite limit": Hostile(
        with_text(
            "XX",
            "1e400",
            versions=[
                DAILY
                | {
                    "limits": [
                        {
                            "name": "a",
                            "title": words(),
                            "operator": "lt",
                            "value": "XX",
                            "unit": "m",
                        }
                    ]
                }
            ],
        ),
        ("rules.0.versions.0.limits.0.value",),
        "not taken: 1e400",
    ),
    "no number": Hostile(
        with_text("XX", ".nan", applies={"site.height_m": {"gt": "XX"}}),
        ("rules.0.applies.site.height_m.gt",),
        "Must be a number",
    ),
    "a number past all counting": Hostile(
        with_text("XX", "9" * 18, applies={"site.staff": {"gt": "XX"}}),
        ("rules.0.applies.site.staff.gt",),
        "too large",
    ),
    "days that do not exist": Hostile(
        with_text("'2020-01-01'", "2026-02-30"),
        ("instruments.0.effective.on", "rules.0.effective.on", "rules.0.versions.0.from"),
        "not a date that exists",
    ),
    "a cadence past the calendar": Hostile(
        lambda: dumped(
            pack(
                rule(
                    versions=[
                        {
                            "from": "2020-01-01",
                            "minutes": 10**17,
                            "grace": {"amount": 10**9, "unit": "year"},
                            "cadence": {"type": "interval", "every": 10**17, "unit": "minute"},
                        }
                    ]
                )
            )
        ),
        (
            "rules.0.versions.0.cadence.every",
            "rules.0.versions.0.grace",
            "rules.0.versions.0.minutes",
        ),
        "At most 100 years",
    ),
    "Norway's no": Hostile(
        with_text("site.kind: mall", "site.has_canteen: no"),
        ("rules.0.applies.site.has_canteen", "rules.0.examples.0.facts.site.has_canteen"),
        "Must be true or false",
    ),
    "a wide condition": Hostile(
        in_conditions(all=[{"any": [{"site.staff": i} for i in range(30)]} for _ in range(30)]),
        ("rules.0.applies",),
        "alternatives",
    ),
    "code in a tag": Hostile(
        lambda: b"x: !!python/object/apply:os.system ['echo hi']\n" + sound(), ("x",), "tags (!)"
    ),
    "a merge key": Hostile(
        lambda: b"x: &x {a: 1}\ny:\n  <<: *x\n" + sound(), ("x", "y", "y.<<"), "anchors"
    ),
    "two documents": Hostile(lambda: sound() + b"---\n" + sound(), ("",), "not valid YAML"),
    "fields that are no words": Hostile(
        lambda: b"? {a: b}\n: c\n? [x]\n: d\n" + sound(), ("", ""), "must be a word"
    ),
    "a field written twice": Hostile(
        lambda: sound() + b"layer: site\n", ("layer",), "written twice"
    ),
    "an empty file": Hostile(lambda: b"", ("",), "is empty"),
    "no pack at all": Hostile(lambda: b"- just\n- a list\n", ("",), "not a rule pack"),
    "everything at once": Hostile(
        everything_wrong,
        (
            "rules.0.applies.any",
            "rules.0.applies.site.kindd",
            "rules.0.applies.site.staff.gte",
            "rules.0.applies.site.staff.near",
            "rules.0.effective.on",
            "rules.0.nonsense",
            "rules.0.source.clause",
            "rules.0.source.instrument",
            "rules.0.tightens",
            "rules.0.title.en",
            "rules.0.versions.0.checklist",
            "rules.0.versions.0.people.roles.0",
            "rules.2.id",
        ),
        "no instrument",
    ),
}  # fmt: skip


def write_faults(path: Path, told: Path) -> None:
    """Check one pack and write its faults as JSON, in a process that a test ends when it hangs."""
    checked = check_packs([path])
    told.write_text(json.dumps([[fault.field, fault.message.en] for fault in checked.faults]))
