"""Today: one person's round of the day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from inspections.rounds.names import people_in_scope
from inspections.rounds.scope import Scope
from inspections.rounds.today import PersonsDay, persons_day
from web.authentication import OFFICERS, viewer
from web.database import now, session
from web.drawings.day_strip import Span, Strip, day_strip
from web.formatting import by, local, today
from web.inspector.bands import Band, Job, done_jobs, jobs
from web.inspector.blueprint import blueprint
from web.preferences import words
from web.rulebook import rulebook


@dataclass(frozen=True)
class Round:
    """
    What Today shows.

    Attributes:
        minutes: Usual effort of what is left, in minutes.
        strip: The day as a drawing; nothing where nothing falls into it.
    """

    bands: tuple[Band, ...]
    done: tuple[Job, ...]
    left: int
    minutes: int
    strip: Strip | None
    strip_label: str
    next_due: datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether no band has a row."""
        return not any(band.jobs for band in self.bands)


@blueprint.get("/today", endpoint="today")
def show() -> str:
    """Show what the signed-in person has to do; officers may look at another person's day."""
    here = viewer()
    people = _people()
    person = request.args.get("person") or here.person
    other = dict(people).get(person) if person != here.person else None
    if person != here.person and other is None:
        abort(404 if here.role in OFFICERS else 403)
    start = datetime.combine(today(), time(), local(now()).tzinfo)
    scope = Scope(here.organisation, person, here.sites if other else ())
    found = persons_day(session(), scope, now=now(), day=(start, start + timedelta(days=1)))
    return render_template(
        "inspector/today.html", shown=_round(found), people=people, person=person, other=other
    )


def _people() -> list[tuple[str, str]]:
    """Return whose day may be chosen: everyone in scope for officers, nobody for others."""
    here = viewer()
    if here.role not in OFFICERS:
        return []
    people = people_in_scope(session(), here.organisation, sites=here.sites)
    return [(key, words(name)) for key, name in people]


def _round(found: PersonsDay) -> Round:
    book, instant = rulebook(), now()
    past, due, early = _by_band(found, jobs(found.open, book, now=instant))
    left = [*past, *due]
    spans = [_span(job) for job in due]
    return Round(
        bands=(
            Band("overdue", _("Overdue"), "clock", past),
            Band("due", _("Due today"), "today", due),
            Band("early", _("May be done early"), "calendar", early),
        ),
        done=done_jobs(found.done, book),
        left=len(left),
        minutes=sum(job.minutes for job in left),
        strip=day_strip(spans, local(instant)) if spans else None,
        strip_label=_strip_label(due),
        next_due=found.next_due_at,
    )


def _by_band(found: PersonsDay, shown: tuple[Job, ...]) -> list[tuple[Job, ...]]:
    """Return the jobs in three bands; a walk stands where its first due time puts it."""
    due = {row.due_at for row in found.due}
    past = {row.due_at for row in found.past_due}
    return [
        tuple(job for job in shown if job.due_at in past),
        tuple(job for job in shown if job.due_at in due),
        tuple(job for job in shown if job.due_at not in past | due),
    ]


def _span(job: Job) -> Span:
    running = job.state == "in_progress"
    return Span(local(job.opens_at), local(job.due_at), words(job.what), running=running)


def _strip_label(due: tuple[Job, ...]) -> str:
    listed = _("; ").join(f"{words(job.what)} {by(job.due_at)}" for job in due[:12])
    head = ngettext("The day as a strip, one task", "The day as a strip, %(num)s tasks", len(due))
    return f"{head}: {listed}"
