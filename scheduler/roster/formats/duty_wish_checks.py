"""What a duty roster's file gets wrong about wishes."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.text import Text
from rules.yaml_document import Location
from scheduler.roster.formats.duty_model import DutyRosterFile, DutyWish
from scheduler.roster.formats.unknown import unknown


def wish_complaints(file: DutyRosterFile) -> Iterator[Complaint]:
    """Yield every fault of the wishes."""
    known = {person.id for person in file.people}
    shifts = {(post.id, shift.code) for post in file.posts for shift in post.shifts}
    for number, wish in enumerate(file.wishes):
        at: Location = ("wishes", number)
        if wish.person not in known:
            yield unknown((*at, "person"), wish.person, known)
        if (wish.on is None) == (not wish.days):
            yield _one_of(at, "on", "days")
        elif wish.on is not None and not file.since <= wish.on <= file.until:
            yield _elsewhen((*at, "on"), file)
        if wish.unwanted and wish.shift is None:
            yield _of_a_shift((*at, "unwanted"))
        yield from _shift(at, wish, shifts)


def _of_a_shift(at: Location) -> Complaint:
    return Complaint(
        at,
        Text(zh="unwanted 只用于班次。", en="Only a shift is unwanted."),
        Text(zh="请补上 post 和 shift。", en="Write its post and shift too."),
    )


def _shift(at: Location, wish: DutyWish, shifts: set[tuple[str, str]]) -> Iterator[Complaint]:
    if (wish.post is None) != (wish.shift is None):
        yield Complaint(
            at,
            Text(zh="post 和 shift 须同时填写或同时省略。", en="A shift needs its post."),
            Text(zh="请补上另一项。", en="Write both or neither."),
        )
    elif wish.post is not None and (wish.post, wish.shift) not in shifts:
        known = {"/".join(one) for one in shifts}
        yield unknown((*at, "shift"), f"{wish.post}/{wish.shift}", known)


def _one_of(at: Location, one: str, other: str) -> Complaint:
    return Complaint(
        at,
        Text(zh=f"须写 {one} 或 {other} 之一。", en=f"It needs either {one} or {other}."),
        Text(zh="请写其中一项。", en="Write one of them."),
    )


def _elsewhen(at: Location, file: DutyRosterFile) -> Complaint:
    return Complaint(
        at,
        Text(zh="不在排班日期内。", en="It is not a day of the roster."),
        Text(
            zh=f"请写 {file.since} 至 {file.until} 的日期。",
            en=f"Write a day from {file.since} to {file.until}.",
        ),
    )
