"""A term calendar as an edit of an organisation, with every fault at its place in the file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from inspections.calendars.entries import (
    CalendarEntry,
    CalendarFile,
    EntryKind,
    PartlyRead,
    Where,
)
from inspections.calendars.merging import LISTS, Merged, Step, merged, origin_of
from inspections.editing import Editor, try_edits
from inspections.errors import NotFound
from rules.faults import Fault, InputInvalid
from rules.organisation.model import Organisation, SiteCalendar
from rules.text import Text


@dataclass(frozen=True)
class ImportedCalendar:
    """
    What a term calendar says, brought into the calendars of sites.

    Attributes:
        source: Name of the calendar.
        everywhere: Sites that get the entries that name none.
    """

    source: str
    everywhere: tuple[str, ...]
    entries: tuple[CalendarEntry, ...]

    @property
    def sites(self) -> tuple[str, ...]:
        """Return every site that gets an entry, each once."""
        named = (entry.site for entry in self.entries if entry.site is not None)
        return tuple(dict.fromkeys((*self.everywhere, *named)))

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the entries."""
        known = {site.id for site in organisation.sites}
        for site in self.sites:
            if site not in known:
                raise NotFound(Text(zh="场所", en="site"), site)
        found = self._merged(organisation)
        sites = tuple(
            site.model_copy(update={"calendar": found[site.id].calendar})
            if site.id in found
            else site
            for site in organisation.sites
        )
        return organisation.model_copy(update={"sites": sites})

    def steps(self, organisation: Organisation) -> dict[str, tuple[Step, ...]]:
        """Return what becomes of each entry, by site."""
        return {site: found.steps for site, found in self._merged(organisation).items()}

    def _merged(self, organisation: Organisation) -> dict[str, Merged]:
        """Many sites have one calendar: what becomes of it is worked out once."""
        once = cache(lambda calendar, entries: merged(calendar, self.source, entries))
        wanted = set(self.sites)
        return {
            site.id: once(site.calendar, self._entries_of(site.id))
            for site in organisation.sites
            if site.id in wanted
        }

    def _entries_of(self, site: str) -> tuple[CalendarEntry, ...]:
        everywhere = site in self.everywhere
        return tuple(
            entry
            for entry in self.entries
            if entry.site == site or (everywhere and entry.site is None)
        )


def try_calendar(present: Organisation, edit: ImportedCalendar, *, editor: Editor) -> Organisation:
    """
    Return *present* with the calendar, checked as a whole and against role and scope.

    Raises:
        InputInvalid: If the result would not be sound; what the file brought is named by its
            place in the file.
    """
    try:
        return try_edits(present, [edit], editor=editor)
    except InputInvalid as invalid:
        edited = edit.applied(present)
        places = {origin_of(edit.source, entry.key): entry.where for entry in edit.entries}
        located = (_located(fault, edited, places) for fault in invalid.faults)
        # What is wrong at many sites is one thing wrong in the file.
        raise InputInvalid(dict.fromkeys(located)) from invalid


def every_fault(
    present: Organisation, partly: PartlyRead, chosen: tuple[str, ...], *, editor: Editor
) -> tuple[Fault, ...]:
    """Return what of a file cannot be read, and what is wrong with the rest of it."""
    edit = ImportedCalendar(partly.rest.name, chosen, partly.rest.entries)
    try:
        try_calendar(present, edit, editor=editor)
    except InputInvalid as invalid:
        together = dict.fromkeys((*partly.faults, *invalid.faults))
        return tuple(sorted(together, key=lambda fault: fault.line))
    return partly.faults


def with_known_kinds(file: CalendarFile, calendars: list[SiteCalendar]) -> CalendarFile:
    """Return *file* with the kind of each entry that an earlier version already brought."""
    known: dict[str, EntryKind] = {}
    for calendar in calendars:
        for kind, name in LISTS.items():
            for piece in getattr(calendar, name):
                if piece.origin is not None:
                    # Several make-up days of one entry have its key and their day.
                    known |= {piece.origin.rsplit("/", 1)[0]: kind, piece.origin: kind}
    entries = [
        replace(entry, kind=known.get(origin_of(file.name, entry.key), entry.kind))
        if entry.guessed
        else entry
        for entry in file.entries
    ]
    return replace(file, entries=tuple(entries))


def _located(fault: Fault, edited: Organisation, places: Mapping[str, Where]) -> Fault:
    """Return *fault* at the place of the file that brought what is wrong, if one did."""
    piece = _piece(fault.field.split("."), edited)
    origin = getattr(piece, "origin", None) or ""
    where = places.get(origin) or places.get(origin.rsplit("/", 1)[0])
    if where is None:
        return fault
    return Fault(where.file, where.line, where.field, fault.message, fault.remedy)


def _piece(path: list[str], edited: Organisation) -> Any:
    """Return what stands at `sites.<n>.calendar.<list>.<n>` of the path."""
    match path:
        case ["sites", site, "calendar", name, number, *_] if name in LISTS.values():
            return getattr(edited.sites[int(site)].calendar, name)[int(number)]
    return None
