"""Where a fact comes from, as people read it."""

from collections.abc import Mapping

from rules.known_facts import Origin
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text
from rules.vocabulary import load_vocabulary


def target_names(organisation: Organisation) -> Mapping[str, Text]:
    """Return the name of every target, as `site-id` or `site-id/target-id`."""
    names: dict[str, Text] = {}
    for site in organisation.sites:
        names[site.id] = site.name
        for inside in (site.places, site.assets, site.posts):
            names |= {f"{site.id}/{each.id}": each.name for each in inside}
    for person in organisation.people:
        names |= {f"{site}/{person.id}": person.name for site in person.sites}
    return names


def origin_text(fact: str, origin: Origin, rulebook: RuleBook, names: Mapping[str, Text]) -> Text:
    """Return who stated or concluded the fact, or for an unknown one the question to answer."""
    if origin.kind == "unknown":
        definition = load_vocabulary().get(fact)
        question = definition.question if definition else None
        if question is None:
            return Text(zh="无人填写", en="nobody has answered")
        return Text(zh=f"待答：{question.zh}", en=f"to be answered: {question.en}")
    at = names.get(origin.at, Text(zh=origin.at, en=origin.at))
    if origin.kind == "stated":
        return Text(zh=f"{at.zh}的资料", en=f"stated for {at.en}")
    rule = rulebook.rule(origin.rule)
    clause = rulebook.clause_text(rule)
    return Text(
        zh=f"由规则“{rule.title.zh}”推出（{clause.zh}）",
        en=f'concluded by the rule "{rule.title.en}" ({clause.en})',
    )
