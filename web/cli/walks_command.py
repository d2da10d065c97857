"""`xunjian walks`: the walks of everybody on one day, stop by stop, and what they save."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.days import day_of
from web.cli.one_organisation import organisation_from_record
from web.cli.output import print_json, print_table, refuse, say
from web.cli.record import open_record
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from inspections.walks.planned import PersonsWalks
    from rules.organisation.model import Organisation
    from scheduler.walks.visits import Stop

_COLUMNS = (
    Text(zh="人员", en="Person"),
    Text(zh="趟", en="Walk"),
    Text(zh="到达", en="From"),
    Text(zh="路上", en="Way"),
    Text(zh="部位", en="Place"),
    Text(zh="用时", en="Minutes"),
    Text(zh="检查", en="Checks"),
)


@click.command(
    "walks",
    cls=Command,
    help=Text(
        zh="列出某一天每人的路线：分几趟、先后顺序、路上几分钟、省下多少。\n\n"
        "退出码：0 正常，1 有检查按路线来不及，2 输入有误。",
        en="List everybody's route of one day: walks, the order of places, minutes on the way and "
        "minutes saved.\n\nExit status: 0 fine, 1 where some check is not in time by its route, "
        "2 with bad input.",
    ),
    example="xunjian walks --organisation mall-group --on 2026-11-23",
)
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="记录中的单位；只有一个时可省。", en="Of the record; needed if it has several."),
)
@option(
    "--on", "on_text", metavar="DATE", help=Text(zh="哪一天；默认今天。", en="Today if not given.")
)
@option("--person", metavar="ID", help=Text(zh="只看一人。", en="Of one person only."))
@DATABASE
@JSON
def walks(
    *,
    organisation_id: str | None,
    on_text: str | None,
    person: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """List everybody's route of one day."""
    from inspections.walks.planned import Wanted, planned_walks

    faults: list[Fault] = []
    on = day_of(on_text, "--on", faults)
    if faults:
        refuse(faults, as_json=as_json)
    try:
        rulebook, organisation = organisation_from_record(
            database, organisation_id, as_json=as_json
        )
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    if person is not None and person not in {one.id for one in organisation.people}:
        refuse([_nobody(person)], as_json=as_json)
    zone = ZoneInfo(organisation.time_zone)
    now = datetime.now(UTC)
    wanted = Wanted(organisation.id, zone, on or now.astimezone(zone).date(), person)
    with open_record(database, as_json=as_json)() as session:
        found = tuple(planned_walks(session, rulebook, wanted, now=now))
    if as_json:
        print_json(_data(found, organisation, wanted.on))
    else:
        _print(found, organisation, wanted.on)
    raise SystemExit(1 if any(one.found.route.late for one in found) else 0)


def _nobody(person: str) -> Fault:
    message = Text(zh=f"没有人员 {person}。", en=f"There is no person {person}.")
    remedy = Text(zh="请填写组织文件中的编号。", en="Give an id of the organisation's file.")
    return option_fault("--person", message, remedy)


def _data(
    found: "tuple[PersonsWalks, ...]", organisation: "Organisation", on: date
) -> dict[str, Any]:
    zone = ZoneInfo(organisation.time_zone)
    return {
        "organisation": organisation.id,
        "on": on.isoformat(),
        "people": [_person_data(one, zone) for one in found],
        **_totals(found),
    }


def _totals(found: "tuple[PersonsWalks, ...]") -> dict[str, Any]:
    routes = [one.found.route for one in found]
    return {
        "walks": sum(len(route.walks) for route in routes),
        "stops": sum(len(route.stops) for route in routes),
        "minutes_of_work": sum(route.work for route in routes),
        "minutes_on_the_way": round(sum(route.way for route in routes), 1),
        "saved_by_serving_together": sum(route.served for route in routes),
        "saved_by_order": round(sum(route.walked for route in routes), 1),
        "late": sum(len(route.late) for route in routes),
    }


def _person_data(one: "PersonsWalks", zone: ZoneInfo) -> dict[str, Any]:
    route = one.found.route
    return {
        "person": one.person,
        "name": say(one.name),
        "saved_by_serving_together": route.served,
        "saved_by_order": route.walked,
        "walks": [
            {
                "from": _clock(walk.starts, zone).isoformat(),
                "until": _clock(walk.ends, zone).isoformat(),
                "duties": walk.duties,
                "stops": [_stop_data(one, stop, zone) for stop in walk.stops],
            }
            for walk in route.walks
        ],
    }


def _stop_data(one: "PersonsWalks", stop: "Stop", zone: ZoneInfo) -> dict[str, Any]:
    return {
        "site": stop.at.site,
        "place": stop.at.place or None,
        "name": say(one.found.names[stop.at]),
        "from": _clock(stop.starts, zone).isoformat(),
        "minutes_of_way": stop.way,
        "minutes": stop.minutes,
        "occurrences": [int(visit.id) for visit in stop.visits],
        "late": sorted(int(id_) for id_ in stop.late),
    }


def _print(found: "tuple[PersonsWalks, ...]", organisation: "Organisation", on: date) -> None:
    zone = ZoneInfo(organisation.time_zone)
    title = Text(
        zh=f"{organisation.name.zh} {on} 的路线", en=f"Routes of {organisation.name.en}, {on}"
    )
    rows = [row for one in found for row in _rows(one, zone)]
    print_table(say(title), [say(column) for column in _COLUMNS], rows)
    total = _totals(found)
    click.echo(
        say(
            Text(
                zh=f"共 {total['walks']} 趟 {total['stops']} 站；检查 {total['minutes_of_work']} "
                f"分钟，路上 {total['minutes_on_the_way']:g} 分钟。一次检查满足多项职责，省 "
                f"{total['saved_by_serving_together']} 分钟；按此顺序走，少走 "
                f"{total['saved_by_order']:g} 分钟。来不及 {total['late']} 项。",
                en=f"{total['walks']} walks, {total['stops']} stops; {total['minutes_of_work']} "
                f"minutes of checks, {total['minutes_on_the_way']:g} on the way. Saved: "
                f"{total['saved_by_serving_together']} minutes where one check serves several "
                f"duties, {total['saved_by_order']:g} by the order. Not in time: "
                f"{total['late']}.",
            )
        )
    )


def _rows(one: "PersonsWalks", zone: ZoneInfo) -> list[tuple[str, ...]]:
    return [
        (
            say(one.name),
            str(number),
            f"{_clock(stop.starts, zone):%H:%M}",
            f"{stop.way:g}",
            say(one.found.names[stop.at]),
            str(stop.minutes),
            _checks(one, stop),
        )
        for number, walk in enumerate(one.found.route.walks, 1)
        for stop in walk.stops
    ]


def _checks(one: "PersonsWalks", stop: "Stop") -> str:
    late = say(Text(zh="（来不及）", en=" (not in time)"))
    titles = (
        say(one.titles[visit.id]) + (late if visit.id in stop.late else "") for visit in stop.visits
    )
    return say(Text(zh="；", en="; ")).join(titles)


def _clock(minute: float, zone: ZoneInfo) -> datetime:
    return (datetime.fromtimestamp(0, tz=UTC) + timedelta(minutes=minute)).astimezone(zone)
