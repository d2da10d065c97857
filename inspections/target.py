"""What a duty is bound to: its place and asset, its facts, and who stands too near to judge it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import asset_of, place_of
from inspections.models import AssetRow, DutyRow, PersonRow, PlaceRow, PostRow, SiteRow
from rules.text import Text

EXCLUDED_ROLES: dict[str, Text] = {
    "keeper": Text(zh="保管人", en="keeper"),
    "maintainer": Text(zh="维护人", en="maintainer"),
    "rectifier": Text(zh="整改人", en="rectifier"),
    "person-checked": Text(zh="被检查人", en="person checked"),
}


@dataclass(frozen=True)
class TargetOfDuty:
    """
    The rows around the target of a duty.

    Attributes:
        facts: Facts of the target and of everything it stands in.
    """

    site: SiteRow
    place: PlaceRow | None
    asset: AssetRow | None
    facts: dict[str, Any]
    name: Text
    person: str | None = None

    @property
    def keeper(self) -> str | None:
        """Key of who keeps the asset, else the place."""
        nearest = self.asset or self.place
        return nearest.keeper if nearest else None

    @property
    def maintainer(self) -> str | None:
        """Key of who maintains the asset."""
        return self.asset.maintainer if self.asset else None

    def excluded(self, kinds: tuple[str, ...]) -> dict[str, str]:
        """Return the kind of exclusion by person, for the *kinds* that a rule names."""
        people = {
            "keeper": self.keeper,
            "maintainer": self.maintainer,
            "person-checked": self.person,
        }
        return {key: kind for kind in kinds if (key := people.get(kind)) is not None}


def target_of(session: Session, duty: DutyRow) -> TargetOfDuty:
    """Return what *duty* is bound to."""
    site = session.get_one(SiteRow, duty.site_id)
    asset = asset_of(session, site.id, duty.target) if duty.target_kind == "asset" else None
    place_key = duty.target if duty.target_kind == "place" else asset.place if asset else None
    place = place_of(session, site.id, place_key)
    other = _person_or_post(session, duty, site)
    nearest = other or asset or place or site
    facts = {k: v for row in (site, place, asset, other) if row for k, v in row.facts.items()}
    person = duty.target if duty.target_kind == "person" else None
    return TargetOfDuty(site, place, asset, facts, nearest.name, person)


def _person_or_post(session: Session, duty: DutyRow, site: SiteRow) -> PersonRow | PostRow | None:
    if duty.target_kind == "person":
        mine = {"organisation_id": site.organisation_id, "key": duty.target}
        return session.scalars(select(PersonRow).filter_by(**mine)).one_or_none()
    if duty.target_kind == "post":
        query = select(PostRow).filter_by(site_id=site.id, key=duty.target)
        return session.scalars(query).one_or_none()
    return None
