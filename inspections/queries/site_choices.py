"""The sites that somebody may choose from, with their region, and the sites of a team."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import PersonRow, SiteRow
from rules.text import Text
from rules.value_words import value_text

# The nearest that is known names the region.
_REGIONS = ("site.city", "site.province")


@dataclass(frozen=True, slots=True)
class SiteChoice:
    """
    A site to choose.

    Attributes:
        region: Its city, else its province, as the fact has it; empty where neither is known.
        region_name: In words.
    """

    key: str
    name: Text
    region: str = ""
    region_name: Text | None = None


def choices_with_regions(
    session: Session, organisation_id: str, scope: Collection[str] = ()
) -> tuple[SiteChoice, ...]:
    """Return every site in scope, in file order."""
    mine = {"organisation_id": organisation_id, "ended_on": None}
    query = select(SiteRow.key, SiteRow.name, SiteRow.facts).filter_by(**mine)
    if scope:
        query = query.where(SiteRow.key.in_(scope))
    rows = session.execute(query.order_by(SiteRow.position))
    return tuple(SiteChoice(key, name, *_region(facts)) for key, name, facts in rows)


def sites_of_team(session: Session, organisation_id: str, team: str) -> frozenset[str]:
    """Return the keys of the sites at which people of the team work."""
    query = select(PersonRow.sites).filter_by(
        organisation_id=organisation_id, team=team, ended_on=None
    )
    return frozenset(key for keys in session.scalars(query) for key in keys)


def _region(facts: Mapping[str, Any]) -> tuple[str, Text | None]:
    for fact in _REGIONS:
        value = facts.get(fact)
        if isinstance(value, str) and value:
            return value, value_text(fact, value)
    return "", None
