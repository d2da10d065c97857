"""A task as a VTODO, with the way back to its page."""

from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar

from inspections.device_tasks import DeviceTask
from inspections.reported import REPORTED
from rules.text import Language, Text
from web.feeds.event import FeedEvent, Task, component
from web.feeds.time_zones import vtimezone

HOST = "xunjian.invalid"
_MISSED = Text(zh="漏检，可补检", en="missed, may be made up")
_CHECK = Text(zh="应检", en="Check")
_OPEN_PAGE = Text(
    zh="请打开链接补上佐证；只勾选不算完成。",
    en="Open the link to bring the evidence; a tick alone does not count as done.",
)
_BECAUSE = Text(zh="依据：", en="Because of: ")
# Mandatory or not, what is due today comes first; task apps sort by due time anyway.
_PRIORITY = 5


def todo(task: DeviceTask, *, language: Language, zone: ZoneInfo, address: str) -> str:
    """
    Return the calendar text of *task*; equal states give equal text.

    What is only said to be done is in process: the phone shows it again, with what is missing.
    """
    matter = task.matter
    event = FeedEvent(
        uid=f"task-{task.key}@{HOST}",
        revision=0,
        changed_at=task.changed_at,
        starts=matter.opens_at.astimezone(zone),
        ends=matter.due_at.astimezone(zone),
        summary=_summary(task, language),
        description=_description(task, language),
        location=matter.place.in_language(language),
        url=address + matter.path,
        categories=(_CHECK.in_language(language),),
        organizer="Xunjian",
        task=Task(matter.due_at.astimezone(zone), _PRIORITY, _status(task)),
    )
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//Xunjian//Tasks//ZH")
    calendar.add_component(vtimezone(zone.key, matter.opens_at.year, matter.due_at.year))
    made = component(event)
    if matter.reported and not task.done:
        made.add("PERCENT-COMPLETE", 50)
    elif task.done:
        made.add("PERCENT-COMPLETE", 100)
    calendar.add_component(made)
    return bytes(calendar.to_ical()).decode()


def entity_tag(text: str) -> str:
    """Return a strong tag that changes if and only if the text does."""
    return sha256(text.encode()).hexdigest()


def _status(task: DeviceTask) -> str:
    if task.done:
        return "COMPLETED"
    started = task.matter.state == "in_progress"
    return "IN-PROCESS" if task.matter.reported or started else "NEEDS-ACTION"


def _summary(task: DeviceTask, language: Language) -> str:
    title = task.matter.title.in_language(language)
    place = task.matter.place.in_language(language)
    if task.done:
        state = None
    elif task.matter.reported:
        state = REPORTED
    else:
        state = _MISSED if task.matter.state == "missed" else None
    lead = f"{state.in_language(language)} · " if state else ""
    return f"{lead}{title} · {place}"


def _description(task: DeviceTask, language: Language) -> str:
    lines = []
    if task.matter.clause:
        lines.append(_BECAUSE.in_language(language) + task.matter.clause.in_language(language))
    if not task.done:
        lines.append(_OPEN_PAGE.in_language(language))
    return "\n".join(lines)
