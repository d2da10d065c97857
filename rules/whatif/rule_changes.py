"""Changes of rules and parameters, applied to a rule book."""

from datetime import date, timedelta
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from rules.faults import InputInvalid
from rules.loader import pack_of
from rules.pack import DatedValue, EffectiveDate, Pack, Parameter, Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.schema_faults import schema_faults
from rules.text import Text
from rules.whatif.changes import AddRule, ChangeRule, EndRule, MoveRule, PutPack, SetParameter
from rules.whatif.supposed import ChangeData, refused, unknown
from rules.yaml_document import Location

Model = TypeVar("Model", bound=BaseModel)
ONE_DAY = timedelta(days=1)
_RULE = Text(zh="规则", en="rule")
_PARAMETER = Text(zh="参数", en="parameter")
_ADDED = "what-if"
RuleChange = ChangeRule | AddRule | PutPack | MoveRule | EndRule | SetParameter


def with_rule_change(
    book: RuleBook, change: RuleChange, number: int, *, since: date, name: str = "changes"
) -> RuleBook:
    """
    Return *book* after the change with this *number*; *since* is the first day asked about.

    Raises:
        InputInvalid: If it names what is not there, or would leave a rule without sense.
    """
    match change:
        case AddRule():
            return _added(book, change, number)
        case PutPack():
            pack = pack_of(change.text, name)
            return book.with_own({pack.id: (pack, change.text)})
        case SetParameter():
            return _parameter(book, change, number, change.since or since)
        case ChangeRule():
            rule = _rule(book, change.rule, number)
            return _replaced(book, _changed(rule, change, number, change.since or since))
        case MoveRule():
            return _replaced(book, _moved(_rule(book, change.rule, number), change.to, number))
        case EndRule():
            return _replaced(book, _ended(_rule(book, change.rule, number), change.last))


def _rule(book: RuleBook, rule_id: str, number: int) -> Rule:
    if rule_id not in book.rules:
        raise unknown(number, "rule", _RULE, rule_id)
    return book.rule(rule_id)


def _replaced(book: RuleBook, rule: Rule) -> RuleBook:
    pack = book.pack_of(rule.id)
    rules = tuple(rule if each.id == rule.id else each for each in pack.rules)
    return book.with_packs({pack.id: pack.model_copy(update={"rules": rules})})


def _changed(rule: Rule, change: ChangeRule, number: int, since: date) -> Rule:
    """Add a version from *since* on, in place of what followed."""
    at: Location = ("changes", number, "set")
    asked = dict(change.set)
    applies = asked.pop("applies", None)
    if applies is not None:
        data = rule.model_dump(by_alias=True) | {"applies": applies}
        rule = _valid(Rule, data, at)
    if not asked:
        return rule
    before = [each for each in rule.versions if each.since <= since]
    model = before[-1] if before else rule.versions[0]
    data = _merged(model.model_dump(by_alias=True), asked) | {"from": since, "until": None}
    version = _valid(RuleVersion, data, at)
    kept = [each for each in before if each.since < since]
    kept = [*(_until(each, since - ONE_DAY) for each in kept[-1:]), *kept[:-1]]
    versions = sorted([*kept, version], key=lambda each: each.since)
    return rule.model_copy(update={"versions": tuple(versions), "effective": _begun(rule, since)})


def _merged(before: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    """Let parts such as `people` keep what is not named; a cadence is replaced as a whole."""
    parts = {
        key: before[key] | value
        for key, value in asked.items()
        if key != "cadence" and isinstance(value, dict) and isinstance(before.get(key), dict)
    }
    return before | asked | parts


def _begun(rule: Rule, since: date) -> EffectiveDate:
    """Let a rule that begins later begin with its new version."""
    on = rule.effective.on
    if on is None or on <= since:
        return rule.effective
    return EffectiveDate(on=since, precision="day")


def _until(version: RuleVersion, last: date) -> RuleVersion:
    if version.until is not None and version.until <= last:
        return version
    return version.model_copy(update={"until": last})


def _moved(rule: Rule, to: date, number: int) -> Rule:
    """Let the last version begin on *to*; the version before lasts until then."""
    *earlier, last = sorted(rule.versions, key=lambda each: each.since)
    if earlier and to <= earlier[-1].since:
        raise refused(
            number,
            "to",
            Text(
                zh=f"上一版本从 {earlier[-1].since} 开始，不能移到它之前。",
                en=f"The version before begins on {earlier[-1].since}; it cannot move before that.",
            ),
            Text(zh="请写更晚的日期。", en="Write a later day."),
        )
    if earlier and earlier[-1].until == last.since - ONE_DAY:
        earlier[-1] = earlier[-1].model_copy(update={"until": to - ONE_DAY})
    moved = last.model_copy(update={"since": to})
    effective = rule.effective
    if not earlier:
        effective = EffectiveDate(on=to, precision="day")
    return rule.model_copy(update={"versions": (*earlier, moved), "effective": effective})


def _ended(rule: Rule, last: date) -> Rule:
    kept = [_until(each, last) for each in rule.versions if each.since <= last]
    if not kept:  # It never begins: a version of no day keeps the rule of the right shape.
        first = rule.versions[0]
        kept = [first.model_copy(update={"until": first.since - ONE_DAY})]
    return rule.model_copy(update={"versions": tuple(kept)})


def _added(book: RuleBook, change: AddRule, number: int) -> RuleBook:
    rule = _valid(Rule, change.rule, ("changes", number, "rule"))
    if rule.id in book.rules:
        raise refused(
            number,
            "rule.id",
            Text(zh=f"规则 {rule.id} 已存在。", en=f"The rule {rule.id} exists already."),
            Text(zh="请换一个编号，或用 change-rule。", en="Use another id, or change-rule."),
        )
    name = f"{_ADDED}-{change.layer}"
    known = next((pack for pack in book.packs if pack.id == name), None)
    rules = (*known.rules, rule) if known else (rule,)
    pack = Pack(
        id=name,
        title=Text(zh="设想的规则", en="Rules supposed"),
        layer=change.layer,
        version=rule.versions[0].since,
        rules=rules,
    )
    return book.with_own({name: (pack, pack.model_dump_json())})


def _parameter(book: RuleBook, change: SetParameter, number: int, since: date) -> RuleBook:
    for pack in book.packs:
        for parameter in pack.parameters:
            if parameter.id == change.parameter:
                changed = _dated(parameter, change, since)
                every = tuple(changed if each is parameter else each for each in pack.parameters)
                return book.with_packs({pack.id: pack.model_copy(update={"parameters": every})})
    raise unknown(number, "parameter", _PARAMETER, change.parameter)


def _dated(parameter: Parameter, change: SetParameter, since: date) -> Parameter:
    value = DatedValue.model_validate({"from": since, "value": change.value})
    others = [each for each in parameter.values if each.since != since]
    values = sorted([*others, value], key=lambda each: each.since)
    return parameter.model_copy(update={"values": tuple(values)})


def _valid(model: type[Model], data: dict[str, Any], at: Location) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise InputInvalid(schema_faults(error, ChangeData(data, at), at)) from error
