"""Consequences: told apart by id, fit for their event, and naming only what exists."""

from collections.abc import Iterator

from rules.cadence import OnEvent
from rules.complaint import Complaint
from rules.durations import Duration
from rules.lint.conclusions import concluded_value
from rules.lint.conditions import unknown_fact
from rules.lint.context import Context
from rules.lint.references import missing
from rules.pack import Rule, RuleVersion
from rules.reactions import (
    RELATIONS,
    Bar,
    Conclude,
    Do,
    Notice,
    OpenChecklist,
    OpenFinding,
    RaiseStaffing,
    StartTask,
)
from rules.text import Text
from rules.yaml_document import Location

# Consequences that make sense for some events only.
_FITS: dict[str, frozenset[str]] = {
    "escalate": frozenset({"finding"}),
    "bar": frozenset({"health"}),
    "charge": frozenset({"finding", "order"}),
    "stop-use": frozenset({"answer", "finding", "sample", "meal"}),
}


def complaints(
    rule: Rule, version: RuleVersion, at: Location, context: Context
) -> Iterator[Complaint]:
    """Yield what is wrong with the consequences of *version*, which stand at *at*."""
    seen: set[str] = set()
    for index, do in enumerate(version.then):
        here = (*at, index)
        if do.id in seen:
            yield Complaint(
                (*here, "id"),
                Text(zh=f"后果 {do.id} 写了两次。", en=f"The consequence {do.id} is there twice."),
                Text(zh="请换一个编号。", en="Use another id."),
            )
        seen.add(do.id)
        yield from _fit(rule, do, here)
        yield from _names(rule, do, here, context)
        yield from _lengths(do, here)


def _fit(rule: Rule, do: Do, at: Location) -> Iterator[Complaint]:
    if isinstance(do, OpenFinding) and rule.on == "finding":
        yield Complaint(
            (*at, "do"),
            Text(
                zh="对问题的联动规则不能再产生问题（会无穷无尽）。",
                en="A reaction to a finding cannot open a finding: it would never end.",
            ),
            Text(zh="请改为任务或通知。", en="Make it a task or a notice."),
        )
    fits = _FITS.get(do.do)
    if rule.on is not None and fits is not None and rule.on not in fits:
        events = sorted(fits)
        yield Complaint(
            (*at, "do"),
            Text(
                zh=f"{do.do} 不能用于 {rule.on} 事件，只用于：{'、'.join(events)}。",
                en=f"{do.do} does not fit the event {rule.on}, only {', '.join(events)}.",
            ),
            Text(zh="请改 do 或 on。", en="Change do or on."),
        )


def _names(rule: Rule, do: Do, at: Location, context: Context) -> Iterator[Complaint]:
    match do:
        case OpenFinding(owner=str(owner)) | StartTask(owner=str(owner)):
            yield from _owner(owner, (*at, "owner"), context)
        case Notice(to=to):
            yield from _owner(to, (*at, "to"), context)
        case Bar(roles=roles):
            for index, role in enumerate(roles):
                yield from _choice(role, (*at, "roles", index), context, _ROLES)
        case RaiseStaffing(post_kind=post):
            yield from _choice(post, (*at, "post_kind"), context, _POSTS)
        case OpenChecklist():
            yield from _checklist(do, at, context)
        case Conclude():
            yield from _conclusion(rule, do, at, context)
    if isinstance(do, StartTask) and do.qualification is not None:
        yield from _choice(do.qualification, (*at, "qualification"), context, _CERTIFICATES)


_ROLES = ("person.roles", "岗位", "role")
_POSTS = ("post.kind", "岗位种类", "kind of post")
_CERTIFICATES = ("person.qualifications", "证书", "certificate")


def _owner(owner: str, at: Location, context: Context) -> Iterator[Complaint]:
    if owner not in RELATIONS:
        yield from _choice(owner, at, context, _ROLES)


def _choice(
    name: str, at: Location, context: Context, among: tuple[str, str, str]
) -> Iterator[Complaint]:
    fact, zh, en = among
    if name not in context.choices(fact):
        yield Complaint(at, *missing(zh, en, name))


def _checklist(do: OpenChecklist, at: Location, context: Context) -> Iterator[Complaint]:
    if (do.rule is None) is (do.checklist is None):
        yield Complaint(
            (*at, "rule"),
            Text(
                zh="rule 和 checklist 须写其中一个。",
                en="Exactly one of rule and checklist is needed.",
            ),
            Text(zh="请只写一个。", en="Write one of them."),
        )
    if do.checklist is not None and not context.knows("checklists", do.checklist):
        yield Complaint((*at, "checklist"), *missing("检查表", "checklist", do.checklist))
    if do.rule is None:
        return
    if not context.knows("rules", do.rule):
        yield Complaint((*at, "rule"), *missing("规则", "rule", do.rule))
    elif do.rule in context.rules and not _waits(context.rules[do.rule][0]):
        yield Complaint(
            (*at, "rule"),
            Text(
                zh=f"规则 {do.rule} 的周期不是由事件触发的。",
                en=f"The cadence of the rule {do.rule} does not wait for an event.",
            ),
            Text(
                zh="请引用 cadence 为 event 的规则，或改写 checklist。",
                en="Name a rule whose cadence is an event, or name a checklist.",
            ),
        )


def _waits(rule: Rule) -> bool:
    return any(isinstance(version.cadence, OnEvent) for version in rule.versions)


def _conclusion(rule: Rule, do: Conclude, at: Location, context: Context) -> Iterator[Complaint]:
    definition = context.vocabulary.get(do.fact)
    if definition is None:
        yield Complaint((*at, "fact"), *unknown_fact(do.fact))
        return
    if rule.on is not None and definition.target != rule.on:
        yield Complaint(
            (*at, "fact"),
            Text(
                zh=f"对 {rule.on} 事件的联动规则不能推出 {do.fact}。",
                en=f"A reaction to the event {rule.on} cannot conclude {do.fact}.",
            ),
            Text(zh="请改 fact 或 on。", en="Change the fact or on."),
        )
    yield from concluded_value(definition, do.value, (*at, "value"))


def _lengths(do: Do, at: Location) -> Iterator[Complaint]:
    waits = do.not_before.about_minutes if isinstance(do, StartTask) and do.not_before else 0
    if isinstance(do, StartTask) and waits > do.within.about_minutes:
        yield Complaint(
            (*at, "not_before"),
            Text(zh="最早时间晚于期限。", en="It may not be done before it is due."),
            Text(zh="请改正 not_before 或 within。", en="Correct not_before or within."),
        )
    for name in ("deadline", "within", "hours"):
        length = getattr(do, name, None)
        if isinstance(length, Duration) and _is_nothing(length):
            yield Complaint(
                (*at, name),
                Text(zh="期限为零。", en="A limit of no length."),
                Text(
                    zh="请写 amount，或 unit: immediately。",
                    en="Write amount, or unit: immediately.",
                ),
            )


def _is_nothing(length: Duration) -> bool:
    return length.unit not in {"immediately", "same-day"} and not length.amount
