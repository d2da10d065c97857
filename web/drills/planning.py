"""Propose a year, see what it comes to, publish it, take that back."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from inspections.drills.programme import YearChanged, publish, withdraw
from inspections.errors import NotFound
from web.authentication import OFFICERS, roles, viewer
from web.database import now, sessions, transaction
from web.drills.asked import asked, asked_year, looked_at
from web.drills.blueprint import blueprint
from web.drills.choices import chosen_settings
from web.drills.jobs import Proposal, begin, found_proposal
from web.errors import status_of
from web.manage.flow import editor
from web.preferences import words
from web.rulebook import rulebook

SECONDS_AT_MOST = 1.0
Page = str | tuple[str, int] | Response


@blueprint.post("/propose")
@roles(*OFFICERS)
def propose() -> Response:
    """Begin to find days for the drills of a year that have none."""
    wanted = asked()
    settings = chosen_settings(looked_at(wanted)) if "chosen" in request.form else None
    job = Proposal(str(viewer().id), editor(), wanted.year, wanted.site, settings)
    begin(job, rulebook(), sessions(), now())
    job.finished.wait(SECONDS_AT_MOST)
    return redirect(url_for("drills.proposing", key=job.key))


@blueprint.get("/proposing/<key>")
@roles(*OFFICERS)
def proposing(key: str) -> Page:
    """Show how far a proposal is; once it is there, the year with it."""
    job = found_proposal(key, str(viewer().id))
    if job is None:
        return render_template("drills/gone.html"), 404
    if not job.finished.wait(SECONDS_AT_MOST / 2):
        response = Response(render_template("drills/waiting.html", job=job), mimetype="text/html")
        response.headers["Refresh"] = "1"
        return response
    _say(job)
    return redirect(url_for("drills.year", year=job.year, site=job.site or None))


@blueprint.get("/publish")
@roles(*OFFICERS)
def preview() -> Page:
    """Show what publishing would tell whom."""
    return _preview()


@blueprint.post("/publish", endpoint="publish")
@roles(*OFFICERS)
def do_publish() -> Page:
    """Publish what was previewed; refused where somebody changed it meanwhile."""
    revision = request.form.get("revision", "")
    try:
        with transaction() as opened:
            done = publish(
                opened,
                viewer().organisation,
                asked_year(),
                by=editor(),
                now=now(),
                revision=int(revision) if revision.isdecimal() else None,
            )
    except YearChanged as refusal:
        return _preview(words(refusal.text)), status_of(refusal)
    count = len(done.drills)
    said = ngettext("One drill is published.", "%(num)s drills are published.", count)
    flash(said, "ok" if count else "warn")
    return redirect(url_for("drills.year", year=asked_year()))


@blueprint.post("/withdraw", endpoint="withdraw")
@roles(*OFFICERS)
def do_withdraw() -> Response:
    """Take the latest publication back."""
    try:
        with transaction() as opened:
            done = withdraw(opened, viewer().organisation, asked_year(), by=editor(), now=now())
    except NotFound:
        flash(_("Nothing can be taken back: every published drill has begun."), "warn")
    else:
        count = len(done.drills)
        flash(
            ngettext(
                "One drill is a proposal again.", "%(num)s drills are proposals again.", count
            ),
            "ok",
        )
    return redirect(url_for("drills.year", year=asked_year()))


def _preview(refusal: str = "") -> str:
    wanted = asked()
    shown = looked_at(wanted)
    ready = [one for one in shown.drills if one.state == "proposed" and one.can_move]
    return render_template(
        "drills/publish.html",
        asked=wanted,
        shown=shown,
        ready=ready,
        announced=[one for one in ready if not one.hidden],
        hidden=[one for one in ready if one.hidden],
        less_good=[one for one in ready if one.avoids],
        refusal=refusal,
    )


def _say(job: Proposal) -> None:
    if job.refusal is not None:
        flash(words(job.refusal), "bad")
    elif job.result is None:
        flash(
            _("This did not work, and nothing was saved. Try again; the log has the reason."), "bad"
        )
    else:
        found, short = len(job.result.found), len(job.result.short)
        said = ngettext("One drill is proposed.", "%(num)s drills are proposed.", found)
        if short:
            said += " " + ngettext(
                "One has no day; the reason stands below.",
                "%(num)s have no day; the reasons stand below.",
                short,
            )
        flash(said, "warn" if short else "ok")
