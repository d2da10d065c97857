"""The life of a finding in words, entry by entry, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from inspections.rounds.findings import FindingDetail
from inspections.rounds.occurrence import LogEntry
from rules.text import Text
from web.formatting import moment

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
    who, at = one.by, one.at
    match one.kind:
        case "opened":
            title = Text(zh=f"{who.zh}发现", en=f"Found by {who.en}")
            return Entry(
                at, title, "finding-open", "bad", detail.detail, _NOTHING, detail.inspection_id
            )
        case "extended":
            until = moment(datetime.fromisoformat(one.data["to"]))
            title = Text(zh=f"{who.zh}准予延期至 {until}", en=f"{who.en} extended it to {until}")
            kept = Text(
                zh="原期限照样保留、照样统计。", en="The first deadline stays and still counts."
            )
            return Entry(at, title, "tick", "ink2", one.note, kept)
        case "assigned":
            title = Text(zh=f"{who.zh}指定责任人", en=f"{who.en} named the owner")
            return Entry(at, title, "person", "ink2", one.note, detail.owner_name or _NOTHING)
        case "noted":
            title = Text(zh=f"{who.zh}改了该项回答", en=f"{who.en} changed the answer")
            kept = Text(
                zh="问题仍须复查闭环。", en="The finding still needs a verification to close."
            )
            return Entry(at, title, "pencil", "ink2", one.note, kept)
    zh, en, icon, tone = _PLAIN.get(one.kind, ("记录", "Noted", "info", "ink2"))
    return Entry(at, Text(zh=f"{who.zh}{zh}", en=f"{en}: {who.en}"), icon, tone, one.note, _NOTHING)


def _deadline(one: LogEntry, detail: FindingDetail) -> Entry:
    until = moment(detail.first_due_at)
    title = Text(zh=f"期限 {until}", en=f"Deadline {until}")
    return Entry(
        one.at, title, "clock", "ink2", None, Text(zh="按规则算出", en="computed from the rule")
    )


_PLAIN: dict[str, tuple[str, str, str, str]] = {
    "started": ("开始整改", "Rectification begun", "finding-in_progress", "acc"),
    "submitted": ("提交整改", "Rectification submitted", "finding-awaiting_verification", "acc"),
    "confirmed": ("复查通过，已闭环", "Verified and closed", "finding-closed", "ok"),
    "rejected": ("复查不通过，退回整改", "Not verified, sent back", "finding-rejected", "bad"),
    "reopened": ("重开", "Reopened", "finding-open", "bad"),
    "escalated": ("升级", "Escalated", "hazard", "warn"),
    "known-until": ("登记为已知缺陷", "Marked as a known defect", "info", "ink2"),
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
