"""What happened to an occurrence, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from inspections.rounds.occurrence import LogEntry
from rules.text import Text


@dataclass(frozen=True)
class Happened:
    """An entry of the log in words."""

    at: datetime
    title: Text
    by: Text
    note: str | None
    icon: str
    tone: str


# Kind of event: words in both languages, icon, tone.
_EVENTS: Mapping[str, tuple[str, str, str, str]] = {
    "started": ("开始检查", "Check begun", "occurrence-in_progress", "acc"),
    "performed": ("完成检查", "Check performed", "occurrence-done", "ok"),
    "made-up": ("补检", "Make-up check", "tick", "ink2"),
    "missed": (
        "窗口已过，没有记录：漏检",
        "No record in the window: missed",
        "occurrence-missed",
        "bad",
    ),
    "recovered": ("记录晚到，按时完成", "Record arrived late, done in time", "tick", "ok"),
    "excused": ("豁免", "Excused", "occurrence-excused", "ink2"),
    "cancelled": ("取消", "Cancelled", "occurrence-cancelled", "ink2"),
    "rescheduled": ("重新列入", "Scheduled again", "undo", "ink2"),
    "moved": ("改期", "Moved", "swap", "ink2"),
    "explained": ("说明原因", "Explained", "info", "ink2"),
    "reported": ("报完成，缺佐证", "Reported done, evidence missing", "question", "warn"),
    "report-withdrawn": ("撤回报完成", "Report taken back", "undo", "ink2"),
    "signed": ("签字确认", "Signed", "pencil", "ink2"),
}


def happened(entry: LogEntry) -> Happened:
    """Return *entry* in words; an unknown kind keeps its name."""
    zh, en, icon, tone = _EVENTS.get(entry.kind, (entry.kind, entry.kind, "info", "ink2"))
    return Happened(entry.at, Text(zh=zh, en=en), entry.by, entry.note, icon, tone)
