"""Edit how many people each shift of a post has: at least, preferred, at most."""

from collections.abc import Mapping

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _

from inspections.one_piece import site_now
from inspections.post_edits import PostPeople, ShiftFigures
from rules.faults import InputInvalid
from rules.organisation.model import Post, Shift, Site
from web.authentication import OFFICERS, roles, site_in_scope, viewer
from web.database import session
from web.manage.blueprint import blueprint
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader
from web.manage.flow import Page, Proposed, nothing_new, preview_page, refused, returning
from web.preferences import words

_MOST = (0, 1000)


@blueprint.route("/sites/<site>/post/<key>/people", methods=["GET", "POST"])
@roles(*OFFICERS)
def post_people(site: str, key: str) -> Page:
    """Take the figures of every shift, and show what changes."""
    site_in_scope(site)
    shown = site_now(session(), viewer().organisation, site)
    post = next((one for one in shown.posts if one.id == key), None)
    if post is None:
        abort(404)
    if request.method != "POST":
        return _form(shown, post, {})
    if returning():
        return _form(shown, post, {})
    reader = FormReader(request.form)
    figures = {one.code: _figures(reader, number, one) for number, one in enumerate(post.shifts)}
    edit = PostPeople(site, key, figures)
    faults = reader.faults or _unsound(edit)
    if not faults and all(figures[one.code] == _of(one) for one in post.shifts):
        faults = nothing_new("minimum-0")
    if faults:
        return _form(shown, post, faults), 422
    asked = Proposed(
        [edit],
        _("People on shifts of %(name)s", name=words(post.name)),
        url_for("manage.site", site=site),
        _("The figures are saved. Rosters are made by them from now on."),
    )
    return preview_page(asked)


def _of(shift: Shift) -> ShiftFigures:
    return shift.minimum, shift.preferred, shift.maximum


def _figures(reader: FormReader, number: int, shift: Shift) -> ShiftFigures:
    name = words(shift.name)
    least = reader.whole(f"minimum-{number}", f"{name} · {_('At least')}", _MOST)
    label = {"preferred": _("Preferred"), "maximum": _("At most")}
    preferred, maximum = (
        reader.whole(f"{field}-{number}", f"{name} · {label[field]}", _MOST)
        if reader.form.get(f"{field}-{number}", "").strip()
        else None
        for field in ("preferred", "maximum")
    )
    return least or 0, preferred, maximum


def _unsound(edit: PostPeople) -> Mapping[str, str]:
    """Return what is wrong with figures that are numbers, beside the shift it is wrong of."""
    invalid = refused([edit])
    if invalid is None:
        return {}
    found: dict[str, str] = {}
    for fault in invalid.faults:
        *_path, number, field = fault.field.split(".")
        told = faults_by_field(InputInvalid([fault]), {}, other=f"{field}-{number}")
        found |= told
    return found


def _form(site: Site, post: Post, faults: Mapping[str, str]) -> str:
    typed = request.form if request.method == "POST" else {}
    rows = []
    for number, shift in enumerate(post.shifts):
        stored = dict(zip(("minimum", "preferred", "maximum"), _of(shift), strict=True))
        values = {
            field: typed.get(f"{field}-{number}", "" if value is None else str(value))
            for field, value in stored.items()
        }
        rows.append((number, shift, values))
    return render_template(
        "manage/post_people.html", site=site, post=post, rows=rows, faults=faults
    )
