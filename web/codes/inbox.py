"""Reports of strangers: how many came to what, site by site, and the list."""

from typing import cast, get_args

from flask import render_template, request, url_for

from inspections.codes.report_list import OUTCOMES, Show, report_counts, reports_page
from web.authentication import OFFICERS, roles, viewer
from web.codes.blueprint import blueprint
from web.codes.report_words import OUTCOMES as WORDS
from web.database import session


@blueprint.get("/reports/")
@roles(*OFFICERS)
def inbox() -> str:
    """Show the counts and a page of reports, those that wait first."""
    here = viewer()
    show = cast("Show", request.args.get("show", "waiting"))
    if show not in get_args(Show):
        show = "waiting"
    site = request.args.get("site") or None
    counts = report_counts(session(), here.organisation, sites=here.sites)
    found = reports_page(
        session(),
        here.organisation,
        sites=here.sites,
        show=show,
        site=site,
        number=request.args.get("page", 1, int),
    )
    return render_template(
        "codes/inbox.html",
        counts=counts,
        totals={code: sum(each.counts[code] for each in counts) for code in OUTCOMES},
        received=sum(each.received for each in counts),
        found=found,
        show=show,
        site=site,
        outcomes=WORDS,
        url=lambda page: url_for("codes.inbox", show=show, site=site, page=page),
    )
