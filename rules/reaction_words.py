"""Reactions as people read them: what happened, and what follows."""

from rules.durations import Duration
from rules.facts import EventKind
from rules.pack import Rule
from rules.reactions import (
    Bar,
    Charge,
    Conclude,
    Do,
    Escalate,
    Notice,
    OpenChecklist,
    OpenFinding,
    RaiseStaffing,
    StartTask,
    StopUse,
)
from rules.rule_names import SEVERITY_NAMES
from rules.rulebook import RuleBook
from rules.text import Text
from rules.value_words import fact_title, value_text

EVENT_KIND_NAMES: dict[EventKind, Text] = {
    "answer": Text(zh="检查项作答", en="an item is answered"),
    "finding": Text(zh="问题提出或跟踪", en="a finding is opened or looked at"),
    "missed": Text(zh="漏检", en="a check is missed"),
    "sample": Text(zh="食品留样", en="a food sample is taken or looked at"),
    "meal": Text(zh="供餐", en="a meal was served"),
    "health": Text(zh="人员当日上岗", en="a person begins the working day"),
    "order": Text(zh="通知单跟踪", en="an order is looked at"),
    "weather": Text(zh="天气预警", en="a weather warning"),
    "drill": Text(zh="演练结束", en="a drill ended"),
}
_RELATIONS = {
    "maintainer": Text(zh="维修方", en="who maintains it"),
    "keeper": Text(zh="管理人", en="its keeper"),
    "doer": Text(zh="检查人", en="who did the check"),
    "supervisor": Text(zh="督导人", en="the supervisor"),
}
_LADDER = {
    "owner": Text(zh="责任人", en="the owner"),
    "team-lead": Text(zh="班组长", en="the team lead"),
    "safety-officer": Text(zh="安全管理员", en="the safety officer"),
    "responsible-person": Text(zh="负责人", en="the responsible person"),
}
_SCOPES = {
    "asset": Text(zh="设备停用", en="The device is taken out of use"),
    "place": Text(zh="部位停用", en="The place is closed"),
    "site-kitchen": Text(zh="厨房停用", en="The kitchens are closed"),
}


def consequence_text(do: Do, rule: Rule, rulebook: RuleBook) -> Text:  # noqa: C901, PLR0911 (one each)
    """Return one consequence of *rule* as a short sentence without its full stop."""
    match do:
        case OpenFinding():
            return _finding(do, rule)
        case StopUse(scope=scope, reason=reason):
            until = Text(zh="复查合格前", en="until verified")
            said = _SCOPES[scope]
            return Text(
                zh=f"{said.zh}（{until.zh}）：{reason.zh}", en=f"{said.en} {until.en}: {reason.en}"
            )
        case StartTask():
            return _task(do)
        case Escalate(to=to, rung=rung):
            who = _LADDER[to]
            return Text(zh=f"第 {rung} 级：上报{who.zh}", en=f"Rung {rung}: {who.en} is told")
        case Bar(roles=roles, reason=reason):
            names = value_text("person.roles", roles)
            return Text(
                zh=f"当日不得排{names.zh}：{reason.zh}",
                en=f"Off duty as {names.en} that day: {reason.en}",
            )
        case Charge():
            return _charge(do)
        case OpenChecklist():
            return _checklist(do, rulebook)
        case RaiseStaffing(post_kind=post, minimum=minimum, hours=hours):
            name, length = value_text("post.kind", post), hours.text
            return Text(
                zh=f"{name.zh}至少 {minimum} 人，持续 {length.zh}",
                en=f"At least {minimum} on {name.en} for {length.en}",
            )
        case Notice(to=to, text=text):
            who = _who(to)
            return Text(zh=f"告知{who.zh}：{text.zh}", en=f"{who.en} is told: {text.en}")
        case Conclude(fact=fact, value=value):
            title, word = fact_title(fact), value_text(fact, value)
            return Text(zh=f"推出：{title.zh} = {word.zh}", en=f"So {title.en} = {word.en}")


def _finding(do: OpenFinding, rule: Rule) -> Text:
    title, grave = do.title or rule.title, SEVERITY_NAMES[do.severity]
    zh, en = f"提出{grave.zh}问题：{title.zh}", f"A {grave.en} finding: {title.en}"
    if do.major_hazard:
        zh, en = f"{zh}（重大隐患）", f"{en} (major hazard)"
    return _to_whom(Text(zh=zh, en=en), do.owner, do.deadline)


def _task(do: StartTask) -> Text:
    zh, en = f"任务：{do.title.zh}", f"Task: {do.title.en}"
    if do.not_before is not None:
        zh, en = f"{zh}，满 {do.not_before.text.zh}后", f"{en}, not before {do.not_before.text.en}"
    if do.on_duty:
        zh, en = f"{zh}，由当班人员", f"{en}, by whoever is on duty"
    return _to_whom(Text(zh=zh, en=en), do.owner, do.within)


def _to_whom(said: Text, owner: str | None, limit: Duration | None) -> Text:
    zh, en = said.zh, said.en
    if owner is not None:
        zh, en = f"{zh}，{_who(owner).zh}负责", f"{en}, for {_who(owner).en}"
    if limit is not None:
        within = "" if limit.unit in {"same-day", "immediately"} else "within "
        after = "" if limit.unit in {"same-day", "immediately"} else "内"
        zh, en = f"{zh}，{limit.text.zh}{after}", f"{en}, {within}{limit.text.en}"
    return Text(zh=zh, en=en)


def _charge(do: Charge) -> Text:
    paid = {True: Text(zh="收费", en="charged"), False: Text(zh="不收费", en="free")}
    labour, materials = paid[do.labour], paid[do.materials]
    return Text(
        zh=f"有偿维修：材料{materials.zh}，人工{labour.zh}",
        en=f"Paid repair: materials {materials.en}, labour {labour.en}",
    )


def _checklist(do: OpenChecklist, rulebook: RuleBook) -> Text:
    if do.rule is not None:
        name = rulebook.rule(do.rule).title
    else:
        name = rulebook.checklist(str(do.checklist)).title
    said = Text(zh=f"打开检查：{name.zh}", en=f"Check opened: {name.en}")
    return _to_whom(said, None, do.within)


def _who(owner: str) -> Text:
    return _RELATIONS.get(owner) or value_text("person.roles", owner)
