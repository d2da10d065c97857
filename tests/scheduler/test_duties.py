from datetime import date

import pytest

from rules.derive import derive
from rules.loader import load_rulebook
from scheduler.duties import duties
from tests.rules.builders import OPENING, organisation, pack, rule, words, written

ON = date(2026, 9, 1)
EVENT = {"id": "fault-1", "site": "tower", "kind": "equipment-fault",
         "at": "2026-09-03T08:00:00+08:00"}  # fmt: skip
WAITS = [{"from": "2020-01-01", "cadence": {"type": "event", "event": "equipment-fault",
                                            "within": {"amount": 2, "unit": "hour"}}}]  # fmt: skip


def _waiting(kind: str, applies: object, examples: object) -> dict[str, object]:
    return rule(f"{kind}-rule", target=kind, versions=WAITS, applies=applies, examples=examples)


def _examples(fact: str, yes: object, no: object) -> list[dict[str, object]]:
    return [
        {"name": "yes", "facts": {fact: yes}, "applies": True},
        {"name": "no", "facts": {fact: no}, "applies": False},
    ]


@pytest.fixture(scope="module")
def rulebook(tmp_path_factory):
    rules = [
        _waiting("site", {"site.kind": "office"}, _examples("site.kind", "office", "mall")),
        _waiting("place", {"place.kind": {"known": True}}, _place_examples()),
        _waiting("asset", {"asset.kind": "lift"}, _examples("asset.kind", "lift", "camera")),
        _waiting("person", {"person.roles": {"has": "guard"}},
                 _examples("person.roles", ["guard"], ["cook"])),
    ]  # fmt: skip
    return load_rulebook([written(tmp_path_factory.mktemp("packs"), pack(*rules))])


def _place_examples() -> list[dict[str, object]]:
    return [
        {"name": "yes", "facts": {"place.kind": "kitchen"}, "applies": True},
        {"name": "no", "facts": {}, "applies": False},
    ]


def _tower(**event: object):
    def place(name: str, kind: str) -> dict[str, object]:
        return {"id": name, "name": words(), "facts": {"place.kind": kind}}

    def lift(name: str, where: str) -> dict[str, object]:
        return {"id": name, "name": words(), "place": where, "facts": {"asset.kind": "lift"}}

    site = {
        "id": "tower",
        "name": words(),
        "facts": {"site.kind": "office"},
        "calendar": OPENING,
        "places": [place("east", "kitchen"), place("west", "kitchen")],
        "assets": [lift("lift-1", "east"), lift("lift-2", "west")],
    }
    guard = {"id": "guard-1", "name": words(), "sites": ["tower"], "roles": ["guard"]}
    return organisation(sites=[site], people=[guard], events=[EVENT | event])


@pytest.mark.parametrize(
    ("target", "waiting"),
    [
        (None, ["tower", "east", "west", "lift-1", "lift-2", "guard-1"]),
        ("lift-1", ["tower", "east", "lift-1", "guard-1"]),
        ("west", ["tower", "west", "lift-2", "guard-1"]),
        ("guard-1", ["tower", "east", "west", "lift-1", "lift-2", "guard-1"]),
    ],
)
def test_an_event_opens_tasks_for_what_it_befell_and_what_that_stands_in(rulebook, target, waiting):
    tower = _tower(target=target)

    found = duties(derive(rulebook, tower, ON), rulebook, tower, on=ON)

    names = [each.binding.target.rsplit("/", 1)[-1] for each in found if each.context.events]
    assert sorted(waiting) == sorted(names)
