"""An explanation as plain data."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from web.cli.output import say

if TYPE_CHECKING:
    from rules.explanation import Explanation
    from rules.pack import Rule, RuleVersion
    from rules.reasoned import Reasoned
    from rules.rulebook import RuleBook
    from rules.text import Text
    from scheduler.occurrence import Occurrence
    from web.cli.explain_command import Explained

VERDICTS = {"binds": "applies", "may-apply": "may-apply", None: "does-not-apply"}


def explained_data(explained: "Explained", rule_id: str, on: date) -> dict[str, Any]:
    """Return the rule once, and how it stands to each target."""
    from rules.origin_words import target_names

    rulebook, names = explained.rulebook, target_names(explained.organisation)
    rule = rulebook.rule(rule_id)
    zone = ZoneInfo(explained.organisation.time_zone)
    return {
        "rule": rule_id,
        "title": say(rule.title),
        "on": on.isoformat(),
        "in_force": rulebook.in_force(rule, on),
        "source": _source(rule, rulebook),
        "version": _version(rulebook.version(rule, on)),
        "targets": [
            _target(each, rulebook, names)
            | {"next": [_date(one, zone) for one in explained.dates.get(each.target, ())]}
            for each in explained.found
        ],
    }


def _source(rule: "Rule", rulebook: "RuleBook") -> dict[str, Any]:
    effective = rule.effective
    return {
        "clause": say(rulebook.clause_text(rule)),
        "grade": rule.source.grade,
        "strength": rulebook.strength(rule),
        "pack": rulebook.pack_of(rule.id).id,
        "layer": rulebook.pack_of(rule.id).layer,
        "effective": {
            "on": effective.on.isoformat() if effective.on else None,
            "precision": effective.precision,
        },
        "unverified": [say(each) for each in rule.source.unverified],
    }


def _version(version: "RuleVersion | None") -> dict[str, Any] | None:
    from rules.cadence_words import version_text

    if version is None:
        return None
    cadence = version_text(version)
    return {
        "from": version.since.isoformat(),
        "until": version.until.isoformat() if version.until else None,
        "cadence": say(cadence) if cadence else None,
    }


def _target(
    each: "Explanation", rulebook: "RuleBook", names: Mapping[str, "Text"]
) -> dict[str, Any]:
    condition = each.condition
    return {
        "target": each.target,
        "name": say(names[each.target]),
        "verdict": VERDICTS[each.standing],
        "waits_for": list(each.waits_for),
        "decision": each.decision.model_dump(mode="json") if each.decision else None,
        "condition": _condition(condition, rulebook, names) if condition else None,
        "layers": [
            {
                "rule": layer.rule.id,
                "layer": layer.layer,
                "clause": say(rulebook.clause_text(layer.rule)),
                "verdict": VERDICTS[layer.standing],
                "overruled_by": layer.overruled.by if layer.overruled else None,
                "reason": say(layer.overruled.reason) if layer.overruled else None,
            }
            for layer in each.layers
        ],
    }


def _condition(
    read: "Reasoned", rulebook: "RuleBook", names: Mapping[str, "Text"]
) -> dict[str, Any]:
    if read.part != "test":
        parts = [_condition(part, rulebook, names) for part in read.parts]
        return {"part": read.part, "holds": read.holds, "parts": parts}
    from rules.origin_words import origin_text

    origin = read.origin
    return {
        "part": "test",
        "holds": read.holds,
        "asks": say(read.text),
        "fact": read.fact,
        "value": read.actual,
        "origin": origin.kind,
        "stated_for": origin.at or None,
        "concluded_by": origin.rule or None,
        "origin_text": say(origin_text(read.fact, origin, rulebook, names)),
    }


def _date(one: "Occurrence", zone: ZoneInfo) -> dict[str, Any]:
    return {
        "period": one.period,
        "opens_at": one.opens_at.astimezone(zone).isoformat(),
        "due_at": one.due_at.astimezone(zone).isoformat(),
        "moved": None if one.moved is None else say(one.moved.text),
        "provisional": one.provisional,
    }
