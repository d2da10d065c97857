"""Review an inspection, submit it, and read the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from inspections.device_clock import server_clock
from inspections.recording import finish_inspection
from inspections.rounds.occurrence import OccurrenceDetail, occurrence_detail
from inspections.rounds.performed_with import Served
from inspections.rounds.record import (
    InspectionDetail,
    OpenedFinding,
    inspection_detail,
)
from inspections.sync.arrived import PhotoCount, came_from, photos_of_record
from inspections.sync.kept_items import versions_beside
from rules.checklist import Item
from rules.shown_items import Answered, shown_items
from rules.text import Text
from web.authentication import roles, site_in_scope, viewer
from web.database import now, session, transaction
from web.inspector.answer_words import answer_words
from web.inspector.answers_form import field_of
from web.inspector.bands import rule_in_force
from web.inspector.blueprint import blueprint
from web.inspector.run import RECORDERS
from web.rulebook import rulebook
from web.version_words import lines


@dataclass(frozen=True)
class ShownFinding:
    """A finding that an answer opened; `sentence` is how its deadline was counted."""

    id: int
    number: str
    severity: str
    state: str
    due_at: Any
    sentence: Text


@dataclass(frozen=True)
class RecordRow:
    """
    One item of the record with its last answer.

    Attributes:
        attempts: How many; empty where it has no answer.
        known: Whether its finding is a known defect that was there before.
        expected: How many of its photos have arrived, where a tablet said how many there are.
    """

    number: int
    field: str
    type: str
    title: Text
    required: bool
    verdict: str | None
    answer_words: Text | None
    note: str | None
    attempts: str
    finding: ShownFinding | None
    photos: tuple[str, ...]
    known: bool = False
    expected: PhotoCount | None = None


@blueprint.get("/inspections/<inspection_id>/review", endpoint="review")
@roles(*RECORDERS)
def review(inspection_id: str) -> str | Response:
    """Show unanswered items first, then failures, then the rest folded."""
    detail, occurrence = _loaded(inspection_id)
    if detail.finished_at is not None:
        return redirect(url_for("inspector.inspection", inspection_id=inspection_id))
    return render_template("inspector/review.html", run=_review(detail, occurrence))


@blueprint.post("/inspections/<inspection_id>/review")
@roles(*RECORDERS)
def submit(inspection_id: str) -> Response:
    """Close the record; what it came to is computed from when it was done."""
    _loaded(inspection_id)
    note = request.form.get("note", "").strip() or None
    with transaction() as opened:
        finish_inspection(
            opened, rulebook(), inspection_id=inspection_id, clock=server_clock(now()), note=note
        )
    return redirect(url_for("inspector.inspection", inspection_id=inspection_id, done=1))


@blueprint.get("/inspections/<inspection_id>", endpoint="inspection")
def record(inspection_id: str) -> str:
    """Show the record as it prints."""
    detail, occurrence = _loaded(inspection_id)
    just_done = "done" in request.args and detail.finished_at is not None
    return render_template(
        "inspector/record.html",
        record=_record(detail, occurrence),
        just_done=just_done,
        version_lines=lines,
    )


def _loaded(inspection_id: str) -> tuple[InspectionDetail, OccurrenceDetail]:
    organisation = viewer().organisation
    detail = inspection_detail(session(), inspection_id, organisation=organisation)
    occurrence = occurrence_detail(
        session(), detail.occurrence_id, organisation=organisation, now=now()
    )
    site_in_scope(occurrence.site)
    return detail, occurrence


def _rows(detail: InspectionDetail) -> list[RecordRow]:
    rows = []
    counts = photos_of_record(session(), detail.id)
    for number, item in enumerate(_items(detail), 1):
        tries = detail.attempts.get(item.id, ())
        latest = tries[-1] if tries else None
        opened = detail.findings.get(item.id)
        known = detail.known.get(item.id) if opened is None else None
        behind = opened or known
        said = [answer_words(item, one.value, one.verdict) for one in tries]
        rows.append(
            RecordRow(
                number=number,
                field=field_of(item.id),
                type=item.type,
                title=item.title,
                required=item.required,
                verdict=latest.verdict if latest else None,
                answer_words=said[-1] if said else None,
                note=latest.note if latest else None,
                attempts=str(len(tries)) if tries else "",
                finding=_finding(behind) if behind else None,
                known=known is not None,
                photos=detail.photos.get(item.id, ()),
                expected=counts.get(item.id),
            )
        )
    return rows


def _items(detail: InspectionDetail) -> tuple[Item, ...]:
    """Return the items that were asked, and any other that opened a finding before."""
    answered = {
        name: Answered(tries[-1].value, tries[-1].verdict)
        for name, tries in detail.attempts.items()
        if tries
    }
    asked = {item.id for item in shown_items(detail.checklist, answered)} | set(detail.findings)
    return tuple(item for item in detail.checklist.items if item.id in asked)


def _finding(opened: OpenedFinding) -> ShownFinding:
    sentence = Text(**opened.arithmetic["text"])
    return ShownFinding(
        opened.id, opened.number, opened.severity, opened.state, opened.due_at, sentence
    )


def _common(detail: InspectionDetail, occurrence: OccurrenceDetail) -> dict[str, Any]:
    found = rule_in_force(rulebook(), occurrence.rule, occurrence.due_at)
    return {
        "id": detail.id,
        "occurrence": occurrence.id,
        "title": found.rule.title if found else detail.checklist.title,
        "clause": rulebook().clause_text(found.rule) if found else None,
        "place": occurrence.target,
        "site_name": occurrence.site_name,
        "make_up": detail.make_up,
    }


def _review(detail: InspectionDetail, occurrence: OccurrenceDetail) -> dict[str, Any]:
    rows = _rows(detail)
    unanswered = _with_verdict(rows, None)
    return {
        **_common(detail, occurrence),
        "unanswered": unanswered,
        "failures": _with_verdict(rows, "fail"),
        "sound": _with_verdict(rows, "pass", "na", "noted"),
        "missing_required": sum(row.required for row in unanswered),
    }


def _record(detail: InspectionDetail, occurrence: OccurrenceDetail) -> dict[str, Any]:
    rows = _rows(detail)
    kept = ("by", "started_at", "finished_at", "server_at", "note", "digest")
    return {
        **_common(detail, occurrence),
        **{name: getattr(detail, name) for name in kept},
        "organisation": viewer().organisation_name,
        "also": [_served(one) for one in detail.also],
        "opens_at": occurrence.opens_at,
        "due_at": occurrence.due_at,
        "state": occurrence.state,
        "rows": rows,
        "failures": _with_verdict(rows, "fail"),
        "passed": len(_with_verdict(rows, "pass", "noted")),
        "na": len(_with_verdict(rows, "na")),
        "fingerprint": _short(detail.digest or ""),
        "came": came_from(session(), detail.id),
        "beside": versions_beside(session(), detail.id),
        "others": [
            one for one in occurrence.records if one.id != detail.id and one.by_key != detail.by_key
        ],
        "signatures": [(one, _short(one.digest)) for one in detail.signatures],
    }


def _short(digest: str) -> str:
    """Return the first eight characters of a hash as people read them."""
    return f"{digest[:4]}-{digest[4:8]}".upper()


def _served(one: Served) -> dict[str, Any]:
    """Return an occurrence that the record performed too, with its title and clause."""
    found = rule_in_force(rulebook(), one.rule, one.due_at)
    return {
        "id": one.id,
        "state": one.state,
        "due_at": one.due_at,
        "title": found.rule.title if found else Text(zh=one.rule, en=one.rule),
        "clause": rulebook().clause_text(found.rule) if found else None,
    }


def _with_verdict(rows: Iterable[RecordRow], *verdicts: str | None) -> list[RecordRow]:
    return [row for row in rows if row.verdict in verdicts]
