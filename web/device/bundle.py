"""What a device should hold of its person's day: pages with their digests, and the shell."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from flask import Response, jsonify, url_for

from inspections.rounds.scope import Scope
from inspections.rounds.today import PersonsDay, persons_day
from web.access import for_contractors, for_programs
from web.assets import shell_addresses
from web.authentication import viewer
from web.database import now, session
from web.device.blueprint import blueprint
from web.formatting import local, today
from web.inspector.bands import jobs
from web.inspector.run import RECORDERS
from web.inspector.todays_drills import todays_drills
from web.preferences import language, theme
from web.rulebook import rulebook

# More than anybody walks in a day; a device must not fetch a thousand pages.
MOST_CHECKLISTS = 60
# Last values, known findings and rules may change without a trace in the occurrence itself.
_AT_LEAST_EVERY = "%Y-%m-%dT%H"


@blueprint.get("/sync/bundle")
@for_programs
@for_contractors
def bundle() -> Response:
    """List what the device should keep; a page with the same digest need not be fetched again."""
    here = viewer()
    found = _day()
    ground = [language(), theme(), *shell_addresses(), now().strftime(_AT_LEAST_EVERY)]
    pages = [{"url": url, "digest": _digest(*ground, url, *facts)} for url, facts in _pages(found)]
    response = jsonify(
        made_at=now().isoformat(),
        account=here.name,
        pages=pages,
        assets=[{"url": url, "digest": _digest(url)} for url in shell_addresses()],
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _day() -> PersonsDay:
    here, start = viewer(), _start()
    scope = Scope(here.organisation, here.person)
    return persons_day(session(), scope, now=now(), day=(start, start + timedelta(days=1)))


def _start() -> datetime:
    return datetime.combine(today(), time(), local(now()).tzinfo)


def _pages(found: PersonsDay) -> Iterator[tuple[str, list[Any]]]:
    """Yield the addresses with what their content hangs on."""
    rows = {row.id: row for row in found.open}
    whole = [(row.id, row.state, row.answered) for row in (*found.open, *found.done)]
    yield url_for("inspector.today"), whole
    for endpoint in ("device.state", "inspector.findings", "account.show", "codes.scan"):
        yield url_for(endpoint), []
    if viewer().role not in RECORDERS:
        return
    yield url_for("inspector.new_finding"), []
    for job in jobs(found.open, rulebook(), now=now())[:MOST_CHECKLISTS]:
        row = rows[job.id]
        facts = [row.state, row.answered, row.due_at, row.closes_at, job.also, job.items]
        for endpoint in ("inspector.run", "inspector.occurrence"):
            yield url_for(endpoint, occurrence_id=job.id), facts
    for drill in todays_drills(found, person=viewer().person, start=_start()):
        yield url_for("drills.drill", drill_id=drill.id), [drill]


def _digest(*facts: Any) -> str:
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
