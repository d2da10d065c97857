"""References from a rule or checklist to what other parts of the packs define."""

from collections.abc import Iterator

from rules.checklist import NumberItem
from rules.complaint import Complaint
from rules.drafts import Draft
from rules.lint.conditions import unknown_fact, unknown_parameter
from rules.lint.context import Context
from rules.pack import LAYERS, Rule, RuleVersion
from rules.text import Text
from rules.yaml_document import Location


def complaints(rule: Rule, at: Location, draft: Draft, context: Context) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield every reference of *rule* that leads nowhere."""
    for index, version in enumerate(rule.versions):
        yield from _version(version, ("versions", index), context)
    if rule.tightens is not None:
        yield from _tightens(rule.tightens, draft, context)


def pack_complaints(draft: Draft, context: Context) -> Iterator[Complaint]:
    """Yield every reference of the checklists and parameters of *draft* that leads nowhere."""
    for position, checklist in zip(
        draft.positions["checklists"], draft.pack.checklists, strict=True
    ):
        for index, item in enumerate(checklist.items):
            if isinstance(item, NumberItem):
                yield from _reading(item, ("checklists", position, "items", index), context)
    for position, parameter in zip(
        draft.positions["parameters"], draft.pack.parameters, strict=True
    ):
        days = [dated.since for dated in parameter.values]
        if days != sorted(set(days)):
            yield Complaint(
                ("parameters", position, "values"),
                Text(
                    zh="参数值没有按日期先后排列，或日期重复。",
                    en="The values are not in the order of their dates, each date once.",
                ),
                Text(zh="请由早到晚排列。", en="Put them from early to late."),
            )


def _reading(item: NumberItem, at: Location, context: Context) -> Iterator[Complaint]:
    if item.set_point is not None and item.set_point not in context.vocabulary:
        yield Complaint((*at, "set_point"), *unknown_fact(item.set_point))
    if item.set_point is not None and item.tolerance is None:
        yield Complaint(
            (*at, "tolerance"),
            Text(zh="有设定值而没有允许偏差。", en="There is a set point but no tolerance."),
            Text(zh="请写 tolerance。", en="Write the tolerance."),
        )
    if item.minimum is not None and item.maximum is not None and item.minimum > item.maximum:
        yield Complaint(
            (*at, "minimum"),
            Text(zh="下限高于上限。", en="The minimum is above the maximum."),
            Text(zh="请改正 minimum 或 maximum。", en="Correct minimum or maximum."),
        )


def _version(version: RuleVersion, at: Location, context: Context) -> Iterator[Complaint]:
    if version.checklist is not None and not context.knows("checklists", version.checklist):
        yield Complaint((*at, "checklist"), *missing("检查表", "checklist", version.checklist))
    for index, limit in enumerate(version.limits):
        if isinstance(limit.value, str):
            yield from _limit(limit.value, (*at, "limits", index, "value"), context)
    for index, role in enumerate(version.people.roles):
        yield from _role(role, (*at, "people", "roles", index), context)
    if version.gate is not None:
        yield from _role(version.gate.role, (*at, "gate", "role"), context)
        if not context.knows("rules", version.gate.needs):
            yield Complaint((*at, "gate", "needs"), *missing("规则", "rule", version.gate.needs))
    if version.coverage is not None and version.coverage.post not in context.choices("post.kind"):
        yield Complaint(
            (*at, "coverage", "post"), *missing("岗位种类", "kind of post", version.coverage.post)
        )


def _limit(value: str, at: Location, context: Context) -> Iterator[Complaint]:
    if not value.startswith("$"):
        yield Complaint(
            at,
            Text(zh="限值须是数字或 $参数。", en="A limit is a number or a $parameter."),
            Text(zh="请改正。", en="Correct it."),
        )
    elif not context.knows("parameters", value[1:]):
        yield Complaint(at, *unknown_parameter(value))


def _role(role: str, at: Location, context: Context) -> Iterator[Complaint]:
    if role not in context.choices("person.roles"):
        yield Complaint(at, *missing("岗位", "role", role))


def _tightens(name: str, draft: Draft, context: Context) -> Iterator[Complaint]:
    if not context.knows("rules", name):
        yield Complaint(("tightens",), *missing("规则", "rule", name))
    elif name in context.rules:
        layer = context.rules[name][1]
        if LAYERS.index(layer) > LAYERS.index(draft.pack.layer):
            yield Complaint(
                ("tightens",),
                Text(
                    zh=f"{name} 属于更高层级，不能由本规则收紧。",
                    en=f"{name} stands in a higher layer and cannot be tightened here.",
                ),
                Text(zh="请引用下层规则。", en="Name a rule of a lower layer."),
            )


def missing(zh: str, en: str, name: str) -> tuple[Text, Text]:
    """Return message and remedy for a name that nothing defines."""
    message = Text(zh=f"没有{zh} {name}。", en=f"There is no {en} {name}.")
    return message, Text(
        zh="请检查拼写，或先定义它。", en="Check its spelling, or define it first."
    )
