"""What `xunjian demo` does: five organisations imported, lived through, planned and shown."""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from inspections.database import Session, Sessions, database_url
from inspections.demo_accounts import PASSWORD, ensure_demo_accounts
from inspections.demonstration.drills import live_through_drills
from inspections.demonstration.handovers import hand_over_past_shifts
from inspections.demonstration.past_days import work_off
from inspections.demonstration.picture import demonstration_picture
from inspections.demonstration.wishes import enter_wishes
from inspections.evidence import EvidenceStore
from inspections.importing import import_organisation
from inspections.planning import PlanResult, plan
from inspections.published_packs import published_packs, rulebook_for
from inspections.publishing_packs import publish_pack
from inspections.rosters import RosterIncomplete, publish_roster, solve_rosters
from rules.faults import InputInvalid
from rules.loader import load_rulebook, pack_of
from rules.organisation.loader import load_organisation
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from web.cli.output import language, print_json, refuse, say
from web.cli.progress import Step, progress_bars
from web.cli.record import open_record
from web.configuration import DEFAULTS

EXAMPLES = Path(__file__).parents[2] / "examples"
PAST_DAYS = 3
PLANNED_DAYS = 28
SEED = 20261122
# A sixth of what a roster usually gets: it stands within a second, and covers the same.
ROSTER_STEPS = 1_500


@dataclass(frozen=True)
class Demonstrated:
    """What one organisation of the demonstration came to."""

    organisation: Organisation
    result: PlanResult
    accounts: tuple[str, ...]
    inspected: int
    missed: int


def demonstrate(database: str | None, *, as_json: bool) -> None:
    """Load, work off the past days, plan, and print what came of it."""
    began = time.monotonic()
    try:
        rulebook = load_rulebook()
        organisations = [
            load_organisation(path, rulebook) for path in sorted(EXAMPLES.glob("*.yaml"))
        ]
    except InputInvalid as error:
        refuse(error.faults, as_json=as_json)
    sessions = open_record(database, as_json=as_json)
    now = datetime.now(UTC)
    with progress_bars(shown=not as_json) as step:
        done = [_one(sessions, rulebook, each, now, step) for each in organisations]
    seconds = round(time.monotonic() - began, 1)
    if as_json:
        print_json(_summary(done, seconds))
    else:
        _print(done, seconds, database_url(database))


def _one(
    sessions: Sessions, rulebook: RuleBook, organisation: Organisation, now: datetime, step: Step
) -> Demonstrated:
    """Import, live through the past days, and plan; each organisation is one transaction."""
    name = organisation.name.in_language(language())
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    with sessions.begin() as session:
        import_organisation(session, organisation, now=now)
        rulebook = _own_rules(session, rulebook, organisation, now)
        _rosters(session, rulebook, organisation, (today, now), step)
        _drills(session, rulebook, organisation, now, step)
        inspected, missed = _past(session, rulebook, organisation, (today, now), step)
        hand_over_past_shifts(session, organisation.id, now=now, seed=SEED)
        result = plan(
            session,
            rulebook,
            organisation_id=organisation.id,
            since=today,
            until=today + timedelta(days=PLANNED_DAYS - 1),
            now=now,
            seed=SEED,
            progress=lambda stage, done, total: step(f"{name} {say(STAGES[stage])}", done, total),
        )
        accounts = ensure_demo_accounts(session, organisation.id, now=now)
    return Demonstrated(organisation, result, accounts, inspected, missed)


def _own_rules(
    session: Session, rulebook: RuleBook, organisation: Organisation, now: datetime
) -> RuleBook:
    """Publish the pack that the examples hold for the organisation; return its rule book."""
    path = EXAMPLES / "packs" / f"{organisation.id}.yaml"
    known = {each.pack for each in published_packs(session, organisation.id)}
    if path.exists():
        text = path.read_text(encoding="utf-8")
        if pack_of(text, str(path)).id not in known:
            publish_pack(
                session,
                organisation_id=organisation.id,
                text=text,
                note="示例：比法规更严 / Example: stricter than the law",
                by="demo",
                now=now,
                builtin=rulebook,
            )
    return rulebook_for(session, organisation.id, rulebook)


def _rosters(
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    present: tuple[date, datetime],
    step: Step,
) -> None:
    """Roster the posts from this Monday on; what has a gap stays a draft with its reasons."""
    if not any(site.posts for site in organisation.sites):
        return
    today, now = present
    enter_wishes(session, organisation.id, now=now, seed=SEED)
    label = f"{organisation.name.in_language(language())} {say(STAGES['roster'])}"
    step(label, 0, 1)
    solved = solve_rosters(
        session,
        rulebook,
        organisation_id=organisation.id,
        since=today - timedelta(days=max(today.weekday(), PAST_DAYS)),
        until=today + timedelta(days=PLANNED_DAYS - 1),
        now=now,
        seed=SEED,
        steps=ROSTER_STEPS,
    )
    for run in solved.runs.values():
        with suppress(RosterIncomplete):
            publish_roster(session, run, by="demo", now=now)
    step(label, 1, 1)


