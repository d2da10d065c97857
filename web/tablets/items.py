"""Items that are not in the record: listed, compared with what is, and decided."""

import json
from typing import cast

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.errors import Refused
from inspections.sync.deciding import CHOICES, Choice, Decider, decide, set_aside, try_again
from inspections.sync.kept_items import (
    SHOWS,
    Conflict,
    Show,
    kept_counts,
    kept_item,
    kept_page,
    row_in_scope,
)
from inspections.sync.stored import PHOTO_BYTES
from web.authentication import OFFICERS, roles, viewer
from web.database import now, session, transaction
from web.inspector.photos import ALONE, store
from web.preferences import words
from web.rulebook import rulebook
from web.tablets.blueprint import blueprint
from web.version_words import kind_word, lines


@blueprint.get("/items", endpoint="items")
@roles(*OFFICERS)
def listed() -> str:
    """List the items of one kind."""
    here = viewer()
    asked = request.args.get("show", "conflict")
    show: Show = asked if asked in SHOWS else "conflict"
    number = request.args.get("page", 1, int)
    return render_template(
        "tablets/items.html",
        found=kept_page(session(), here.organisation, show=show, number=number, sites=here.sites),
        counts=kept_counts(session(), here.organisation, sites=here.sites),
        labels=labels(),
        show=show,
        kind_word=kind_word,
        lines=lines,
        waits=_waits,
        url=lambda page: url_for("tablets.items", show=show, page=page),
    )


@blueprint.get("/items/<int:number>", endpoint="item")
@roles(*OFFICERS)
def show(number: int) -> str:
    """Show one item beside the version in the record."""
    return _page(_one(number))


@blueprint.post("/items/<int:number>")
@roles(*OFFICERS)
def act(number: int) -> Response:
    """Decide; the record only grows."""
    action = request.form.get("action", "")
    if action not in (*CHOICES, "again", "aside"):
        abort(400)
    here = viewer()
    decider = Decider(here.organisation, here.person, here.sites)
    try:
        with transaction() as opened:
            if action == "again":
                state = try_again(opened, rulebook(), number, decider=decider, now=now())
            elif action == "aside":
                set_aside(opened, number, decider=decider, now=now())
                state = "aside"
            else:
                choice = cast("Choice", action)
                decide(opened, rulebook(), number, choice, decider=decider, now=now())
                state = choice
    except Refused as refusal:
        if refusal.code == "not-found":
            raise
        flash(words(refusal.text), "warn")
        return redirect(url_for("tablets.item", number=number))
    flash(*_said(state))
    return redirect(url_for("tablets.item", number=number))


@blueprint.get("/items/<int:number>/picture", endpoint="picture")
@roles(*OFFICERS)
def picture(number: int) -> Response:
    """Send the picture of an item, also one that no record links to; of others show the words."""
    here = viewer()
    row = row_in_scope(session(), number, organisation=here.organisation, sites=here.sites)
    if row.kind != PHOTO_BYTES:
        return redirect(url_for("tablets.item", number=number))
    media_type = json.loads(row.body)["type"]
    path = store().path(row.sha256).absolute()
    answer = send_file(path, mimetype=media_type, max_age=0, download_name=row.sha256[:12])
    answer.headers.update(ALONE)
    return answer


def labels() -> dict[str, str]:
    """Return the names of the lists."""
    return {
        "conflict": _("To decide"),
        "refused": _("Not recorded"),
        "held": _("Waiting for the rest"),
        "decided": _("Decided"),
    }


def _said(state: str) -> tuple[str, str]:
    return {
        "applied": (_("It is in the record now."), "ok"),
        "refused": (_("The record does not take it: the reason stands below."), "warn"),
        "held": (_("It still waits for what belongs to it."), "warn"),
        "conflict": (_("The record holds another version: please choose."), "warn"),
        "aside": (_("Left out of the record. Its text stays readable here."), "ok"),
    }.get(state, (_("Decided. Both versions stay readable here."), "ok"))


def _one(number: int) -> Conflict:
    here = viewer()
    return kept_item(session(), number, organisation=here.organisation, sites=here.sites)


def _page(conflict: Conflict) -> str:
    return render_template(
        "tablets/item.html",
        conflict=conflict,
        labels=labels(),
        kind_word=kind_word,
        lines=lines,
        waits=_waits,
        decisions=_decisions(),
    )


def _decisions() -> dict[str, str]:
    return {
        "both": _("Both versions were kept."),
        "first": _("The version in the record was kept alone."),
        "second": _("The version that came later counts."),
        "aside": _("It was left out of the record."),
    }


def _waits(key: str | None) -> str:
    kind, _sep, _rest = (key or "").partition("/")
    named: dict[str, str] = {
        "photo": _("the picture itself"),
        "inspection": _("the first answer of the check"),
        "finding": _("the finding that it belongs to"),
        "item": _("the item before it"),
        "answers": _("answers of the check"),
    }
    return named.get(kind, "")
