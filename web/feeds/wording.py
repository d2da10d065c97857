"""Calendar events in the language of their link: the state leads, the clause and the way back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from inspections.queries.feed_item import FeedItem
from inspections.states import FINDING_STATE_NAMES, STATE_NAMES
from inspections.subscriptions import Link
from rules.pack import Rule
from rules.rulebook import RuleBook
from rules.text import Text
from web.feeds.event import FeedEvent

HOST = "xunjian.invalid"
# Alarms of whole-day events count from this hour: nobody wants to be told at midnight.
MORNING = timedelta(hours=8)
_FINDING_MINUTES = timedelta(minutes=30)
_SHIFT = Text(zh="班次", en="shift")
_DUE = Text(zh="整改到期", en="fix by")
_PATHS = {"occurrence": "/occurrences/{ref}", "finding": "/findings/{ref}", "shift": "/roster"}
_CATEGORIES = {
    "occurrence": Text(zh="应检", en="Check"),
    "finding": Text(zh="整改", en="Finding"),
    "shift": Text(zh="班次", en="Shift"),
}


class Wording:
    """Words the items of one link."""

    def __init__(self, link: Link, rulebook: RuleBook, time_zone: str, address: str) -> None:
        self._link = link
        self._rulebook = rulebook
        self._zone = ZoneInfo(time_zone)
        self._address = address

    def say(self, text: Text) -> str:
        """Return *text* in the language of the link."""
        return text.zh if self._link.language == "zh" else text.en

    def event(self, item: FeedItem) -> FeedEvent:
        """Return the event of *item*."""
        whole_day = item.starts is None or item.ends is None
        starts, ends = self._span(item)
        return FeedEvent(
            uid=f"{item.key}@{HOST}",
            revision=item.revision,
            changed_at=item.changed_at,
            starts=starts,
            ends=ends,
            summary=self._summary(item),
            description="\n".join(self._description(item)),
            location=self._location(item),
            url=self._address + _PATHS[item.kind].format(ref=item.ref),
            categories=(self.say(_CATEGORIES[item.kind]),),
            organizer=self.say(item.site),
            cancelled=item.state == "cancelled",
            alarms=self._alarms(item, whole_day=whole_day),
        )

    def cut(self, left_out: int, now: datetime) -> FeedEvent:
        """Return a note that the calendar does not show everything."""
        today = now.astimezone(self._zone).date()
        text = Text(
            zh=f"此日历放不下：另有 {left_out} 项请在巡检中查看",
            en=f"This calendar is full: see {left_out} more in Xunjian",
        )
        return FeedEvent(
            uid=f"cut-{self._link.id}@{HOST}",
            revision=left_out,
            changed_at=self._link.created_at,
            starts=today,
            ends=today + timedelta(days=1),
            summary=self.say(text),
            description=self.say(text),
            location="",
            url=self._address,
            categories=(),
            organizer="Xunjian",
        )

    def _span(self, item: FeedItem) -> tuple[datetime | date, datetime | date]:
        if item.starts is None or item.ends is None:
            day = item.day or item.changed_at.date()
            return day, day + timedelta(days=1)
        starts, ends = item.starts.astimezone(self._zone), item.ends.astimezone(self._zone)
        # A deadline is a moment; calendars show half an hour before it.
        return (starts, ends) if ends > starts else (starts - _FINDING_MINUTES, ends)

    def _state(self, item: FeedItem) -> str:
        if item.kind == "shift":
            return self.say(_SHIFT)
        if item.kind == "finding" and item.state != "closed":
            return self.say(_DUE)
        names = FINDING_STATE_NAMES if item.kind == "finding" else STATE_NAMES
        word = self.say(names[item.state])
        return word[:1].upper() + word[1:]

    def _summary(self, item: FeedItem) -> str:
        parts = [self._state(item), self._title(item)]
        if item.kind != "shift":
            parts.append(self.say(item.place))
        return " · ".join(part for part in parts if part)

    def _title(self, item: FeedItem) -> str:
        rule = self._rule(item)
        title = item.title or (rule.title if rule else None)
        return self.say(title) if title else item.rule or ""

    def _rule(self, item: FeedItem) -> Rule | None:
        return self._rulebook.rules.get(item.rule or "")

    def _location(self, item: FeedItem) -> str:
        site, place = self.say(item.site), self.say(item.place)
        return site if site == place else f"{site} · {place}"

    def _description(self, item: FeedItem) -> list[str]:
        lines = []
        rule = self._rule(item)
        if rule is not None:
            clause = self.say(self._rulebook.clause_text(rule))
            lines.append(self._line("依据", "Because of", clause))
        if item.reason:
            lines.append(self._line("为什么是您", "Why you", self.say(item.reason)))
        elif item.who:
            joint = "、" if self._link.language == "zh" else ", "
            lines.append(self._line("人员", "Who", joint.join(self.say(name) for name in item.who)))
        if item.due_at is not None:
            lines.append(
                self._line("截止", "Due", f"{item.due_at.astimezone(self._zone):%Y-%m-%d %H:%M}")
            )
        if item.provisional:
            text = Text(
                zh="暂定：该年放假安排尚未公布。",
                en="Provisional: public holidays of that year are not published yet.",
            )
            lines.append(self.say(text))
        return lines

    def _line(self, zh: str, en: str, value: str) -> str:
        return f"{zh}：{value}" if self._link.language == "zh" else f"{en}: {value}"

    def _alarms(self, item: FeedItem, *, whole_day: bool) -> tuple[int, ...]:
        """Nothing rings for what is done or over."""
        if item.state not in {"scheduled", "in_progress", "open", "published"}:
            return ()
        shift = int(MORNING.total_seconds()) // 60 if whole_day else 0
        return tuple(minutes - shift for minutes in self._link.alarms)
