"""The life of a finding in words, entry by entry, and what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from inspections.rounds.findings import FindingDetail
from inspections.rounds.occurrence import LogEntry
from rules.text import Text
from web.formatting import day, moment
from web.inspector.answer_words import answer_words

_NOTHING = Text.model_construct(zh="", en="")


@dataclass(frozen=True)
class Entry:
    """
    One entry of the timeline.

    Attributes:
        link: The inspection that the entry came from.
        photos: Hashes of what proves it.
    """

    at: datetime
    title: Text
    icon: str
    tone: str
    note: str | None
    detail: Text
    link: str | None = None
    photos: tuple[str, ...] = ()


def entries(detail: FindingDetail) -> list[Entry]:
    """Return the log in words: what, by whom, why."""
    shown: list[Entry] = []
    for one in detail.log:
        photos = detail.photos if one.kind == "opened" else one.data.get("photos", ())
        shown.append(replace(_entry(one, detail), photos=tuple(photos)))
        if one.kind == "opened":
            shown.append(_deadline(one, detail))
    return shown


def _entry(one: LogEntry, detail: FindingDetail) -> Entry:
    if one.kind == "noted":
        worded_by = next((word for key, word in _NOTED.items() if key in one.data), _changed)
        return worded_by(one, detail)
    worded = _WORDED.get(one.kind)
    if worded is not None:
        return worded(one, detail)
    zh, en, icon, tone = _PLAIN.get(one.kind, ("记录", "Noted", "info", "ink2"))
    title = Text(zh=f"{one.by.zh}{zh}", en=f"{en}: {one.by.en}")
    return Entry(one.at, title, icon, tone, one.note, _NOTHING)


def _opened(one: LogEntry, detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}发现", en=f"Found by {one.by.en}")
    why, link = detail.why or _NOTHING, detail.inspection_id
    return Entry(one.at, title, "finding-open", "bad", detail.detail, why, link)


def _extended(one: LogEntry, _detail: FindingDetail) -> Entry:
    until = moment(datetime.fromisoformat(one.data["to"]))
    title = Text(zh=f"{one.by.zh}准予延期至 {until}", en=f"{one.by.en} granted time until {until}")
    kept = Text(zh="原期限照样保留、照样统计。", en="The first deadline stays and still counts.")
    return Entry(one.at, title, "tick", "ink2", one.note, kept)


def _asked(one: LogEntry, _detail: FindingDetail) -> Entry:
    until = moment(datetime.fromisoformat(one.data["until"]))
    title = Text(
        zh=f"{one.by.zh}申请延期至 {until}", en=f"{one.by.en} asked for time until {until}"
    )
    waits = Text(
        zh="批准之前期限不变。", en="The deadline stays as it is until somebody grants it."
    )
    return Entry(one.at, title, "question", "warn", one.note, waits)


def _not_extended(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}不批准延期", en=f"{one.by.en} refused more time")
    kept = Text(zh="期限不变。", en="The deadline stays as it is.")
    return Entry(one.at, title, "cross", "bad", one.note, kept)


def _chased(one: LogEntry, _detail: FindingDetail) -> Entry:
    number, to = one.data["number"], one.data.get("to_name", _NOTHING)
    title = Text(
        zh=f"{one.by.zh}发催办函 {number} 给{to.zh}",
        en=f"{one.by.en} sent chase letter {number} to {to.en}",
    )
    if one.data.get("withdrawn"):
        title = Text(
            zh=f"{one.by.zh}撤回催办函 {number}", en=f"{one.by.en} withdrew chase letter {number}"
        )
    return Entry(one.at, title, "mail", "ink2", one.note, _NOTHING)


def _same(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(
        zh=f"{one.by.zh}检查时认定为同一问题，并入本问题",
        en=f"{one.by.en} found it again and named it the same: kept here",
    )
    return Entry(one.at, title, "finding-open", "bad", one.note, _NOTHING, one.data["seen"])


def _measures(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}当场采取措施", en=f"{one.by.en} took measures on the spot")
    return Entry(one.at, title, "shield", "ink2", one.note, _NOTHING)


def _same_as(one: LogEntry, _detail: FindingDetail) -> Entry:
    other = one.data["same_as"]
    title = Text(
        zh=f"{one.by.zh}认定与 {other} 为同一问题", en=f"{one.by.en} named it the same as {other}"
    )
    return Entry(one.at, title, "link", "ink2", one.note, _NOTHING)


def _assigned(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}指定责任人", en=f"{one.by.en} named the owner")
    return Entry(one.at, title, "person", "ink2", one.note, one.data.get("to_name", _NOTHING))


def _escalated(one: LogEntry, _detail: FindingDetail) -> Entry:
    key = one.data.get("to")
    to = one.data.get("to_name") or (Text(zh=key, en=key) if key else _NOBODY)
    if "rung" not in one.data:
        title = Text(zh=f"{one.by.zh}升级给{to.zh}", en=f"{one.by.en} escalated it to {to.en}")
        return Entry(one.at, title, "hazard", "warn", one.note, _NOTHING)
    role, rung = _ROLES[one.data["role"]], one.data["rung"]
    if key is None and one.data["role"] == "owner":
        to = _NO_OWNER
    title = Text(
        zh=f"逾期升级第 {rung} 级：{role.zh}{to.zh}",
        en=f"Escalated, rung {rung}: {role.en}, {to.en}",
    )
    return Entry(one.at, title, "hazard", "warn", one.note, Text(**one.data["text"]))


def _known(one: LogEntry, _detail: FindingDetail) -> Entry:
    until = day(datetime.fromisoformat(one.data["until"]))
    title = Text(
        zh=f"{one.by.zh}登记为已知缺陷，至 {until}",
        en=f"{one.by.en} marked it a known defect until {until}",
    )
    return Entry(one.at, title, "info", "ink2", one.note, _KNOWN)


def _changed(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}改了该项回答", en=f"{one.by.en} changed the answer")
    kept = Text(zh="问题仍须复查闭环。", en="The finding still needs a verification to close.")
    return Entry(one.at, title, "pencil", "ink2", one.note, kept)


def _seen(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(
        zh=f"{one.by.zh}巡查时再次见到，按已知缺陷不另开问题",
        en=f"Seen again by {one.by.en}: a known defect, so no new finding",
    )
    return Entry(one.at, title, "info", "ink2", one.note, _NOTHING, one.data["seen"])


def _stopped(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh="停用，复查合格前不得使用", en="Use stopped until somebody verifies it")
    return Entry(one.at, title, "lock", "bad", one.note, _NOTHING)


def _gathered(one: LogEntry, _detail: FindingDetail) -> Entry:
    about = one.data.get("about")
    what = Text(**about) if about else _NOTHING
    title = Text(zh="又发生一次，并入本问题", en="It happened again and is kept here")
    return Entry(one.at, title, "finding-open", "bad", one.note, what)


def _graver(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh="按规则加重或缩短期限", en="Made graver or shorter by a rule")
    return Entry(one.at, title, "hazard", "bad", one.note, _NOTHING)


def _task(one: LogEntry, detail: FindingDetail) -> Entry:
    key = one.data["task"]
    task = next((each for each in detail.follow_ups if each.key == key), None)
    what = task.title if task else Text(zh=key, en=key)
    ok = one.data["verdict"] == "pass"
    came = Text(zh="通过", en="passed") if ok else Text(zh="未通过", en="did not pass")
    title = Text(
        zh=f"{one.by.zh}完成“{what.zh}”：{came.zh}", en=f"{one.by.en} did “{what.en}”: {came.en}"
    )
    words = _NOTHING
    if task and task.item and one.data["reading"] is not None:
        words = answer_words(task.item, one.data["reading"], one.data["verdict"])
    icon, tone = ("tick", "ok") if ok else ("cross", "bad")
    return Entry(one.at, title, icon, tone, one.note, words)


def _deadline(one: LogEntry, detail: FindingDetail) -> Entry:
    until = moment(detail.first_due_at)
    title = Text(zh=f"期限 {until}", en=f"Deadline {until}")
    return Entry(
        one.at, title, "clock", "ink2", None, Text(zh="按规则算出", en="computed from the rule")
    )


_KNOWN = Text(
    zh="期限照样统计；到期前巡查不重复开问题，也不升级。次日起自动失效。",
    en="The deadline still counts. Until then checks open no new finding and nothing is "
    "escalated; the day after, the mark ends by itself.",
)
_NOBODY = Text(zh="（无人任此岗）", en="nobody holds that role")
_NO_OWNER = Text(zh="（未指定）", en="nobody named")
_ROLES: Mapping[str, Text] = {
    "owner": Text(zh="责任人", en="owner"),
    "team-lead": Text(zh="班组长", en="team lead"),
    "safety-officer": Text(zh="安全管理员", en="safety officer"),
    "responsible-person": Text(zh="负责人", en="responsible person"),
}
_PLAIN: dict[str, tuple[str, str, str, str]] = {
    "started": ("开始整改", "Rectification begun", "finding-in_progress", "acc"),
    "submitted": ("提交整改", "Rectification submitted", "finding-awaiting_verification", "acc"),
    "confirmed": ("复查通过，已闭环", "Verified and closed", "finding-closed", "ok"),
    "rejected": ("复查不通过，退回整改", "Not verified, sent back", "finding-rejected", "bad"),
    "reopened": ("重开", "Reopened", "finding-open", "bad"),
    "extension-withdrawn": ("撤回延期申请", "Request for more time taken back", "undo", "ink2"),
}
_WORDED: Mapping[str, Callable[[LogEntry, FindingDetail], Entry]] = {
    "opened": _opened,
    "extended": _extended,
    "extension-asked": _asked,
    "extension-refused": _not_extended,
    "chased": _chased,
    "assigned": _assigned,
    "escalated": _escalated,
    "known-until": _known,
}
# What a note is about, by the data that it carries.
_NOTED: Mapping[str, Callable[[LogEntry, FindingDetail], Entry]] = {
    "task": _task,
    "same": _same,
    "same_as": _same_as,
    "measures": _measures,
    "seen": _seen,
    "stopped": _stopped,
    "event": _gathered,
    "severity": _graver,
    "major_hazard": _graver,
    "due_at": _graver,
}

NEXT: dict[str, Text] = {
    "open": Text(zh="整改，并写明怎么改的", en="Put it right and say how"),
    "in_progress": Text(
        zh="改好后提交，再由他人复查", en="Submit it, then another person verifies"
    ),
    "awaiting_verification": Text(
        zh="由整改人以外的人现场复查", en="Another person verifies on the spot"
    ),
}
OTHERWISE = Text(
    zh="到期未闭环：标为逾期，留在超期清单上。",
    en="If not closed by then: it is tagged overdue and stays on the overdue list.",
)
