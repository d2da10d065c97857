"""Read shift patterns from an Excel workbook, with every fault at its cell."""

from typing import Any

from inspections.exchange.sheet_rows import SheetReading, SheetRow
from inspections.exchange.shift_sheet import SHIFTS
from inspections.shift_patterns.entries import MOST_SHIFTS, PostKey, ShiftEntry, ShiftPatterns
from inspections.shift_patterns.posts import KnownPosts
from rules.text import Text

_LONGEST_CODE = 4
_MOST_PEOPLE = 1000
_DAY_MINUTES = 1440


def read_shift_workbook(data: bytes, *, file: str, posts: KnownPosts) -> ShiftPatterns:
    """
    Return the shifts in the workbook *data*.

    Args:
        data: The bytes of the workbook.
        file: Its name, for faults.
        posts: Those that rows may name.

    Raises:
        InputInvalid: If it is no workbook, has no shifts or anything in it is wrong; holds every
            fault with its row as line and `sheet!cell` as field.
    """
    reading = SheetReading(SHIFTS, file, MOST_SHIFTS)
    taken: set[tuple[str, str, str]] = set()
    found = [_entry(row, posts, taken) for row in reading.rows(data)]
    reading.finish(found=bool(found))
    return ShiftPatterns(tuple(entry for entry in found if entry is not None))


def _entry(row: SheetRow, posts: KnownPosts, taken: set[tuple[str, str, str]]) -> ShiftEntry | None:
    post, code = _post(row, posts), _code(row)
    since, until = row.clock("since", required=True), row.clock("until", required=True)
    minimum = row.read("minimum", _people, (_NO_COUNT, _WRITE_COUNT))
    preferred = row.read("preferred", _people, (_NO_COUNT, _WRITE_COUNT))
    maximum = row.read("maximum", _people, (_NO_COUNT, _WRITE_COUNT))
    minutes = row.read("working_minutes", _minutes, (_NO_MINUTES, _WRITE_MINUTES))
    if post and code and (*post, code) in taken:
        row.complain("code", _TWICE, _OTHER_CODE)
    if not row.is_sound or post is None or since is None or until is None:
        return None
    taken.add((*post, code))
    zh, en = row.text("name.zh"), row.text("name.en")
    return ShiftEntry(
        *post,
        code,
        since,
        until,
        row.where("code"),
        name=Text(zh=zh or en, en=en or zh) if zh or en else None,
        minimum=minimum,
        preferred=preferred,
        maximum=maximum,
        working_minutes=minutes,
    )


def _post(row: SheetRow, posts: KnownPosts) -> PostKey | None:
    given, site = row.text("post"), row.text("site")
    found = posts.find(given, site) if given else []
    if len(found) == 1:
        return found[0]
    if not given:
        row.complain("post", _NO_POST, posts.listed())
    elif found:
        row.complain("post", _SEVERAL, _GIVE_SITE)
    else:
        message = Text(zh=f"没有岗位“{given}”。", en=f"There is no post {given!r} there.")
        row.complain("post", message, posts.listed())
    return None


def _code(row: SheetRow) -> str:
    code = row.text("code")
    if not code or len(code) > _LONGEST_CODE:
        row.complain("code", _NO_CODE, _WRITE_CODE)
    return code


def _people(value: Any) -> int | None:
    return _whole(value, _MOST_PEOPLE)


def _minutes(value: Any) -> int | None:
    return _whole(value, _DAY_MINUTES)


def _whole(value: Any, most: int) -> int | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    fits = number.is_integer() and 0 <= number <= most
    return int(number) if fits and not isinstance(value, bool) else None


_NO_POST = Text(zh="没有填写岗位。", en="The post is missing.")
_SEVERAL = Text(zh="几个场所都有这个岗位。", en="Several sites have a post of this name.")
_GIVE_SITE = Text(zh="请填写场所。", en="Give the site too.")
_NO_CODE = Text(zh="没有填写代码，或超过 4 个字。", en="The code is missing or too long.")
_WRITE_CODE = Text(zh="请照 D 或 夜1 的样子写。", en="Write it like D or N1.")
_TWICE = Text(zh="同一岗位的这个代码写了两次。", en="The post has this code twice.")
_OTHER_CODE = Text(zh="请换一个代码，或删去一行。", en="Use another code, or delete a row.")
_NO_COUNT = Text(zh="这不是人数。", en="This is not a number of people.")
_WRITE_COUNT = Text(zh="请填写 0 至 1000 的整数。", en="Give a whole number from 0 to 1000.")
_NO_MINUTES = Text(zh="这不是分钟数。", en="This is not a number of minutes.")
_WRITE_MINUTES = Text(zh="请填写 0 至 1440 的整数。", en="Give a whole number from 0 to 1440.")
