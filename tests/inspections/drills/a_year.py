"""A mall with two stores whose year of drills is planned."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from inspections.drills.programme import propose, publish
from inspections.drills.settings import DrillSettings
from inspections.editing import Editor
from inspections.importing import import_organisation
from inspections.planning import plan
from rules.loader import load_rulebook
from rules.organisation.loader import load_organisation

EXAMPLES = Path(__file__).parents[3] / "examples"
BEFORE = datetime(2026, 12, 27, 4, tzinfo=UTC)
YEAR = 2027
MALL = "mall-group"
OFFICER = Editor(MALL, "a-safety", "safety-officer")
VIEWER = Editor(MALL, "a-guard-1", "inspector")
TOGETHER = frozenset({"mall-emergency-drill"})
SURPRISE = frozenset({"mall-evacuation-drill"})


@cache
def book():
    return load_rulebook()


def planned(session, name=MALL, *, days=(date(2026, 12, 28), date(2027, 1, 10))):
    """Bring an example into the record and derive its duties; nobody is assigned."""
    organisation = load_organisation(EXAMPLES / f"{name}.yaml")
    import_organisation(session, organisation, now=BEFORE)
    plan(
        session,
        book(),
        organisation_id=organisation.id,
        since=days[0],
        until=days[1],
        now=BEFORE,
        assign=False,
    )


def proposed(session, *, hidden=frozenset(), now=BEFORE):
    settings = DrillSettings(hidden=hidden, together=TOGETHER)
    return propose(session, book(), MALL, YEAR, by=OFFICER, now=now, settings=settings, steps=5)


def published(session, **choices):
    proposed(session, **choices)
    return publish(session, MALL, YEAR, by=OFFICER, now=BEFORE)
