"""The page of the audit log: filters, and each entry with its values side by side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for

from inspections.queries.audit_log import READERS, LogLine, areas_and_people, log_page
from inspections.rounds.names import people_names, person_text
from rules.text import Text
from web.audit.blueprint import blueprint
from web.audit.values import Value, action_words, area_words, values_of
from web.audit.wanted import asked, wanted
from web.audit.wording import VIA
from web.authentication import roles, viewer
from web.database import session
from web.preferences import words


@dataclass(frozen=True)
class Shown:
    """An entry in words."""

    at: datetime
    by: str
    action: str
    subject: str
    where: str
    values: list[Value]


@blueprint.get("/")
@roles(*READERS)
def log() -> str:
    """Show a page of the log."""
    account = viewer().account
    page = request.args.get("page", 1, int)
    found = log_page(session(), wanted(), number=page, seen_by=account)
    areas, people = areas_and_people(session(), seen_by=account)
    names = people_names(session(), account.organisation)
    given: dict[str, Any] = {**asked()}
    return render_template(
        "audit/log.html",
        found=found,
        rows=[_shown(each, names) for each in found.rows],
        given=given,
        areas=[(area, area_words(area)) for area in areas],
        people=[(key, words(person_text(names, key))) for key in people],
        url=lambda number: url_for("audit.log", **given, page=number),
    )


def _shown(line: LogLine, names: dict[str, Text]) -> Shown:
    where = [line.device or "", line.address or "", str(VIA.get(line.via, line.via))]
    return Shown(
        at=line.at,
        by=words(person_text(names, line.by)),
        action=action_words(line.action),
        subject=line.subject,
        where=" · ".join(part for part in where if part),
        values=values_of(line, names),
    )
