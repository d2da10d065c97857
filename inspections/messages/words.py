"""The words of messages: one language each, plain lines, the way back as a line of its own."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from inspections.messages.matters import Matter
from inspections.reported import REPORTED
from rules.text import Language, Text

_WEEKDAYS = {
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


class Words:
    """
    Speaks one language on one organisation's clock.

    Attributes:
        address: Where the pages are, without a slash at the end.
    """

    def __init__(self, language: Language, zone: ZoneInfo, address: str) -> None:
        self.language = language
        self.zone = zone
        self.address = address

    def say(self, text: Text) -> str:
        """Return *text* in this language."""
        return text.in_language(self.language)

    def both(self, zh: str, en: str) -> str:
        """Return the one of two texts that is in this language."""
        return zh if self.language == "zh" else en

    def moment(self, at: datetime) -> str:
        """Return day, weekday and clock time, for example `11月24日（周二）09:10`."""
        local = at.astimezone(self.zone)
        weekday = _WEEKDAYS[self.language][local.weekday()]
        if self.language == "zh":
            return f"{local.month}月{local.day}日（{weekday}）{local:%H:%M}"
        return f"{weekday} {local.day} {local:%b} {local:%H:%M}"

    def matter(self, matter: Matter, *, now: datetime) -> list[str]:
        """Return what is to be done as lines: what and where, until when, why, the way back."""
        due = self.moment(matter.due_at)
        over = matter.due_at < now
        until = self.both(f"{'已过期，应于 ' if over else '截止 '}{due}", f"due {due}")
        if over and self.language == "en":
            until = f"overdue, was {until}"
        marks = [until]
        if matter.state == "missed":
            marks.append(self.both("已漏检，可补检", "missed, may be made up"))
        if matter.reported:
            marks.insert(0, self.say(REPORTED))
        where = self.say(matter.place)
        lines = [
            f"· {self.say(matter.title)}（{where}）"
            if self.language == "zh"
            else f"· {self.say(matter.title)} ({where})"
        ]
        lines.append("  " + self.both("；", "; ").join(marks))
        if matter.clause:
            lines.append(self.both("  依据：", "  Because of: ") + self.say(matter.clause))
        return [*lines, self.address + matter.path]

    def section(self, title: Text, listed: Iterable[Matter], *, now: datetime) -> list[str]:
        """Return a heading with its matters; nothing where there are none."""
        lines = [line for matter in listed for line in self.matter(matter, now=now)]
        return (
            [
                f"【{self.say(title)}】" if self.language == "zh" else f"[{self.say(title)}]",
                *lines,
                "",
            ]
            if lines
            else []
        )

    def foot(self) -> list[str]:
        """Return who writes, and where to choose what is written."""
        return [
            self.both(
                "巡检自动发送，回复无人查看。接收方式在这里修改：",
                "Sent by Xunjian; nobody reads answers. Choose what you get here:",
            ),
            f"{self.address}/account/messages",
        ]
