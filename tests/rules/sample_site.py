"""One site of the built-in packs, described by its facts alone, and what they demand of it."""

from datetime import date
from functools import cache
from typing import Any

from rules.derive import Binding, derive
from rules.loader import load_rulebook
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook

ON = date(2026, 11, 23)
NAME = {"zh": "样例", "en": "Sample"}
OPENING = {"days": ["mon", "tue", "wed", "thu", "fri"], "opens": "08:00", "closes": "18:00"}


@cache
def built_in() -> RuleBook:
    return load_rulebook()


def duties(
    facts: dict[str, Any], *, person: dict[str, Any] | None = None, asset: str | None = None
) -> dict[str, Binding]:
    site: dict[str, Any] = {"id": "site", "name": NAME, "facts": facts}
    site["calendar"] = {"opening": [OPENING]}
    if asset is not None:
        site["assets"] = [{"id": "asset", "name": NAME, "facts": {"asset.kind": asset}}]
    raw: dict[str, Any] = {"id": "sample", "name": NAME, "sites": [site]}
    if person is not None:
        raw["people"] = [{"id": "person", "name": NAME, "sites": ["site"], **person}]
    organisation = Organisation.model_validate(raw)
    book = built_in().for_organisation(organisation)
    return {each.rule: each for each in derive(book, organisation, ON, engine="python")}


def bound(facts: dict[str, Any], **others: Any) -> set[str]:
    return {rule for rule, each in duties(facts, **others).items() if each.status == "binds"}
