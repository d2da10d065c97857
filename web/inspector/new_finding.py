"""Report a finding without a checklist: the form, and the post where no script keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from inspections.evidence import Owner
from inspections.findings.opening import FindingReport
from inspections.findings.reporting import report_finding
from inspections.judging import LONGEST_TEXT
from inspections.queries.finding_spots import SiteSpots, SpotChoice, finding_spots
from inspections.reactions.duplicates import OpenFindingHere
from inspections.rounds.names import people_in_scope
from inspections.rounds.scope import Scope
from rules.strictness import SEVERITIES
from rules.text import Text
from web.authentication import roles, viewer
from web.database import now, session, transaction
from web.inspector.blueprint import blueprint
from web.inspector.failing import ShownDeadline, shown_deadline
from web.inspector.proof_photos import keep_all
from web.inspector.run import RECORDERS
from web.manage.fields import FormReader
from web.manage.flow import Page
from web.preferences import words
from web.rulebook import rulebook

LONGEST_TITLE = 80


@dataclass(frozen=True)
class SharedDeadline:
    """A deadline that findings of one severity have at several sites; `sites` are their keys."""

    sites: tuple[str, ...]
    deadline: ShownDeadline


@blueprint.get("/findings/new", endpoint="new_finding")
@roles(*RECORDERS)
def show() -> str:
    """Show the empty form; `?spot=` chooses what it is about."""
    return _form(chosen=request.args.get("spot", ""))


@blueprint.post("/findings/new")
@roles(*RECORDERS)
def report() -> Page:
    """Open the finding, or offer those that are open at the same spot first."""
    sites = _sites()
    reader = FormReader(request.form)
    spots = {_value(site, spot): (site, spot) for site in sites for spot in _all(site)}
    spot = reader.one("spot", _("Where"), spots)
    what = _what(reader)
    severity = reader.one("severity", _("Severity"), SEVERITIES)
    owner = reader.one("owner", _("Who should put it right"), {"", *dict(_people())})
    if reader.faults or spot is None or what is None or severity is None:
        return _form(faults=reader.faults, chosen=request.form.get("spot", "")), 422
    site, at = spots[spot]
    offered = tuple(one for where, one in site.open if where == at)
    if offered and "same" not in request.form:
        return _form(chosen=spot, offered=offered)
    made = _report(site, at, what=what, severity=severity, owner=owner)
    with transaction() as opened:
        finding = report_finding(opened, rulebook(), made, now=now())
        fault = keep_all(opened, request.files.getlist("photos"), Owner(finding_id=finding))
    flash(words(fault), "bad") if fault else flash(_("Recorded."), "ok")
    return redirect(url_for("inspector.finding", finding_id=finding))


def _what(reader: FormReader) -> str | None:
    """Return what is wrong; it may be longer than other texts."""
    what = request.form.get("what", "").strip()
    if not what:
        return reader.text("what", _("What is wrong"))
    if len(what) > LONGEST_TEXT:
        reader.faults["what"] = _(
            "%(label)s: at most %(count)s characters; there are %(have)s.",
            label=_("What is wrong"),
            count=LONGEST_TEXT,
            have=len(what),
        )
    return what


def _report(
    site: SiteSpots, at: SpotChoice, *, what: str, severity: str, owner: str | None
) -> FindingReport:
    first = what.splitlines()[0][:LONGEST_TITLE]
    return FindingReport(
        organisation=viewer().organisation,
        site=site.key,
        title=Text(zh=first, en=first),
        severity=severity,
        by=viewer().person,
        place=at.key if at.kind == "place" else None,
        asset=at.key if at.kind == "asset" else None,
        detail=what if what != first else None,
        owner=owner or None,
        danger="danger" in request.form,
        measures=request.form.get("measures", "").strip() or None,
        same_as=request.form.get("same", type=int),
    )


def _sites() -> tuple[SiteSpots, ...]:
    here = viewer()
    scope = Scope(here.organisation, here.person, here.sites)
    asked = request.values.get("spot", "").partition("|")[0] or request.args.get("site")
    return finding_spots(session(), rulebook(), scope, first=asked, now=now())


def _all(site: SiteSpots) -> tuple[SpotChoice, ...]:
    return (SpotChoice("site", site.key, site.name), *site.spots)


def _value(site: SiteSpots, spot: SpotChoice) -> str:
    """Return how the form names a spot: site, kind and key."""
    return f"{site.key}|{spot.kind}|{spot.key}"


def _people() -> list[tuple[str, str]]:
    here = viewer()
    people = people_in_scope(session(), here.organisation, sites=here.sites)
    return [(key, words(name)) for key, name in people]


def _form(
    *,
    faults: Mapping[str, str] | None = None,
    chosen: str = "",
    offered: tuple[OpenFindingHere, ...] = (),
) -> str:
    sites = _sites()
    groups = [(site, [(_value(site, spot), spot) for spot in _all(site)]) for site in sites]
    return render_template(
        "inspector/new_finding.html",
        groups=groups,
        known=[(_value(site, at), one) for site in sites for at, one in site.open],
        deadlines=_shared(sites),
        chosen=chosen,
        offered=offered,
        people=[("", _("Whoever keeps or maintains it")), *_people()],
        faults=faults or {},
        entered=request.form,
    )


def _shared(sites: tuple[SiteSpots, ...]) -> list[SharedDeadline]:
    """Return each different deadline once, with the sites that have it."""
    found: dict[str, tuple[list[str], ShownDeadline]] = {}
    for site in sites:
        for expected in site.deadlines:
            key = repr((expected.severity, expected.due_at, expected.arithmetic))
            keys, _shown = found.setdefault(key, ([], shown_deadline(expected, now())))
            keys.append(site.key)
    return [SharedDeadline(tuple(keys), shown) for keys, shown in found.values()]
