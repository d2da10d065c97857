"""What a file says about the shifts of posts, and what becomes of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from inspections.calendars.entries import Where, same_words
from inspections.editing import Editor, try_edits
from inspections.errors import NotFound
from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation, Post, Shift, Site
from rules.text import Text

MOST_SHIFTS = 800
PostKey = tuple[str, str]


@dataclass(frozen=True)
class ShiftEntry:
    """
    One shift of a post; what is not given stays as it is, or is as usual for a new shift.

    Attributes:
        site: Id of the site of the post.
        code: Up to four characters; names the shift inside its post.
        until: At or before `since` it lies on the next day.
        cancelled: Whether the file takes it back.
    """

    site: str
    post: str
    code: str
    since: time
    until: time
    where: Where
    name: Text | None = None
    minimum: int | None = None
    preferred: int | None = None
    maximum: int | None = None
    working_minutes: int | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class ShiftPatterns:
    """
    The shifts of some posts: all those of each post that it names; other posts stay.

    A shift that is no longer among those of its post ends; its past rosters stay.
    """

    entries: tuple[ShiftEntry, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the sites of the posts, each once."""
        return tuple(dict.fromkeys(entry.site for entry in self.entries))

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the shifts."""
        by_post = self._by_post()
        known = {(site.id, post.id) for site in organisation.sites for post in site.posts}
        for site, post in by_post:
            if (site, post) not in known:
                raise NotFound(Text(zh="岗位", en="post"), post)
        sites = tuple(_with_shifts(site, by_post) for site in organisation.sites)
        return organisation.model_copy(update={"sites": sites})

    def places(self) -> Mapping[tuple[str, str, str], Where]:
        """Return where the file speaks of each shift, by site, post and code."""
        return {(entry.site, entry.post, entry.code): entry.where for entry in self.entries}

    def _by_post(self) -> dict[PostKey, list[ShiftEntry]]:
        found: dict[PostKey, list[ShiftEntry]] = {}
        for entry in self.entries:
            found.setdefault((entry.site, entry.post), []).append(entry)
        return found


def try_shifts(present: Organisation, edit: ShiftPatterns, *, editor: Editor) -> Organisation:
    """
    Return *present* with the shifts, checked as a whole and against role and scope.

    Raises:
        InputInvalid: If the result would not be sound; what the file brought is named by its
            place in the file.
    """
    try:
        return try_edits(present, [edit], editor=editor)
    except InputInvalid as invalid:
        edited = edit.applied(present)
        raise InputInvalid(_located(fault, edited, edit) for fault in invalid.faults) from invalid


def _with_shifts(site: Site, by_post: Mapping[PostKey, list[ShiftEntry]]) -> Site:
    posts = tuple(
        _updated(post, by_post[site.id, post.id]) if (site.id, post.id) in by_post else post
        for post in site.posts
    )
    return site.model_copy(update={"posts": posts})


def _updated(post: Post, entries: Iterable[ShiftEntry]) -> Post:
    old = {shift.code: shift for shift in post.shifts}
    shifts = [_shift(entry, old.get(entry.code)) for entry in entries if not entry.cancelled]
    order = {code: number for number, code in enumerate(old)}
    # What was there keeps its order, so that the same file changes nothing.
    shifts.sort(key=lambda shift: order.get(shift.code, len(order)))
    return post.model_copy(update={"shifts": tuple(shifts)})


def _shift(entry: ShiftEntry, old: Shift | None) -> Shift:
    given: dict[str, Any] = {
        name: value
        for name in ("minimum", "preferred", "maximum", "working_minutes")
        if (value := getattr(entry, name)) is not None
    }
    name = entry.name or Text(zh=entry.code, en=entry.code)
    if old is None:
        return Shift(code=entry.code, name=name, since=entry.since, until=entry.until, **given)
    if entry.name is None or same_words(old.name, entry.name):
        name = old.name
    update = {"name": name, "since": entry.since, "until": entry.until, **given}
    return old.model_copy(update=update)


def _located(fault: Fault, edited: Organisation, edit: ShiftPatterns) -> Fault:
    """Return *fault* at the place of the file that brought what is wrong, if one did."""
    match fault.field.split("."):
        case ["sites", site, "posts", post, "shifts", number, *_]:
            here = edited.sites[int(site)]
            what = here.posts[int(post)]
            where = edit.places().get((here.id, what.id, what.shifts[int(number)].code))
        case ["sites", site, "posts", post, "shifts"]:
            here = edited.sites[int(site)]
            what = here.posts[int(post)]
            of_post = [e.where for e in edit.entries if (e.site, e.post) == (here.id, what.id)]
            where = of_post[0] if of_post else None
        case _:
            where = None
    if where is None:
        return fault
    return Fault(where.file, where.line, where.field, fault.message, fault.remedy)