def _drills(
    session: Session, rulebook: RuleBook, organisation: Organisation, now: datetime, step: Step
) -> None:
    """Publish the drills of the year, and report those that were held."""
    store = EvidenceStore(Path(DEFAULTS["EVIDENCE_FOLDER"]))
    name = organisation.name.in_language(language())
    live_through_drills(
        session,
        rulebook,
        organisation_id=organisation.id,
        now=now,
        seed=SEED,
        photo=store.keep(session, demonstration_picture(), media_type="image/png", now=now),
        progress=lambda done, total: step(f"{name} {say(STAGES['drills'])}", done, total),
    )


def _past(
    session: Session,
    rulebook: RuleBook,
    organisation: Organisation,
    present: tuple[date, datetime],
    step: Step,
) -> tuple[int, int]:
    today, now = present
    since = today - timedelta(days=PAST_DAYS)
    midnight = datetime.combine(since, clock_time(), ZoneInfo(organisation.time_zone))
    name = organisation.name.in_language(language())
    plan(
        session,
        rulebook,
        organisation_id=organisation.id,
        since=since,
        until=today,
        now=midnight.astimezone(UTC),
        seed=SEED,
    )
    past = work_off(
        session,
        rulebook,
        organisation_id=organisation.id,
        now=now,
        seed=SEED,
        store=EvidenceStore(Path(DEFAULTS["EVIDENCE_FOLDER"])),
        progress=lambda done, total: step(f"{name} {say(STAGES['past'])}", done, total),
    )
    return past.inspected, past.missed


STAGES = {
    "roster": Text(zh="排班", en="roster"),
    "drills": Text(zh="演练", en="drills"),
    "past": Text(zh="前三天", en="past days"),
    "derive": Text(zh="适用规则", en="rules"),
    "expand": Text(zh="应检任务", en="occurrences"),
    "assign": Text(zh="派工", en="people"),
}


def _summary(done: Sequence[Demonstrated], seconds: float) -> dict[str, Any]:
    results = [each.result for each in done]
    return {
        "organisations": len(done),
        "sites": sum(result.sites for result in results),
        "duties": sum(result.duties for result in results),
        # Those that the plan had to give to somebody, so that the next two add up to it.
        "occurrences": sum(result.occurrences - result.settled for result in results),
        "assigned": sum(result.assigned for result in results),
        "uncovered": [
            {"occurrence": each.occurrence_id, "reason": say(each.reason)}
            for result in results
            for each in result.uncovered
        ],
        "seconds": seconds,
    }


def _print(done: Sequence[Demonstrated], seconds: float, url: str) -> None:
    from web.cli.output import print_table

    columns = [say(column) for column in COLUMNS]
    print_table(say(TITLE), columns, [_row(each) for each in done])
    for each in done:
        for reason, count in Counter(say(one.reason) for one in each.result.uncovered).items():
            click.echo(f"  {each.organisation.name.in_language(language())}: {count} × {reason}")
    click.echo(
        say(
            Text(
                zh=f"用时 {seconds} 秒，数据在 {url}。演示账号的密码都是 {PASSWORD}：",
                en=f"Took {seconds} s; the data is in {url}. All demo accounts have the "
                f"password {PASSWORD}:",
            )
        )
    )
    for each in done:
        click.echo("  " + "  ".join(each.accounts))


TITLE = Text(zh="四周计划", en="Plan of four weeks")
COLUMNS = (
    Text(zh="单位", en="Organisation"),
    Text(zh="场所", en="Sites"),
    Text(zh="职责", en="Duties"),
    Text(zh="待定规则", en="May apply"),
    Text(zh="应检任务", en="Occurrences"),
    Text(zh="无需派工", en="Nobody needed"),
    Text(zh="已派工", en="Assigned"),
    Text(zh="无人可派", en="Uncovered"),
    Text(zh="前三天已检", en="Inspected, past days"),
    Text(zh="漏检", en="Missed"),
)


def _row(each: Demonstrated) -> list[str]:
    result = each.result
    figures = (
        result.sites,
        result.duties,
        result.may_apply,
        result.occurrences,
        result.settled,
        result.assigned,
        len(result.uncovered),
        each.inspected,
        each.missed,
    )
    return [each.organisation.name.in_language(language()), *map(str, figures)]
