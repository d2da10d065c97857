"""One occurrence: why this, why this person, why today, down to the clause."""

from typing import Any

from flask import render_template

from inspections.drills.serving import ServingDrill, drill_behind
from inspections.rounds.occurrence import OccurrenceDetail, occurrence_detail
from inspections.rules_in_force import RuleInForce, checklist_for
from inspections.samples.keeping import WEIGHT
from inspections.served_together import rules_served
from rules.cadence_words import cadence_text
from rules.text import Text
from web.authentication import site_in_scope, viewer
from web.database import now, session
from web.fact_words import facts_in_words
from web.formatting import moment
from web.inspector.bands import rule_in_force
from web.inspector.blueprint import blueprint
from web.inspector.occurrence_log import happened
from web.inspector.stopped import stops_of
from web.rulebook import rulebook

_OPEN = frozenset({"proposed", "scheduled", "in_progress"})
# What may still be recorded: a missed one gets a make-up check and stays missed.
_CAN_START = frozenset({"scheduled", "in_progress", "missed"})


@blueprint.get("/occurrences/<int:occurrence_id>", endpoint="occurrence")
def show(occurrence_id: int) -> str:
    """Show the occurrence with its chain."""
    detail = occurrence_detail(
        session(), occurrence_id, organisation=viewer().organisation, now=now()
    )
    site_in_scope(detail.site)
    return render_template("inspector/occurrence.html", shown=_view(detail))


def _view(detail: OccurrenceDetail) -> dict[str, Any]:
    book = rulebook()
    found = rule_in_force(book, detail.rule, detail.due_at)
    running = next((one for one in detail.records if not one.finished), None)
    return {
        **{name: getattr(detail, name) for name in detail.__dataclass_fields__},
        "place": detail.target,
        "title": found.rule.title if found else Text(zh=detail.rule, en=detail.rule),
        "rule_title": found.rule.title if found else Text(zh=detail.rule, en=detail.rule),
        "clause": book.clause_text(found.rule) if found else None,
        "grade": found.rule.source.grade if found else "C",
        "layer": book.pack_of(found.rule.id).layer if found else "",
        "rhythm": _rhythm(found),
        "minutes": found.version.minutes if found else 15,
        "people": found.version.people.count if found else 1,
        "item_count": len(checklist_for(book, found).items),
        "because": facts_in_words(detail.because),
        "answered": running.answered if running else 0,
        "inspections": [one for one in detail.records if one.finished],
        "recorders": len({one.by_key for one in detail.records if one.of is None}),
        "make_up": any(one.make_up and one.finished for one in detail.records),
        "also": _also(detail) if _can_start(detail) else [],
        "is_open": detail.state in _OPEN,
        "can_start": _can_start(detail),
        "why_not": _why_not(detail),
        "stops": stops_of(detail.id),
        "samples": found is not None and _keeps_samples(found),
        "drill": _drill(detail),
        "log": [happened(entry) for entry in detail.log],
    }


def _drill(detail: OccurrenceDetail) -> ServingDrill | None:
    if viewer().role == "contractor":
        return None
    return drill_behind(session(), rulebook(), detail.id, now=now())


def _keeps_samples(found: RuleInForce) -> bool:
    return any(limit.name == WEIGHT for limit in found.version.limits)


def _also(detail: OccurrenceDetail) -> list[Text]:
    """Return what else an inspection by this person performs now."""
    here = viewer().person
    if here not in {one.key for one in detail.assigned}:
        return []
    rules = rules_served(session(), rulebook(), detail.id, by=here, at=now())
    return [rulebook().rule(rule).title for rule in rules]


def _can_start(detail: OccurrenceDetail) -> bool:
    made_up = any(one.make_up and one.finished for one in detail.records)
    return detail.state in _CAN_START and detail.opens_at <= now() and not made_up


def _rhythm(found: RuleInForce | None) -> Text | None:
    return cadence_text(found.version.cadence) if found and found.version.cadence else None


def _why_not(detail: OccurrenceDetail) -> Text | None:
    if detail.state in {"scheduled", "in_progress"} and detail.opens_at > now():
        opens = moment(detail.opens_at)
        return Text(zh=f"窗口 {opens} 打开，现在还不能开始。", en=f"Its window opens on {opens}.")
    return None
