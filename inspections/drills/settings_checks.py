"""What is wrong with the choices of planners: no such rule, or one that wants people told."""

from collections.abc import Iterator

from inspections.drills.kinds import drill_rules, may_be_hidden
from inspections.drills.settings import DrillSettings
from rules.faults import Fault, InputInvalid
from rules.rulebook import RuleBook
from rules.text import Text


def check_settings(settings: DrillSettings, rulebook: RuleBook) -> None:
    """
    Do nothing where the choices can be kept.

    Raises:
        InputInvalid: With every fault of them, each with its field.
    """
    faults = tuple(_faults(settings, rulebook))
    if faults:
        raise InputInvalid(faults)


def _faults(settings: DrillSettings, rulebook: RuleBook) -> Iterator[Fault]:
    rules = drill_rules(rulebook)
    for field, chosen in (("unannounced", settings.hidden), ("together", settings.together)):
        for id_ in sorted(chosen - rules.keys()):
            yield Fault(
                "drills",
                0,
                field,
                Text(zh=f"没有演练规则“{id_}”。", en=f"There is no drill rule {id_}."),
                Text(zh="请从列表中选择。", en="Please choose it from the list."),
            )
    for id_ in sorted(settings.hidden & rules.keys()):
        if not may_be_hidden(rules[id_].versions):
            title, clause = rules[id_].title, rulebook.clause_text(rules[id_])
            yield Fault(
                "drills",
                0,
                "unannounced",
                Text(
                    zh=f"“{title.zh}”要求事先告知（{clause.zh}），不能不通知。",
                    en=f"“{title.en}” demands that people are told beforehand ({clause.en}).",
                ),
                Text(zh="请改为通知的演练。", en="Please leave it announced."),
            )
