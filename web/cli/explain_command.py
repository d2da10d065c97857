"""`xunjian rules explain`: why a rule applies to a target, may, or does not, and when it is due."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from rules.faults import Fault, InputInvalid
from rules.text import Text
from web.cli.bilingual import DATABASE, JSON, Command, option
from web.cli.days import day_of
from web.cli.explained_as_data import explained_data
from web.cli.explained_as_text import print_explained
from web.cli.one_organisation import organisation_from_file, organisation_from_record
from web.cli.output import print_json, refuse
from web.cli.usage import option_fault

if TYPE_CHECKING:
    from rules.explanation import Explanation
    from rules.organisation.model import Organisation
    from rules.rulebook import RuleBook
    from scheduler.occurrence import Occurrence

NEGATIVE = 1
DATES = 10
# More targets than these are listed; their conditions are shown when one is named.
IN_FULL = 3


@dataclass(frozen=True)
class Explained:
    """
    What the command shows.

    Attributes:
        dates: The next ten occurrences by target; none where the rule does not bind it.
    """

    rulebook: "RuleBook"
    organisation: "Organisation"
    found: tuple["Explanation", ...]
    dates: Mapping[str, tuple["Occurrence", ...]]


@click.command(
    "explain",
    cls=Command,
    help=Text(
        zh="说明一条规则在某天对某个对象是否适用，为什么，以及以后十次的日期和移动的原因。\n\n"
        "WHERE 写成 SITE RULE（从记录中读取该场所）或 ORG.yaml SITE RULE（从单位文件读取）。"
        "SITE 也可写成 SITE/TARGET，只问其中一个地点、设备、人员或岗位。\n\n"
        "退出码：0 至少对一个对象适用或可能适用，1 都不适用，2 输入有误。",
        en="Tell whether a rule applies to a target on a day, why, and the next ten dates with "
        "the reasons for moved days.\n\nWHERE is SITE RULE, with the site read from the record, "
        "or ORG.yaml SITE RULE, with the site read from an organisation file. SITE/TARGET asks "
        "about one place, asset, person or post of the site alone.\n\n"
        "Exit status: 0 where it applies or may apply to some target, 1 where to none, 2 for bad "
        "input.",
    ),
    example="xunjian rules explain examples/kindergarten.yaml chunmiao "
    "fire-law-yearly-full-test --on 2026-11-23",
)
@click.argument("where", nargs=-1, required=True)
@option(
    "--on",
    "on_text",
    metavar="DATE",
    help=Text(zh="问的是哪一天；默认今天。", en="Day of the question; today if not given."),
)
@option(
    "--organisation",
    "organisation_id",
    metavar="ID",
    help=Text(zh="记录中的单位；默认有该场所的那个。", en="Of the record; the one with the site."),
)
@DATABASE
@JSON
def explain(
    where: tuple[str, ...],
    *,
    on_text: str | None,
    organisation_id: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Tell why a rule applies to a target, may, or does not."""
    faults: list[Fault] = []
    on = day_of(on_text, "--on", faults)
    if len(where) not in {2, 3}:
        faults.append(_where_fault())
    if faults:
        refuse(faults, as_json=as_json)
    target, rule_id = where[-2:]
    try:
        if len(where) == 3:
            rulebook, organisation = organisation_from_file(Path(where[0]))
        else:
            rulebook, organisation = organisation_from_record(
                database, organisation_id, site=target.split("/", 1)[0], as_json=as_json
            )
    except InputInvalid as invalid:
        refuse(invalid.faults, as_json=as_json)
    on = on or datetime.now(UTC).astimezone(ZoneInfo(organisation.time_zone)).date()
    faults = _unknown(rulebook, organisation, target, rule_id)
    if faults:
        refuse(faults, as_json=as_json)
    explained = _explained(rulebook, organisation, (target, rule_id), on)
    if as_json:
        print_json(explained_data(explained, rule_id, on))
    else:
        print_explained(explained, rule_id, on, whole=len(explained.found) <= IN_FULL)
    sys.exit(0 if any(each.standing for each in explained.found) else NEGATIVE)


def _explained(
    rulebook: "RuleBook", organisation: "Organisation", asked: tuple[str, str], on: date
) -> Explained:
    from rules.explanation import explanations
    from scheduler.duties import calendars
    from scheduler.duty_contexts import Contexts
    from scheduler.next_due import binding_at, next_due

    target, rule_id = asked
    site_id = target.split("/", 1)[0]
    sites = tuple(each for each in organisation.sites if each.id == site_id)
    alone = organisation.model_copy(update={"sites": sites})
    found = tuple(
        each
        for each in explanations(rulebook, alone, rule_id, on)
        if target in {each.site, each.target}
    )
    rule = rulebook.rule(rule_id)
    calendar, contexts = calendars(alone)[site_id], Contexts(alone, organisation.id)
    dates = {
        each.target: next_due(
            rule,
            calendar,
            contexts.of(binding_at(rule, each.site, each.target)),
            since=on,
            count=DATES,
        )
        for each in found
        if each.standing == "binds"
    }
    return Explained(rulebook, organisation, found, dates)


def _unknown(
    rulebook: "RuleBook", organisation: "Organisation", target: str, rule_id: str
) -> list[Fault]:
    from rules.origin_words import target_names

    names = target_names(organisation)
    faults = []
    if target not in names:
        near = _near(target, names)
        message = Text(
            zh=f"{organisation.name.zh}没有 {target}。",
            en=f"{organisation.name.en} has no {target}.",
        )
        remedy = Text(zh=f"例如：{near}。", en=f"For example: {near}.")
        faults.append(option_fault("WHERE", message, remedy))
    if rule_id not in rulebook.rules:
        near = _near(rule_id, rulebook.rules) or "xunjian rules derive"
        message = Text(
            zh=f"该单位适用的规则包里没有规则 {rule_id}。",
            en=f"The packs of this organisation hold no rule {rule_id}.",
        )
        remedy = Text(
            zh=f"请核对规则编号，例如：{near}。", en=f"Check the id, for example: {near}."
        )
        faults.append(option_fault("WHERE", message, remedy))
    return faults


def _near(name: str, known: Mapping[str, Any]) -> str:
    import difflib

    found = difflib.get_close_matches(name, known, n=3) or list(known)[:3]
    return ", ".join(found)


def _where_fault() -> Fault:
    message = Text(
        zh="须写 SITE RULE 或 ORG.yaml SITE RULE。", en="Name SITE RULE, or ORG.yaml SITE RULE."
    )
    remedy = Text(zh="请看 xunjian rules explain --help。", en="See xunjian rules explain --help.")
    return option_fault("WHERE", message, remedy)
