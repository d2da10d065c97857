"""What a duty roster's file gets wrong although each field has its right shape."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rules.complaint import Complaint
from rules.text import Text
from rules.yaml_document import Location
from scheduler.roster.formats.duty_bond_checks import bond_complaints
from scheduler.roster.formats.duty_demand_checks import demand_complaints
from scheduler.roster.formats.duty_model import DutyCell, DutyRosterFile
from scheduler.roster.formats.duty_wish_checks import wish_complaints
from scheduler.roster.formats.unknown import unknown

# More than a year at once is a slip of the pen, not a roster.
LONGEST = timedelta(days=400)


def complaints(file: DutyRosterFile) -> Iterator[Complaint]:
    """Yield every fault between the fields of *file*."""
    yield from _span(file)
    yield from _twice([post.id for post in file.posts], "posts", "id")
    yield from _twice([person.id for person in file.people], "people", "id")
    for number, post in enumerate(file.posts):
        codes = [shift.code for shift in post.shifts]
        yield from _twice(codes, "posts", "code", inside=(number, "shifts"))
        if post.days == "opening":
            yield _opening(("posts", number, "days"))
    yield from _unheld(file)
    for name in ("pins", "history", "previous"):
        yield from _cells(file, name, getattr(file, name))
    yield from demand_complaints(file)
    yield from bond_complaints(file)
    yield from wish_complaints(file)


def _span(file: DutyRosterFile) -> Iterator[Complaint]:
    try:
        ZoneInfo(file.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield Complaint(
            ("time_zone",),
            Text(zh=f"没有时区“{file.time_zone}”。", en=f"There is no zone {file.time_zone}."),
            Text(zh="例如 Asia/Shanghai。", en="For example Asia/Shanghai."),
        )
    if not timedelta(0) <= file.until - file.since < LONGEST:
        yield Complaint(
            ("until",),
            Text(
                zh=f"末日须在首日 {file.since} 起 {LONGEST.days} 天之内。",
                en=f"It must lie within {LONGEST.days} days from {file.since}.",
            ),
            Text(zh="请改日期。", en="Change the date."),
        )


def _twice(
    names: Iterable[str], of: str, field: str, *, inside: Location = ()
) -> Iterator[Complaint]:
    names = list(names)
    for name, times in Counter(names).items():
        if times > 1:
            second = [number for number, one in enumerate(names) if one == name][1]
            yield Complaint(
                (of, *inside, second, field),
                Text(zh=f"“{name}”用了 {times} 次。", en=f"“{name}” is used {times} times."),
                Text(zh="请改为不同的名字。", en="Give each its own."),
            )


def _opening(at: Location) -> Complaint:
    return Complaint(
        at,
        Text(zh="文件里没有场所日历，不能按开放日排。", en="The file has no calendar of a site."),
        Text(zh="请写 every。", en="Write every."),
    )


def _unheld(file: DutyRosterFile) -> Iterator[Complaint]:
    """A certificate or role that nobody has is a slip: nobody could ever stand the post."""
    held = {one.kind for person in file.people for one in person.qualifications}
    roles = {role for person in file.people for role in person.roles}
    for number, post in enumerate(file.posts):
        for place, kind in enumerate(post.qualifications):
            if kind not in held:
                here = ("posts", number, "qualifications", place)
                yield _nobody(here, kind, held, Text(zh="资质", en="qualification"))
        if post.roles and not roles.intersection(post.roles):
            at = ("posts", number, "roles")
            yield _nobody(at, ", ".join(post.roles), roles, Text(zh="岗位", en="role"))
        if not any(post.site in person.sites for person in file.people):
            sites = {site for person in file.people for site in person.sites}
            yield _nobody(("posts", number, "site"), post.site, sites, Text(zh="场所", en="site"))


def _nobody(at: Location, name: str, known: set[str], kind: Text) -> Complaint:
    some = ", ".join(sorted(known)) or "-"
    return Complaint(
        at,
        Text(zh=f"没有人有{kind.zh}“{name}”。", en=f"Nobody has the {kind.en} {name}."),
        Text(zh=f"人员现有：{some}。", en=f"People have: {some}."),
    )


def _cells(file: DutyRosterFile, name: str, cells: tuple[DutyCell, ...]) -> Iterator[Complaint]:
    people = {person.id for person in file.people}
    shifts = {(post.id, shift.code) for post in file.posts for shift in post.shifts}
    for number, cell in enumerate(cells):
        at = (name, number)
        if cell.person not in people:
            yield unknown((*at, "person"), cell.person, people)
        if (cell.post is None) != (cell.shift is None):
            yield Complaint(
                at,
                Text(zh="post 和 shift 须同时填写或同时省略。", en="A shift needs its post."),
                Text(zh="请补上另一项。", en="Write both or neither."),
            )
        elif cell.post is not None and (cell.post, cell.shift) not in shifts:
            known = {"/".join(one) for one in shifts}
            yield unknown((*at, "shift"), f"{cell.post}/{cell.shift}", known)
        if (cell.on < file.since) != (name == "history") or cell.on > file.until:
            yield Complaint(
                (*at, "on"),
                Text(
                    zh=f"{cell.on} 不在此处应有的日期内。", en=f"{cell.on} is not a day for this."
                ),
                Text(
                    zh=f"history 在 {file.since} 之前，其余在 {file.since} 至 {file.until}。",
                    en=f"history lies before {file.since}, the rest from then to {file.until}.",
                ),
            )
