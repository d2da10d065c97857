"""Calendars of an organisation: spans that end after they begin and do not overlap."""

from collections.abc import Iterable, Iterator
from datetime import date

from rules.complaint import Complaint
from rules.organisation.raw import Raw, calendar, day, items, minute, sites, texts
from rules.text import Text
from rules.vocabulary import Vocabulary
from rules.yaml_document import Location

_DAY = 24 * 60


def complaints(data: Raw, vocabulary: Vocabulary) -> Iterator[Complaint]:  # noqa: ARG001
    """Yield what is wrong with hours, closed days, terms, exams, meals, absences, certificates."""
    for at, site in sites(data):
        yield from _calendar(calendar(site), (*at, "calendar"))
        for here, post in items(site, "posts", at):
            yield from _shifts(post, here)
    for at, person in items(data, "people"):
        yield from absence_complaints(person, at)
        yield from _backwards(items(person, "qualifications", at))


def absence_complaints(person: Raw, at: Location) -> Iterator[Complaint]:
    """Yield what is wrong with the absences of one person."""
    yield from _spans(items(person, "absences", at), Text(zh="缺勤", en="absence"))


def _calendar(data: Raw, at: Location) -> Iterator[Complaint]:
    yield from _openings(data, at)
    yield from _backwards(items(data, "closed", at))
    yield from _backwards(items(data, "exams", at))
    yield from _spans(items(data, "terms", at), Text(zh="学期", en="term"))
    yield from _once(
        items(data, "extra", at), "on", Text(zh="这一天写了两次。", en="This day is given twice.")
    )
    yield from _once(
        items(data, "meals", at),
        "meal",
        Text(zh="这一餐写了两次。", en="This meal is given twice."),
    )
    yield from _meals(data, at)


def _backwards(found: Iterable[tuple[Location, Raw]]) -> Iterator[Complaint]:
    for at, item in found:
        since, until = day(item, "from"), day(item, "until")
        if since is not None and until is not None and until < since:
            message = Text(
                zh=f"结束日 {until} 早于开始日 {since}。",
                en=f"It ends on {until}, before it begins on {since}.",
            )
            yield Complaint(
                (*at, "until"),
                message,
                Text(zh="请改正 from 或 until。", en="Correct from or until."),
            )


def _spans(found: Iterable[tuple[Location, Raw]], kind: Text) -> Iterator[Complaint]:
    """Spans of days, both ends included, of which no two may share a day."""
    listed = list(found)
    yield from _backwards(listed)
    dated: list[tuple[date, date, Location]] = []
    for at, item in listed:
        since, until = day(item, "from"), day(item, "until")
        if since is not None and until is not None and since <= until:
            clash = next(((a, b) for a, b, _ in dated if a <= until and since <= b), None)
            if clash:
                yield _overlap(at, kind, *clash)
            dated.append((since, until, at))


def _overlap(at: Location, kind: Text, since: date, until: date) -> Complaint:
    message = Text(
        zh=f"与另一段{kind.zh}（{since} 至 {until}）重叠。",
        en=f"It overlaps another {kind.en} ({since} to {until}).",
    )
    return Complaint(
        (*at, "from"),
        message,
        Text(zh="请合并，或改正日期。", en="Join them, or correct the dates."),
    )


def _openings(data: Raw, at: Location) -> Iterator[Complaint]:
    taken: dict[str, list[tuple[int, int]]] = {}
    for here, span in items(data, "opening", at):
        opens, closes = minute(span, "opens"), minute(span, "closes")
        if opens is None or closes is None:
            continue
        ends = closes if closes > opens else closes + _DAY
        for _, weekday in texts(span, "days"):
            if any(a < ends and opens < b for a, b in taken.get(weekday, ())):
                message = Text(
                    zh=f"{weekday} 的开放时段互相重叠。",
                    en=f"The opening hours of {weekday} overlap.",
                )
                yield Complaint(
                    (*here, "opens"), message, Text(zh="请改正时段。", en="Correct the hours.")
                )
            taken.setdefault(weekday, []).append((opens, ends))


def _once(found: Iterable[tuple[Location, Raw]], name: str, message: Text) -> Iterator[Complaint]:
    seen: set[str] = set()
    for at, item in found:
        value = str(item.get(name))
        if value in seen:
            yield Complaint((*at, name), message, Text(zh="请只留一个。", en="Keep one of them."))
        seen.add(value)


def _meals(data: Raw, at: Location) -> Iterator[Complaint]:
    spans = [
        (opens, closes if closes > opens else closes + _DAY)
        for _, span in items(data, "opening", at)
        if (opens := minute(span, "opens")) is not None
        and (closes := minute(span, "closes")) is not None
    ]
    for here, meal in items(data, "meals", at):
        served = minute(meal, "at")
        if served is not None and spans and not any(_inside(served, span) for span in spans):
            message = Text(
                zh="这一餐不在任何开放时段内。", en="This meal lies outside all opening hours."
            )
            yield Complaint(
                (*here, "at"),
                message,
                Text(zh="请改正用餐或开放时间。", en="Correct the meal or the opening hours."),
            )


def _inside(served: int, span: tuple[int, int]) -> bool:
    return any(span[0] <= served + shift < span[1] for shift in (0, _DAY))


def _shifts(post: Raw, at: Location) -> Iterator[Complaint]:
    for here, shift in items(post, "shifts", at):
        minimum, preferred = shift.get("minimum", 1), shift.get("preferred")
        if isinstance(minimum, int) and isinstance(preferred, int) and preferred < minimum:
            message = Text(
                zh="期望人数少于最少人数。", en="The preferred number is below the minimum."
            )
            yield Complaint(
                (*here, "preferred"), message, Text(zh="请改正人数。", en="Correct the numbers.")
            )
        least = max(one for one in (minimum, preferred, 0) if isinstance(one, int))
        maximum = shift.get("maximum")
        if isinstance(maximum, int) and maximum < least:
            message = Text(
                zh="最多人数少于最少或期望人数。",
                en="The maximum is below the minimum or the preferred number.",
            )
            yield Complaint(
                (*here, "maximum"), message, Text(zh="请改正人数。", en="Correct the numbers.")
            )
