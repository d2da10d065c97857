"""What each hard rule is called when it stops people."""

from collections.abc import Iterable, Mapping

from rules.text import Text
from scheduler.assignment.problem import Code, Task, Titles

STOPS: tuple[Code, ...] = (
    "no-role",
    "no-qualification",
    "excluded",
    "absent",
    "not-working",
    "overlap",
    "capacity",
)


def joined(texts: Iterable[Text], zh: str = "，", en: str = ", ") -> Text:
    """Join texts with the separators of each language."""
    parts = list(texts)
    return Text(zh=zh.join(part.zh for part in parts), en=en.join(part.en for part in parts))


def titled(codes: Iterable[str], titles: Mapping[str, Text], *, any_of: bool = False) -> Text:
    """Name roles or certificates; a code without a title stands for itself."""
    names = [titles.get(code, Text(zh=code, en=code)) for code in codes]
    return joined(names, "或", " or ") if any_of else joined(names, "、", " and ")


def stop_text(code: Code, task: Task, titles: Titles) -> Text:
    """Say what stops someone from *task*, as the end of a sentence about a person."""
    roles = titled(task.roles, titles.roles, any_of=True) if task.roles else None
    held = titled(task.qualifications, titles.certificates) if task.qualifications else None
    words: dict[Code, Text] = {
        "no-role": _text("不任岗位“{}”", "not in the role {}", roles),
        "no-qualification": _text("没有当天有效的“{}”", "without a {} valid that day", held),
        "excluded": Text(
            zh="是保管人、维保人或被检查人，须回避",
            en="keeper, maintainer or checked themselves, so must not do it",
        ),
        "absent": Text(zh="当天请假或停排", en="on leave or blocked that day"),
        "not-working": Text(zh="当时不上班", en="not at work then"),
        "overlap": Text(zh="同一时段已有别的任务", en="busy with other tasks at that time"),
        "capacity": Text(
            zh=f"当天剩余时间不足 {task.minutes} 分钟",
            en=f"with less than {task.minutes} minutes left that day",
        ),
        "mixed": Text(zh="另有原因", en="stopped for other reasons"),
    }
    return words[code]


def _text(zh: str, en: str, name: Text | None) -> Text:
    shown = name or Text(zh="所需条件", en="what is needed")
    return Text(zh=zh.format(shown.zh), en=en.format(shown.en))
