"""Add, change or remove one entry of a list: an absence, a certificate, a term, a closed day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _
from pydantic import BaseModel

from inspections.edits import Edit
from rules.text import Text
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, refused, returning

FILLER = Text(zh="–", en="–")
_PATHS = {
    "from": "since",
    "until": "until",
    "id": "id",
    "reason": "reason",
    "name": "name",
    "kind": "kind",
}


@dataclass(frozen=True)
class Entry:
    """One field of the form; `kind` is `date`, `text` or `choice`."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    required: bool = True
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Listing:
    """
    A list of entries of one owner, and how one of them is edited.

    Attributes:
        read: Makes an entry of the form; fillers stand for what is missing beside a fault.
        values: The fields of an entry, as typed.
        edit: Makes the edit that puts a whole new list in place.
    """

    owner: Text
    back: str
    title: str
    said: str
    pieces: tuple[Any, ...]
    entries: Sequence[Entry]
    read: Callable[[FormReader, Any], Any]
    values: Callable[[Any], Mapping[str, str]]
    edit: Callable[[tuple[Any, ...]], Edit]


def listed_page(listing: Listing, which: str) -> Page:
    """Show or take the form of the entry *which*: its number from 0, or `new`."""
    before = _before(listing, which)
    if request.method != "POST":
        return _form(listing, before, listing.values(before) if before else {})
    typed = {entry.name: request.form.get(entry.name, "") for entry in listing.entries}
    if returning():
        return _form(listing, before, typed)
    if before is not None and request.form.get("was") != _print(before):
        words = _("Somebody changed this entry meanwhile. These are its present values.")
        shown = listing.values(before)
        return _form(listing, before, shown, {listing.entries[0].name: words}), 409
    removing = request.form.get("remove") == "1"
    faults: dict[str, str] = {}
    pieces = _without(listing, before)
    if not removing:
        reader = FormReader(request.form)
        piece = listing.read(reader, before)
        if piece is not None:
            pieces = _with(listing, before, piece)
        faults = reader.faults
        if not faults and piece == before:
            faults = nothing_new(listing.entries[0].name)
    # What was typed is tried against the rest, so that every fault shows at once.
    faults = {**_clashes(listing.edit(pieces), listing.entries[0].name), **faults}
    if faults:
        ordered = {
            entry.name: faults[entry.name] for entry in listing.entries if entry.name in faults
        }
        return _form(listing, before, typed, ordered), 422
    asked = Proposed([listing.edit(pieces)], listing.title, listing.back, listing.said)
    return preview_page(asked)


def _clashes(edit: Edit, first: str) -> dict[str, str]:
    clash = refused([edit])
    return faults_by_field(clash, _PATHS, other=first) if clash else {}


def _before(listing: Listing, which: str) -> Any:
    if which == "new":
        return None
    if not which.isdigit() or int(which) >= len(listing.pieces):
        abort(404)
    return listing.pieces[int(which)]


def _without(listing: Listing, before: Any) -> tuple[Any, ...]:
    return tuple(each for each in listing.pieces if each is not before)


def _with(listing: Listing, before: Any, piece: Any) -> tuple[Any, ...]:
    if before is None:
        return (*listing.pieces, piece)
    return tuple(piece if each is before else each for each in listing.pieces)


def _print(piece: BaseModel) -> str:
    return piece.model_dump_json()


def _form(
    listing: Listing,
    before: Any,
    values: Mapping[str, str],
    faults: Mapping[str, str] | None = None,
) -> str:
    return render_template(
        "manage/listed.html",
        listing=listing,
        values=values,
        faults=faults or {},
        was=_print(before) if before else "",
    )
