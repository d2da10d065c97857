"""Calendar events in the language of their link: the state leads, the clause and the way back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from inspections.feeds.choices import Choices
from inspections.feeds.item import FeedItem
from inspections.feeds.stamping import Stamp
from inspections.states import FINDING_STATE_NAMES, STATE_NAMES
from rules.text import Text
from web.feeds.event import FeedEvent, Task

HOST = "xunjian.invalid"
# Alarms of whole-day events count from this hour: nobody wants to be told at midnight.
MORNING = timedelta(hours=8)
_FINDING_MINUTES = timedelta(minutes=30)
_CANCELLED = Text(zh="已取消", en="Cancelled")
_BUSY = Text(zh="忙碌", en="Busy")
_LEADS = {
    "drill": Text(zh="演练", en="Drill"),
    "finding": Text(zh="整改到期", en="Fix by"),
    "shift": Text(zh="班次", en="Shift"),
    "opening": Text(zh="窗口开启", en="Window opens"),
    "certificate": Text(zh="证书到期", en="Certificate expires"),
    "rule": Text(zh="新规生效", en="Rule takes effect"),
}
_CATEGORIES = {
    "occurrence": Text(zh="应检", en="Check"),
    "drill": Text(zh="演练", en="Drill"),
    "finding": Text(zh="整改", en="Finding"),
    "shift": Text(zh="班次", en="Shift"),
    "opening": Text(zh="法定期限", en="Legal horizon"),
    "certificate": Text(zh="法定期限", en="Legal horizon"),
    "rule": Text(zh="法定期限", en="Legal horizon"),
}
# Nothing rings for what is done or over, nor for what is no appointment of anybody.
_RINGING = frozenset({"scheduled", "in_progress", "open", "published"})
_PRIORITIES = {"severe": 1, "moderate": 5, "minor": 9}
_STATUSES = {"open": "NEEDS-ACTION", "in_progress": "IN-PROCESS", "closed": "COMPLETED"}


class Wording:
    """Words the items of a link with these choices."""

    def __init__(self, choices: Choices, zone: ZoneInfo, address: str) -> None:
        self._choices = choices
        self._zone = zone
        self._address = address

    def say(self, text: Text) -> str:
        """Return *text* in the language of the link."""
        return text.zh if self._choices.language == "zh" else text.en

    def events(self, item: FeedItem) -> list[FeedEvent]:
        """Return the events of *item*: a deadline may be one, a to-do, or both."""
        if item.kind != "finding":
            return [self._event(item)]
        wanted = self._choices.deadlines
        found = [self._event(item)] if wanted != "todo" else []
        return [*found, self._task(item)] if wanted != "event" else found

    def titles(self, item: FeedItem) -> tuple[str, str]:
        """Return summary and location of *item*."""
        cancelled = item.handed_over or item.state == "cancelled"
        return self._summary(item, cancelled=cancelled), self._location(item)

    def cut(self, left_out: int, today: date, stamp: Stamp, key: str) -> FeedEvent:
        """Return a note that the calendar does not show everything."""
        text = Text(
            zh=f"此日历放不下：另有 {left_out} 项请在巡检中查看",
            en=f"This calendar is full: see {left_out} more in Xunjian",
        )
        advice = Text(
            zh="可在订阅页把时间范围改短，让近期事项都显示。",
            en="Choose a shorter span on the subscription page to see all that is near.",
        )
        return FeedEvent(
            uid=f"{key}@{HOST}",
            revision=stamp.revision,
            changed_at=stamp.changed_at,
            starts=today,
            ends=today + timedelta(days=1),
            summary=self.say(text),
            description=self.say(advice),
            location="",
            url=f"{self._address}/calendar",
            categories=(),
            organizer="Xunjian",
        )

    def _event(self, item: FeedItem) -> FeedEvent:
        starts, ends = self._span(item)
        cancelled = item.handed_over or item.state == "cancelled"
        busy = self._choices.detail == "busy"
        return FeedEvent(
            uid=f"{item.key}@{HOST}",
            revision=item.revision,
            changed_at=_changed(item),
            starts=starts,
            ends=ends,
            summary=self._summary(item, cancelled=cancelled),
            description=self._description(item),
            location="" if busy else self._location(item),
            url="" if busy else self._address + item.path,
            categories=() if busy else (self.say(_CATEGORIES[item.kind]),),
            organizer="Xunjian" if busy else self.say(item.site),
            cancelled=cancelled,
            alarms=() if cancelled else self._alarms(item, whole_day=item.starts is None),
        )

    def _task(self, item: FeedItem) -> FeedEvent:
        """Return the deadline as a to-do; its UID is another one, since both may be shown."""
        event = self._event(item)
        due = (item.due_at or _changed(item)).astimezone(self._zone)
        found = (item.found_at or due).astimezone(self._zone)
        starts = min(found, due).replace(microsecond=0)
        status = "CANCELLED" if event.cancelled else _STATUSES.get(item.state, "IN-PROCESS")
        task = Task(due, _PRIORITIES.get(item.severity or "", 5), status)
        return FeedEvent(
            **{
                **vars(event),
                "uid": f"{item.key}-todo@{HOST}",
                "starts": starts,
                "ends": due,
                # Alarms count from the start of a to-do, long before it is due.
                "alarms": (),
                "task": task,
            }
        )

    def _span(self, item: FeedItem) -> tuple[datetime | date, datetime | date]:
        if item.starts is None or item.ends is None:
            day = item.day or _changed(item).date()
            return day, day + timedelta(days=1)
        starts, ends = item.starts.astimezone(self._zone), item.ends.astimezone(self._zone)
        # A deadline is a moment; calendars show half an hour before it.
        return (starts, ends) if ends > starts else (starts - _FINDING_MINUTES, ends)

    def _lead(self, item: FeedItem) -> str:
        """Return the state word; where nothing happened yet, the kind of thing says more."""
        begun = item.state not in {"scheduled", "published", "ahead", "open", "in_progress"}
        if item.kind in _LEADS and not (begun and item.kind in {"drill", "finding"}):
            return self.say(_LEADS[item.kind])
        names = FINDING_STATE_NAMES if item.kind == "finding" else STATE_NAMES
        word = self.say(names[item.state])
        return word[:1].upper() + word[1:]

    def _summary(self, item: FeedItem, *, cancelled: bool) -> str:
        if self._choices.detail == "busy":
            parts = [self.say(_BUSY)]
        else:
            parts = [self.say(item.title)]
            if item.kind != "shift" and item.place != item.title:
                parts.append(self.say(item.place))
            if not cancelled:
                parts.insert(0, self._lead(item))
        whole = " · ".join(part for part in parts if part)
        return self._line(_CANCELLED, whole) if cancelled else whole

    def _location(self, item: FeedItem) -> str:
        site, place = self.say(item.site), self.say(item.place)
        return site if site == place else f"{site} · {place}"

    def _description(self, item: FeedItem) -> str:
        if self._choices.detail != "full":
            return ""
        lines = []
        if item.handed_over:
            text = Text(
                zh="已改派他人，不再由您负责。", en="Handed to somebody else; no longer yours."
            )
            lines.append(self.say(text))
        if item.clause is not None:
            lines.append(self._line(Text(zh="依据", en="Because of"), self.say(item.clause)))
        lines += self._people(item)
        if item.due_at is not None:
            due = f"{item.due_at.astimezone(self._zone):%Y-%m-%d %H:%M}"
            lines.append(self._line(Text(zh="截止", en="Due"), due))
        lines += [self._line(label, self.say(value)) for label, value in item.facts]
        if item.provisional:
            text = Text(
                zh="暂定：该年放假安排尚未公布。",
                en="Provisional: public holidays of that year are not published yet.",
            )
            lines.append(self.say(text))
        return "\n".join(lines)

    def _people(self, item: FeedItem) -> list[str]:
        """Return why it is the link's person, or who it is."""
        own = next((one for one in item.who if one.key == self._choices.person), None)
        if own and own.reason:
            return [self._line(Text(zh="为什么是您", en="Why you"), self.say(own.reason))]
        if item.kind == "finding" and self._choices.person and not item.handed_over:
            reason = Text(zh="由您负责整改", en="you put it right")
            return [self._line(Text(zh="为什么是您", en="Why you"), self.say(reason))]
        if not item.who or own:
            return []
        joint = "、" if self._choices.language == "zh" else ", "
        names = joint.join(self.say(one.name) for one in item.who)
        return [self._line(Text(zh="人员", en="Who"), names)]

    def _line(self, label: Text, value: str) -> str:
        joint = "：" if self._choices.language == "zh" else ": "
        return f"{self.say(label)}{joint}{value}"

    def _alarms(self, item: FeedItem, *, whole_day: bool) -> tuple[int, ...]:
        if item.state not in _RINGING:
            return ()
        shift = int(MORNING.total_seconds()) // 60 if whole_day else 0
        return tuple(minutes - shift for minutes in self._choices.alarms)


def _changed(item: FeedItem) -> datetime:
    if item.changed_at is None:
        raise ValueError(f"{item.key} was not stamped.")
    return item.changed_at
