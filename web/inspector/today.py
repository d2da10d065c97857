"""Today: one person's round of the day."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from flask import abort, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from inspections.drills.serving import ServingDrill
from inspections.handovers.listing import HandoverLine, my_handovers
from inspections.reactions.stops import Stop, active_stops, stops_on
from inspections.reactions.tasks import TaskLine, tasks
from inspections.rounds.names import people_in_scope
from inspections.rounds.scope import Scope
from inspections.rounds.today import PersonsDay, persons_day
from inspections.samples.day import kitchens
from web.authentication import OFFICERS, viewer
from web.database import now, session
from web.drawings.day_strip import Span, Strip, day_strip
from web.formatting import by, local, today
from web.inspector.bands import Band, Job, done_jobs, jobs
from web.inspector.blueprint import blueprint
from web.inspector.route import ShownRoute, shown_route
from web.inspector.todays_drills import todays_drills
from web.preferences import words
from web.rulebook import rulebook

# A task that may not be done yet is shown from half a day before on.
_SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Round:
    """
    What Today shows.

    Attributes:
        minutes: Usual effort of what is left, in minutes.
        strip: The day as a drawing; nothing where nothing falls into it.
        tasks: What the person is to do beside checks and may begin or is soon to.
        stops: What may not be used at the sites in scope.
        route: The way through what is left; nothing where that is at one place.
        drills: Of the day, that the person takes part in or leads.
        handovers: What the person is to hand over or to take over now.
    """

    bands: tuple[Band, ...]
    done: tuple[Job, ...]
    left: int
    minutes: int
    strip: Strip | None
    strip_label: str
    next_due: datetime | None
    tasks: tuple[TaskLine, ...] = ()
    stops: tuple[Stop, ...] = ()
    route: ShownRoute | None = None
    drills: tuple[ServingDrill, ...] = ()
    handovers: tuple[HandoverLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no band has a row."""
        beside = self.tasks or self.drills or self.handovers
        return not beside and not any(band.jobs for band in self.bands)


@dataclass(frozen=True)
class Looked:
    """
    Whose day is looked at.

    Attributes:
        people: Whose day may be chosen, as key and name.
        other: Name of the person, where it is not the one who looks.
        start: First instant of the local day.
    """

    people: list[tuple[str, str]]
    person: str | None
    other: str | None
    scope: Scope
    start: datetime


@blueprint.get("/today", endpoint="today")
def show() -> str:
    """Show what the signed-in person has to do; officers may look at another person's day."""
    looked = looked_at()
    shown, found = round_of(looked)
    drills = todays_drills(found, person=looked.person, start=looked.start)
    here = viewer()
    shown = replace(
        shown,
        tasks=_tasks(looked.person),
        stops=_stops(),
        drills=drills,
        handovers=_handovers(looked.person),
    )
    return render_template(
        "inspector/today.html",
        shown=marked(shown, found),
        people=looked.people,
        person=looked.person,
        other=looked.other,
        has_kitchen=any(here.sees(key) for key, _name in kitchens(session(), here.organisation)),
    )


def looked_at() -> Looked:
    """Return whose day the request asks for; what is not theirs to see is not there."""
    here = viewer()
    people = _people()
    person = request.args.get("person") or here.person
    other = dict(people).get(person) if person != here.person else None
    if person != here.person and other is None:
        abort(404 if here.role in OFFICERS else 403)
    start = datetime.combine(today(), time(), local(now()).tzinfo)
    scope = Scope(here.organisation, person, here.sites if other else ())
    return Looked(people, person, other, scope, start)


def round_of(looked: Looked) -> tuple[Round, PersonsDay]:
    """Return the round of the day with its route, and the rows behind it."""
    day = (looked.start, looked.start + timedelta(days=1))
    found = persons_day(session(), looked.scope, now=now(), day=day)
    shown = _round(found)
    left = (job for band in shown.bands for job in band.jobs)
    return replace(shown, route=shown_route(looked.scope, left, since=looked.start)), found


def marked(shown: Round, found: PersonsDay) -> Round:
    """Return the round with the jobs marked whose target may not be used."""
    targets = {row.id: row.on for row in (*found.open, *found.done)}
    bands = tuple(
        replace(
            band,
            jobs=tuple(
                replace(job, stopped=bool(stops_on(shown.stops, targets[job.id])))
                for job in band.jobs
            ),
        )
        for band in shown.bands
    )
    return replace(shown, bands=bands)


def _tasks(person: str | None) -> tuple[TaskLine, ...]:
    here = viewer()
    scope = Scope(here.organisation, person, here.sites)
    soon = now() + _SOON
    mine = tasks(session(), scope, show="mine", now=now())
    return tuple(one for one in mine if one.may_begin(soon))


def _handovers(person: str | None) -> tuple[HandoverLine, ...]:
    here = viewer()
    if person is None:
        return ()
    mine = my_handovers(session(), here.organisation, person, now=now())
    return tuple(line for line in mine if here.sees(line.change.site))


def _stops() -> tuple[Stop, ...]:
    return active_stops(session(), viewer().organisation, sites=viewer().sites)


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
