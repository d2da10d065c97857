"""The bytes of packs that mean harm."""

import yaml

from tests.rules.builders import pack, rule, state, unshared

DAILY = {"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}
SEVERAL = 400


def dumped(data) -> bytes:
    return yaml.safe_dump(unshared(data), allow_unicode=True, sort_keys=False).encode()


def sound() -> bytes:
    return dumped(pack())


def bomb() -> bytes:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    return b"l0: &l0 [x]\n" + levels.encode() + sound().replace(b"daily-check", b"Daily Check")


def swollen() -> bytes:
    return b"a: &a [" + b"x," * 50_000 + b"]\nb: [" + b"*a," * 50_000 + b"]\nrules: []\n"


def in_conditions(**applies):
    return lambda: dumped(pack(rule(applies=applies)))


def each_rule(count: int, **changes):
    return lambda: dumped(pack(*(rule(f"r{index}", **changes) for index in range(count))))


def circle(count: int = 3):
    facts = ["site.fire_key_unit", "site.has_canteen", "site.boarding"]
    rules = [
        state(f"s{index}", facts[index], value=True, applies={facts[(index + 1) % count]: True})
        for index in range(count)
    ]
    for each in rules:
        each["examples"] = [
            {"name": "yes", "facts": dict(each["applies"]), "applies": True},
            {"name": "no", "facts": dict.fromkeys(each["applies"], False), "applies": False},
        ]
    return lambda: dumped(pack(*rules))


def with_text(old: str, new: str, **changes):
    def make() -> bytes:
        return dumped(pack(rule(**changes))).replace(old.encode(), new.encode())

    return make


def everything_wrong() -> bytes:
    faulty = rule(
        title={"zh": "检查"},
        source={"instrument": "no-law", "clause": None, "grade": "A"},
        effective={"on": "2026-02-30", "precision": "day"},
        applies={"site.kindd": 1, "site.staff": {"near": 5, "gte": "many"}, "any": []},
        tightens="nothing",
        versions=[{**DAILY, "checklist": "none", "people": {"roles": ["wizard"]}}],
        nonsense=1,
    )
    return dumped(pack(faulty, rule("other"), rule("other")))
