"""Every address of the application with real ids in it, made from its map of addresses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

READING = frozenset({"GET", "HEAD", "OPTIONS"})
# Values for the names in addresses that no record gives: one that exists for the kindergarten.
FIXED = {
    "client": "apple",
    "filename": "mark.svg",
    "fact": "site.fire_key_unit",
    "kind": "place",
    "which": "0",
    "rule": "school-drill-time-kindergarten",
    "rule_id": "house-secret-weekly",
    "pack": "house-secret",
    "token": "0" * 43,
    "secret": "0" * 43,
    "flag": "none",
    "code": "HPF3-27",
    "photo": "3f2b8c1e-0000-4000-8000-000000000001",
    "change": "3f2b8c1e-0000-4000-8000-000000000002",
}
# The same name means different things in these.
OWN = {
    "account.session_end": {"which": "{session}"},
    "device.notice": {"kind": "unseen"},
    "scripts.static": {"filename": "js/page.js", "version": "0000000000"},
    "stylesheet": {"version": "0000000000"},
    "manage.question": {"kind": "site", "target": "chunmiao"},
    "manage.post_people": {"key": "gate-post"},
    "manage.site_piece": {"kind": "place", "key": "kitchen"},
    "manage.person_absence": {"which": "new"},
    "manage.site_exam": {"which": "new"},
    "whatif.result": {"key": "{trial}"},
    "drills.proposing": {"key": "{proposal}"},
    "board.trial": {"key": "{board_trial}"},
    "handovers.note": {"post": "gate-post", "day": "2026-11-22", "shift": "E"},
    "handovers.take": {"post": "gate-post", "day": "2026-11-22", "shift": "E"},
    "handovers.write": {"post": "gate-post", "day": "2026-11-22", "shift": "E"},
    "devices.done": {"key": "occurrence-{todo}"},
    "devices.undone": {"key": "occurrence-{todo}"},
}


@dataclass(frozen=True)
class Address:
    """
    One address and what may be done with it.

    Attributes:
        names: Of the ids in it.
    """

    endpoint: str
    path: str
    methods: frozenset[str]
    names: frozenset[str]

    def __str__(self) -> str:
        return self.endpoint


def addresses(app: Flask, ids: Mapping[str, object]) -> Iterator[Address]:
    """Yield every address; fails where a name in one is not known, so that none is forgotten."""
    for rule in app.url_map.iter_rules():
        values = {**FIXED, **ids, **OWN.get(rule.endpoint, {})}
        missing = set(rule.arguments) - set(values)
        assert not missing, f"{rule.rule}: add {sorted(missing)} to tests/security/addresses.py"
        yield _address(rule, {name: str(values[name]) for name in rule.arguments}, ids)


def _address(rule: Rule, values: dict[str, str], ids: Mapping[str, object]) -> Address:
    filled = {name: _filled(value, ids) for name, value in values.items()}
    path = re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found: filled[found[1]], rule.rule)
    methods = frozenset(rule.methods or ())
    return Address(rule.endpoint, path, methods, frozenset(rule.arguments))


def _filled(value: str, ids: Mapping[str, object]) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: str(ids[name[1]]), value)
