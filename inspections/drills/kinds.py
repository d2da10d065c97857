"""Which rules ask for drills, and which of them ask for the same one."""

from collections.abc import Iterable

from rules.cadence import MaxGap
from rules.pack import Rule, RuleVersion
from rules.rulebook import RuleBook
from rules.text import Text

_REPORT_EN = ("Report of an ", "Report of a ", "Report of the ")


def drill_rules(rulebook: RuleBook) -> dict[str, Rule]:
    """Return the rules that ask for drills at a rhythm, by id."""
    return {id_: rule for id_, rule in rulebook.rules.items() if _asks_for_drills(rule)}


def is_drill(rule: Rule | None) -> bool:
    """Tell whether *rule* is about drills, at a rhythm or after an event."""
    return rule is not None and (
        rule.domain == "drill" or any(version.scenarios for version in rule.versions)
    )


def kind_of(rule: Rule, version: RuleVersion) -> str:
    """
    Return what is rehearsed under *version*.

    Rules that ask for the same report ask for the same drill, and one serves them all; a rule may
    name another's report as well (`rehearses`).
    """
    return version.rehearses or version.checklist or rule.id


def kind_title(rulebook: RuleBook, kind: str) -> Text:
    """Return what a kind of drill is called: its report's title without the word report."""
    try:
        title = rulebook.checklist(kind).title
    except KeyError:
        rule = rulebook.rules.get(kind)
        return rule.title if rule else Text(zh="演练", en="Drill")
    zh, en = title.zh.removesuffix("报告"), title.en.removesuffix(" report")
    for start in _REPORT_EN:
        en = en.removeprefix(start)
    return Text(zh=zh, en=en[:1].upper() + en[1:])


def may_be_hidden(versions: Iterable[RuleVersion]) -> bool:
    """
    Tell whether drills under *versions* may come unannounced.

    A rule that says `announced: true` demands that people are told; one that says nothing leaves
    it to the house.
    """
    return all(
        not (version.announced and "announced" in version.model_fields_set) for version in versions
    )


def _asks_for_drills(rule: Rule) -> bool:
    # A longest gap alone is a date for a plan or a paper, not a rehearsal at a rhythm.
    rhythms = [version.cadence for version in rule.versions if version.cadence is not None]
    return (
        rule.kind == "duty"
        and is_drill(rule)
        and bool(rhythms)
        and not any(isinstance(rhythm, MaxGap) for rhythm in rhythms)
    )
