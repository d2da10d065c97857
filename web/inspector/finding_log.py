"""The life of a finding in words, entry by entry, and what comes next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    """

    at: datetime
    title: Text
    icon: str
    tone: str
    note: str | None
    detail: Text
    link: str | None = None


def entries(detail: FindingDetail) -> list[Entry]:
    """Return the log in words: what, by whom, why."""
    shown: list[Entry] = []
    for one in detail.log:
        shown.append(_entry(one, detail))
        if one.kind == "opened":
            shown.append(_deadline(one, detail))
    return shown


def _entry(one: LogEntry, detail: FindingDetail) -> Entry:
    if one.kind == "noted" and "task" in one.data:
        return _task(one, detail)
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
    title = Text(zh=f"{one.by.zh}准予延期至 {until}", en=f"{one.by.en} extended it to {until}")
    kept = Text(zh="原期限照样保留、照样统计。", en="The first deadline stays and still counts.")
    return Entry(one.at, title, "tick", "ink2", one.note, kept)


def _assigned(one: LogEntry, _detail: FindingDetail) -> Entry:
    title = Text(zh=f"{one.by.zh}指定责任人", en=f"{one.by.en} named the owner")
    return Entry(one.at, title, "person", "ink2", one.note, one.data.get("to_name", _NOTHING))


def _escalated(one: LogEntry, _detail: FindingDetail) -> Entry:
    to = one.data.get("to_name") or Text(zh=one.data["to"], en=one.data["to"])
    title = Text(zh=f"{one.by.zh}升级给{to.zh}", en=f"{one.by.en} escalated it to {to.en}")
    return Entry(one.at, title, "hazard", "warn", one.note, _NOTHING)


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
    zh="期限照样统计；到期前巡查不必重复上报。",
    en="The deadline still counts; until then checks need not report it again.",
)
_PLAIN: dict[str, tuple[str, str, str, str]] = {
    "started": ("开始整改", "Rectification begun", "finding-in_progress", "acc"),
    "submitted": ("提交整改", "Rectification submitted", "finding-awaiting_verification", "acc"),
    "confirmed": ("复查通过，已闭环", "Verified and closed", "finding-closed", "ok"),
    "rejected": ("复查不通过，退回整改", "Not verified, sent back", "finding-rejected", "bad"),
    "reopened": ("重开", "Reopened", "finding-open", "bad"),
}
_WORDED: Mapping[str, Callable[[LogEntry, FindingDetail], Entry]] = {
    "opened": _opened,
    "extended": _extended,
    "assigned": _assigned,
    "escalated": _escalated,
    "known-until": _known,
    "noted": _changed,
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
