"""Every publication of a pack, what changed between two of them, and taking it back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.published_packs import Published, publications
from inspections.publishing_packs import withdraw_pack
from rules.faults import InputInvalid
from web.authentication import OFFICERS, roles, viewer
from web.authoring.blueprint import blueprint
from web.authoring.who import who
from web.database import now, session, transaction
from web.preferences import words
from web.rulebook import forget_rulebook, whole_rulebook

_AROUND = 3
Page = str | tuple[str, int] | Response


@dataclass(frozen=True)
class DiffLine:
    """
    One line of a comparison.

    Attributes:
        kind: `same`, `added`, `removed`, or `left-out` where equal lines are not shown.
        old: Line number before; nothing for an added line. `new` likewise.
    """

    kind: str
    old: int | None
    new: int | None
    text: str


@blueprint.get("/<pack>/history")
@roles(*OFFICERS)
def history(pack: str) -> str:
    """Show the publications of a pack and the difference between two of them."""
    return _page(pack)


@blueprint.post("/<pack>/withdraw")
@roles(*OFFICERS)
def withdraw(pack: str) -> Page:
    """Take the published pack back; the built-in one of the same id holds again, if there is."""
    try:
        with transaction() as opened:
            withdraw_pack(
                opened,
                organisation_id=viewer().organisation,
                pack=pack,
                note=request.form.get("note", ""),
                by=viewer().person,
                now=now(),
                builtin=whole_rulebook(),
            )
    except InputInvalid as invalid:
        first = invalid.faults[0]
        told = _("Other packs need it: %(fault)s", fault=words(first.message))
        return _page(pack, refusal=told), 409
    except Refused as refused:
        return _page(pack, refusal=words(refused.text)), 409
    forget_rulebook()
    flash(_("Withdrawn. The next planning does without it."), "ok")
    return redirect(url_for("authoring.history", pack=pack))


def _page(pack: str, *, refusal: str = "") -> str:
    found = publications(session(), viewer().organisation, pack)
    if not found:
        abort(404)
    newer = _chosen(found, request.args.get("to"), 0)
    older = _chosen(found, request.args.get("from"), min(newer + 1, len(found) - 1))
    return render_template(
        "authoring/history.html",
        pack=pack,
        found=found,
        newer=newer,
        older=older,
        lines=list(difference(found[older].text, found[newer].text)),
        refusal=refusal,
        who=who(),
    )


def _chosen(found: Sequence[Published], wanted: str | None, otherwise: int) -> int:
    """Publications are named by their place, the latest is 0."""
    if wanted is None or not wanted.isdecimal() or int(wanted) >= len(found):
        return otherwise
    return int(wanted)


def difference(old: str, new: str) -> Iterator[DiffLine]:
    """Yield the lines of both texts that differ, each with three equal lines around it."""
    before, after = old.splitlines(), new.splitlines()
    groups = SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(_AROUND)
    for number, group in enumerate(groups):
        if number:
            yield DiffLine("left-out", None, None, "")
        for tag, start, end, first, last in group:
            if tag == "equal":
                for shift in range(end - start):
                    old_line, new_line = start + shift, first + shift
                    yield DiffLine("same", old_line + 1, new_line + 1, before[old_line])
                continue
            for line in range(start, end):
                yield DiffLine("removed", line + 1, None, before[line])
            for line in range(first, last):
                yield DiffLine("added", None, line + 1, after[line])
