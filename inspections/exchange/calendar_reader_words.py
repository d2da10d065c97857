"""What may be wrong with a row of a term calendar, and what to do about it."""

from collections.abc import Iterable

from inspections.calendars.entries import KIND_NAMES
from rules.text import Text

NO_KIND = Text(zh="没有填写种类。", en="The kind is missing.")
KINDS = Text(
    zh=f"可用：{'、'.join(text.zh for text in KIND_NAMES.values())}。",
    en=f"Use one of: {', '.join(text.en for text in KIND_NAMES.values())}.",
)
NO_NAME = Text(zh="没有填写名称。", en="The name is missing.")
GIVE_NAME = Text(zh="请填写中文或英文名称。", en="Give it in Chinese or in English.")
NO_DAY = Text(zh="这不是存在的日期。", en="This is not a date that exists.")
WRITE_DAY = Text(zh="请照 2027-01-23 的样子写。", en="Write it like 2027-01-23.")
BACKWARDS = Text(zh="结束日早于开始日。", en="It ends before it begins.")
CORRECT_DAYS = Text(zh="请改正其中一个日期。", en="Correct one of the two days.")
ONE_HOUR = Text(zh="开门和关门只填了一个。", en="Only one of opening and closing is given.")
BOTH_HOURS = Text(zh="请都填写，或都留空。", en="Give both, or leave both empty.")
NO_WEEKDAY = Text(zh="这不是星期几。", en="This is not a weekday.")
WRITE_WEEKDAY = Text(zh="请照 周四 的样子写。", en="Write it like Thursday.")
NO_YES = Text(zh="须是“是”或留空。", en="This is neither yes nor empty.")
WRITE_YES = Text(zh="请填“是”或留空。", en="Write yes, or leave it empty.")
TWICE = Text(zh="这个编号用了两次。", en="This id is used twice.")
OTHER_ID = Text(zh="请换一个编号。", en="Use another id.")


def unknown_kind(given: str) -> Text:
    """Return that no kind is called *given*."""
    return Text(zh=f"不认识的种类“{given}”。", en=f"There is no kind {given!r}.")


def unknown_site(given: str, known: Iterable[str]) -> tuple[Text, Text]:
    """Return that no one of the *known* sites is called *given*, and which there are."""
    listed = sorted(known)
    names = ", ".join(listed[:12]) + (" …" if len(listed) > 12 else "")
    message = Text(
        zh=f"没有（唯一的）场所“{given}”。", en=f"There is no one site called {given!r}."
    )
    return message, Text(zh=f"请填写编号：{names}。", en=f"Give its id: {names}.")
