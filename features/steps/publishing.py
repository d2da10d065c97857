"""Rosters kept as drafts and published, with leave read from the record."""

from datetime import timedelta

from pytest_bdd import parsers, then, when
from sqlalchemy import select

from features.steps.moments import DAY, MOMENT, day_of, moment_of
from features.steps.world import World
from inspections.errors import Refused
from inspections.importing import import_organisation, load_from_record
from inspections.models import AuditRow, RosterRunRow
from inspections.rosters import RosterIncomplete, publish_roster, solve_rosters
from rules.organisation.model import DateSpan
from rules.text import Text


@when(parsers.re(f"(?P<names>[^于]+)请了(?P<since>{DAY})至(?P<until>{DAY})的假"))
def leave_is_granted(world: World, names, since, until) -> None:
    """Enter leave of some days."""
    _with_absences(world, names, {"from": day_of(since), "until": day_of(until)})


@when(parsers.re("(?P<names>.+)销假"))
def leave_is_taken_back(world: World, names) -> None:
    """Take the leave back."""
    _with_absences(world, names, None)


def _with_absences(world: World, names: str, span: dict | None) -> None:
    organisation = load_from_record(world.session, world.organisation)
    keys = {world.person(name) for name in names.split("、")}
    away = (DateSpan(**span, reason=Text(zh="事假", en="personal leave")),) if span else ()
    people = tuple(
        one.model_copy(update={"absences": away}) if one.id in keys else one
        for one in organisation.people
    )
    import_organisation(
        world.session, organisation.model_copy(update={"people": people}), now=world.now
    )


@when(parsers.re(f"排班员排出(?P<since>{DAY})至(?P<until>{DAY})的班表草稿"))
def draft(world: World, since, until) -> None:
    """Solve all posts and keep the drafts."""
    world.now = moment_of(f"{since}08:00") - timedelta(days=1)
    world.runs = solve_rosters(
        world.session,
        world.rulebook,
        organisation_id=world.organisation,
        since=day_of(since),
        until=day_of(until),
        now=world.now,
        seconds=30,
    ).runs


@when(parsers.re(rf"(?P<who>[^于]+)于(?P<at>{MOMENT})发布(?P<site>.+)的班表"))
def publish(world: World, who, at, site) -> None:
    """Publish the draft of a site."""
    world.refusal = None
    try:
        publish_roster(
            world.session,
            world.runs[world.site(site).key],
            by=world.person(who),
            now=moment_of(at),
        )
    except Refused as refusal:
        world.refusal = refusal


@then(parsers.re("不予发布，指出“(?P<gap>.+)”"))
def not_published(world: World, gap) -> None:
    """See that the gap is named among the reasons."""
    assert isinstance(world.refusal, RosterIncomplete)
    assert any(gap in reason.zh for reason in world.refusal.reasons), world.refusal.reasons


@then(parsers.re("(?P<site>.+)的班表已发布，并留有记录"))
def published(world: World, site) -> None:
    """See that it is published and that the audit trail says so."""
    run = world.session.get_one(RosterRunRow, world.runs[world.site(site).key])
    trail = select(AuditRow).filter_by(action="roster.published", subject=f"roster-run/{run.id}")

    assert None is world.refusal
    assert run.published_at is not None
    assert 1 == len(list(world.session.scalars(trail)))
