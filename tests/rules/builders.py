"""Small packs and organisations, to be changed in the one point that a test is about."""

import copy
import json
from pathlib import Path

import yaml

from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

OPENING = {"opening": [{"days": ["mon", "tue"], "opens": "08:00", "closes": "18:00"}]}


def words(zh="文", en="text"):
    return {"zh": zh, "en": en}


def rule(rule_id="daily-check", **changes):
    sound = {
        "id": rule_id,
        "kind": "duty",
        "title": words("检查", "Check"),
        "domain": "fire",
        "source": {"instrument": "some-law", "clause": words("第一条", "Article 1"), "grade": "A"},
        "effective": {"on": "2020-01-01", "precision": "day"},
        "target": "site",
        "applies": {"site.kind": "mall"},
        "versions": [{"from": "2020-01-01", "cadence": {"type": "periodic", "unit": "day"}}],
        "examples": [
            {"name": "a mall", "facts": {"site.kind": "mall"}, "applies": True},
            {"name": "an office", "facts": {"site.kind": "office"}, "applies": False},
        ],
    }
    return without_nothing(sound | changes)


def state(rule_id, fact, value, **changes):
    return rule(
        rule_id,
        kind="state",
        versions=[{"from": "2020-01-01"}],
        concludes={"fact": fact, "value": value},
        **changes,
    )


def pack(*rules, **changes):
    sound = {
        "id": "some-pack",
        "title": words(),
        "layer": "law",
        "version": "2026-01-01",
        "instruments": [
            {
                "id": "some-law",
                "title": words("某法", "Some law"),
                "force": "statute",
                "effective": {"on": "2020-01-01", "precision": "day"},
                "status": words(),
                "jurisdiction": "CN",
            }
        ],
        "rules": list(rules) or [rule()],
    }
    return without_nothing(sound | changes)


def without_nothing(data):
    return {key: copy.deepcopy(value) for key, value in data.items() if value is not None}


def unshared(data):
    """A copy in which no part occurs twice, so that YAML needs no aliases."""
    return json.loads(json.dumps(data))


def written(directory: Path, data, name="pack.yaml") -> Path:
    path = directory / name
    text = data if isinstance(data, str) else yaml.safe_dump(unshared(data), allow_unicode=True)
    path.write_text(text, encoding="utf-8")
    return path


def rulebook(directory: Path, *packs) -> RuleBook:
    paths = [written(directory, data, f"{index}.yaml") for index, data in enumerate(packs)]
    return load_rulebook(paths)


def organisation_data(**changes):
    sound = {
        "id": "org",
        "name": words(),
        "sites": [
            {
                "id": "store",
                "name": words(),
                "facts": {"site.kind": "mall"},
                "calendar": copy.deepcopy(OPENING),
                "places": [{"id": "kitchen", "name": words(), "facts": {"place.kind": "kitchen"}}],
                "assets": [
                    {
                        "id": "fridge",
                        "name": words(),
                        "place": "kitchen",
                        "facts": {"asset.kind": "refrigerator"},
                    }
                ],
            }
        ],
        "people": [{"id": "zhang", "name": words(), "sites": ["store"], "roles": ["cook"]}],
    }
    return without_nothing(sound | changes)


def organisation(facts=None, **changes) -> Organisation:
    data = organisation_data(**changes)
    if facts is not None:
        data["sites"][0]["facts"] = facts
    return Organisation.model_validate(data)


FINDING = {
    "do": "finding",
    "id": "broken",
    "severity": "moderate",
    "deadline": {"amount": 3, "unit": "working-day"},
}


def reaction(rule_id="failed-item", **changes):
    sound = {
        "kind": "reaction",
        "on": "answer",
        "target": None,
        "applies": {"answer.verdict": "fail"},
        "versions": [{"from": "2020-01-01", "then": [FINDING]}],
        "examples": [
            {"name": "fail", "facts": {"answer.verdict": "fail"}, "applies": True},
            {"name": "pass", "facts": {"answer.verdict": "pass"}, "applies": False},
        ],
    }
    return rule(rule_id, **(sound | changes))


def on_finding(rule_id, *then, **changes):
    """A reaction to severe findings."""
    sound = {
        "on": "finding",
        "applies": {"finding.severity": "severe"},
        "versions": [{"from": "2020-01-01", "then": list(then)}],
        "examples": [
            {"name": "severe", "facts": {"finding.severity": "severe"}, "applies": True},
            {"name": "minor", "facts": {"finding.severity": "minor"}, "applies": False},
        ],
    }
    return reaction(rule_id, **(sound | changes))
