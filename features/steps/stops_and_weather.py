"""What may not be used, and what a warning of the weather asks for."""

from pytest_bdd import parsers, then, when

from features.steps.moments import MOMENT, ZONE, moment_of
from features.steps.world import World
from inspections.alerts import alerts
from inspections.importing import load_from_record
from inspections.reactions.staffing import with_staffing_needs
from inspections.reactions.stops import active_stops
from inspections.weather import choices, record_warning
from rules.derive import derive
from scheduler.roster.building import roster_problem
from scheduler.roster.slots import Slots


@when(parsers.re(rf"(?P<where>.+?)于(?P<at>{MOMENT})登记“(?P<kind>[^”]+)”“(?P<level>[^”]+)”预警"))
def warned(world: World, where, at, kind, level) -> None:
    """Record a weather warning at a site."""
    kinds = {title.zh: value for value, title in choices("weather.kind").items()}
    levels = {title.zh: value for value, title in choices("weather.level").items()}
    record_warning(
        world.session,
        world.rulebook,
        organisation_id=world.organisation,
        site=world.site(where).key,
        kind=kinds[kind],
        level=levels[level],
        by="safety",
        now=moment_of(at),
    )


@then(parsers.re("(?P<where>[^“]+)(?P<stopped>已停用|没有停用)"))
def may_be_used(world: World, where, stopped) -> None:
    """See whether a place may be used."""
    targets = {(site, "place", key) for site, key in world.targets(where)}
    stops = active_stops(world.session, world.organisation)
    covered = any(targets & stop.covers for stop in stops)

    assert (stopped == "已停用") == covered


@then(parsers.re("提醒(?P<where>.+)停用"))
def stop_alert(world: World, where) -> None:
    """See that the alerts name what may not be used."""
    found = alerts(world.session, world.rulebook, organisation_id=world.organisation, now=world.now)
    texts = [one.text.zh for one in found if one.code == "stopped"]

    assert any(where in text for text in texts), texts


@then(parsers.re(rf"(?P<where>.+)的门岗(?P<at>{MOMENT})须有(?P<count>\d)人"))
def gate_needs(world: World, where, at, count) -> None:
    """Compare how many people the gate's shift wants at a moment."""
    moment = moment_of(at)
    day = moment.astimezone(ZONE).date()
    organisation = load_from_record(world.session, world.organisation)
    book = world.rulebook.for_organisation(organisation)
    bindings = derive(book, organisation, day)
    problem = roster_problem(organisation, (day, day), rulebook=book, bindings=bindings)
    problem = with_staffing_needs(world.session, book, organisation, problem)
    site = world.site(where).key
    posts = {post.id for post in problem.posts if post.site == site and "门岗" in post.name.zh}
    minute = int(moment.timestamp()) // 60
    slots = [s for s in Slots(problem).wanted if s.post in posts and s.since <= minute < s.until]

    assert [int(count)] == [slot.need for slot in slots]
