"""The editor of a pack: its text, the form beside it, and publishing with a note."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from inspections.published_packs import publications, published_packs
from inspections.publishing_packs import NoteMissing, NothingNew, publish_pack
from rules.authoring.pack_template import new_pack
from rules.faults import InputInvalid
from web.authentication import OFFICERS, roles, viewer
from web.authoring.blueprint import blueprint
from web.authoring.draft import draft_of_text, organisation, site_kind, view_of
from web.authoring.trying import tried
from web.authoring.who import who
from web.database import now, session, transaction
from web.formatting import moment, today
from web.preferences import words
from web.rulebook import forget_rulebook, rulebook, whole_rulebook

Page = str | tuple[str, int] | Response


@blueprint.get("/new")
@roles(*OFFICERS)
def new() -> str:
    """Show a new pack: from a template, or the copy of one that the organisation does not use."""
    source = request.args.get("from")
    if source:
        return _page(_built_in(source))
    taken = {pack.id for pack in (*rulebook().packs, *whole_rulebook().packs)}
    stem = f"{viewer().organisation}-own"
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    pack_id = next(name for name in names if name not in taken)
    here = organisation()
    text = new_pack(pack_id, kind=site_kind(), country=here.country, today=today())
    return _page(text)


@blueprint.get("/<pack>")
@roles(*OFFICERS)
def edit(pack: str) -> str:
    """Show a pack in the editor; `?text=` names an older publication of it by its hash."""
    wanted = request.args.get("text")
    if wanted:
        for each in publications(session(), viewer().organisation, pack):
            if each.digest == wanted:
                note = _("As published on %(when)s again", when=moment(each.at))
                return _page(each.text, note=note)
        abort(404)
    for each in published_packs(session(), viewer().organisation):
        if each.pack == pack:
            return _page(each.text)
    return _page(_built_in(pack))


@blueprint.post("/-/publish")
@roles(*OFFICERS)
def publish() -> Page:
    """Publish the text, or without scripts check it or try it out; what was written is kept."""
    text = request.form.get("text", "").replace("\r\n", "\n")
    note, step = request.form.get("note", ""), request.form.get("step", "publish")
    if step != "publish":
        return _page(text, note=note, trial=step == "try")
    try:
        with transaction() as opened:
            published = publish_pack(
                opened,
                organisation_id=viewer().organisation,
                text=text,
                note=note,
                by=viewer().person,
                now=now(),
                builtin=whole_rulebook(),
            )
    except InputInvalid:
        refusal = _("It was not published: it has faults. Nothing is lost; they are listed below.")
        return _page(text, note=note, refusal=refusal), 422
    except (NoteMissing, NothingNew) as refused:
        return _page(text, note=note, refusal=words(refused.text)), 409
    forget_rulebook()
    flash(_("Published: %(title)s. The next planning uses it.", title=words(published.title)), "ok")
    return redirect(url_for("authoring.edit", pack=published.pack))


def _page(text: str, *, note: str = "", refusal: str = "", trial: bool = False) -> str:
    view = view_of(draft_of_text(text), 0)
    pack_id = view.read.pack_id
    history = publications(session(), viewer().organisation, pack_id) if pack_id else ()
    return render_template(
        "authoring/editor.html",
        view=view,
        note=note,
        refusal=refusal,
        published=len(history),
        latest=history[0] if history else None,
        tried=tried(view.read, 0) if trial else None,
        organisation=viewer().organisation,
        who=who(),
    )


def _built_in(pack_id: str) -> str:
    whole = whole_rulebook()
    if pack_id not in {pack.id for pack in whole.packs if pack.is_house}:
        abort(404)
    return whole.texts[pack_id]
