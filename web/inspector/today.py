"""Today: one person's round of the day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from inspections.rounds.today import PersonsDay, persons_day
from web.authentication import viewer
from web.database import now, session
from web.drawings.day_strip import Span, Strip, day_strip
from web.formatting import by, local, today
from web.inspector.bands import Band, Job, jobs
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
    """Show what the signed-in person has to do."""
    start = datetime.combine(today(), time(), local(now()).tzinfo)
    found = persons_day(
        session(),
        organisation=viewer().organisation,
        person=viewer().person,
        now=now(),
        day=(start, start + timedelta(days=1)),
    )
    return render_template("inspector/today.html", shown=_round(found))


def _round(found: PersonsDay) -> Round:
    book, instant = rulebook(), now()
    past, due, early = (
        jobs(rows, book, now=instant) for rows in (found.past_due, found.due, found.early)
    )
    left = [*past, *due]
    spans = [_span(job) for job in due]
    return Round(
        bands=(
            Band("overdue", _("Overdue"), "clock", past),
            Band("due", _("Due today"), "today", due),
            Band("early", _("May be done early"), "calendar", early),
        ),
        done=jobs(found.done, book, now=instant),
        left=len(left),
        minutes=sum(job.minutes for job in left),
        strip=day_strip(spans, local(instant)) if spans else None,
        strip_label=_strip_label(due),
        next_due=found.next_due_at,
    )


def _span(job: Job) -> Span:
    running = job.state == "in_progress"
    return Span(local(job.opens_at), local(job.due_at), words(job.what), running=running)


def _strip_label(due: tuple[Job, ...]) -> str:
    listed = _("; ").join(f"{words(job.what)} {by(job.due_at)}" for job in due[:12])
    head = ngettext("The day as a strip, one task", "The day as a strip, %(num)s tasks", len(due))
    return f"{head}: {listed}"
