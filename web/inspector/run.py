"""Run a checklist: all items on one page, saved as they stand, reviewed before they are sent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from inspections.device_clock import server_clock
from inspections.pinned_checklists import (
    checklist_digest,
    is_kept,
    keep_checklist,
    pinned_checklist,
)
from inspections.reactions.duplicates import OpenFindingHere, open_findings_of_occurrence
from inspections.reactions.known_defects import known_of_occurrence
from inspections.reactions.preview import ExpectedFinding, expected_findings
from inspections.reactions.stops import Stop
from inspections.recording import record_answers, start_inspection
from inspections.rounds.occurrence import (
    OccurrenceDetail,
    RecordLink,
    occurrence_detail,
    target_facts,
)
from inspections.rounds.record import inspection_detail, last_answers, running_inspection
from inspections.rules_in_force import checklist_for
from rules.checklist import Checklist
from rules.text import Text
from web.authentication import roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.inspector.answers_form import read_answers
from web.inspector.bands import rule_in_force
from web.inspector.blueprint import blueprint
from web.inspector.photos import read_photos
from web.inspector.proof_photos import read_proof
from web.inspector.run_items import Around, RunItem, run_item
from web.inspector.stopped import stops_of
from web.preferences import words
from web.rulebook import rulebook

RECORDERS = (
    "administrator",
    "safety-officer",
    "inspector",
    "team-lead",
    "responsible-person",
)
# Who has more open findings at one target than this looks them up.
MOST_OFFERED = 5


@dataclass(frozen=True)
class Run:
    """
    The page of a running checklist.

    Attributes:
        id: The inspection's id, made before it is begun so that sending twice keeps one record.
        checklist: Hash of the text that is shown; the record is pinned to it.
        begun: Whether the server holds a part of the record.
        same: Open findings at the target that a failure may be the same as.
        others: Records of other people that are begun and not finished.
    """

    id: str
    occurrence: int
    title: Text
    place: Text
    due_at: datetime
    closes_at: datetime
    make_up: bool
    items: tuple[RunItem, ...]
    checklist: str
    begun: bool
    same: tuple[OpenFindingHere, ...] = ()
    others: tuple[RecordLink, ...] = ()
    stops: tuple[Stop, ...] = ()

    @property
    def answered(self) -> int:
        """How many items have an answer."""
        return sum(item.verdict is not None for item in self.items)

    @property
    def failed(self) -> int:
        """How many items failed."""
        return sum(item.verdict == "fail" for item in self.items)


@blueprint.get("/occurrences/<int:occurrence_id>/run", endpoint="run")
@roles(*RECORDERS)
def show(occurrence_id: int) -> str:
    """Show the checklist, with what was answered before; `?checklist=` asks for an older text."""
    detail = _detail(occurrence_id)
    known = running_inspection(session(), occurrence_id, by=viewer().person)
    page = _page(detail, known or str(uuid4()), begun=known is not None)
    return render_template("inspector/run.html", run=page, faults={})


@blueprint.post("/occurrences/<int:occurrence_id>/run")
@roles(*RECORDERS)
def save(occurrence_id: int) -> Response | tuple[str, int]:
    """Keep the answers; on to the review, or back to the task to continue later."""
    detail = _detail(occurrence_id)
    inspection = _client_made(request.form.get("inspection", ""))
    with transaction() as opened:
        running = start_inspection(
            opened,
            rulebook(),
            inspection_id=inspection,
            occurrence_id=occurrence_id,
            by=viewer().person,
            clock=server_clock(now()),
            checklist=_shown_text(detail, request.form.get("checklist")),
        )
        read = read_answers(running.checklist, request.form)
        photos = read_photos(opened, running.checklist, inspection)
        proof = read_proof(opened, running.checklist, inspection)
        record_answers(
            opened,
            rulebook(),
            inspection_id=inspection,
            answers={**read.answers, **photos.answers},
            clock=server_clock(now()),
        )
    wrong = {**read.faults, **photos.faults, **proof}
    if wrong:
        faults = {field: words(text) for field, text in wrong.items()}
        page = _page(detail, inspection, begun=True)
        return render_template("inspector/run.html", run=page, faults=faults), 422
    if request.form.get("action") == "save":
        flash(_("Saved on the server. Continue whenever you like."), "ok")
        return redirect(url_for("inspector.occurrence", occurrence_id=occurrence_id))
    return redirect(url_for("inspector.review", inspection_id=inspection))


def _client_made(text: str) -> str:
    """Return the id that the page was drawn with; anything else is no form of ours."""
    try:
        return str(UUID(text))
    except ValueError:
        abort(400)


def _detail(occurrence_id: int) -> OccurrenceDetail:
    detail = occurrence_detail(
        session(), occurrence_id, organisation=viewer().organisation, now=now()
    )
    site_in_scope(detail.site)
    return detail


def _page(detail: OccurrenceDetail, inspection: str, *, begun: bool) -> Run:
    book = rulebook()
    found = rule_in_force(book, detail.rule, detail.due_at)
    record = (
        inspection_detail(session(), inspection, organisation=detail.organisation)
        if begun
        else None
    )
    asked = request.values.get("checklist")
    checklist = record.checklist if record else _shown_text(detail, asked)
    around = Around(
        checklist=checklist,
        known=known_of_occurrence(session(), detail.id, checklist.id, at=now()),
        attempts=record.attempts if record else {},
        last=last_answers(session(), detail.id),
        expected=_expected(detail, checklist),
        proof=record.photos if record else {},
        facts=target_facts(session(), detail.id),
        typed=request.form if request.method == "POST" else MultiDict(),
        found_at=now(),
    )
    return Run(
        id=inspection,
        occurrence=detail.id,
        title=found.rule.title if found else checklist.title,
        place=detail.target,
        due_at=detail.due_at,
        closes_at=detail.closes_at,
        make_up=now() > detail.closes_at,
        items=tuple(run_item(item, around) for item in checklist.items),
        checklist=_kept(checklist),
        begun=begun,
        same=open_findings_of_occurrence(session(), detail.id)[:MOST_OFFERED],
        others=tuple(
            one for one in detail.records if not one.finished and one.by_key != viewer().person
        ),
        stops=stops_of(detail.id),
    )


def _shown_text(detail: OccurrenceDetail, digest: str | None) -> Checklist:
    """Return the version that the page showed, or that a record was begun with; else today's."""
    book = rulebook()
    today = checklist_for(book, rule_in_force(book, detail.rule, detail.due_at))
    return pinned_checklist(session(), digest, instead_of=today) or today


def _kept(checklist: Checklist) -> str:
    """Keep the text that the page shows, so that what is begun with it stays pinned to it."""
    digest = checklist_digest(checklist)
    if not is_kept(session(), digest):
        with transaction() as opened:
            keep_checklist(opened, checklist)
    return digest


def _expected(
    detail: OccurrenceDetail, checklist: Checklist
) -> dict[str, tuple[ExpectedFinding, ...]]:
    return expected_findings(
        session(),
        rulebook(),
        occurrence_id=detail.id,
        checklist=checklist,
        now=now(),
    )
