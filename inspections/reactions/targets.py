"""What an event concerns: the target with its facts and those of everything it stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.lookup import asset_of, place_of
from inspections.models import (
    AssetRow,
    CertificateRow,
    PersonRow,
    PlaceRow,
    PostRow,
    SiteRow,
)
from rules.facts import FactValue, Target
from rules.text import Text


@dataclass(frozen=True)
class Concerned:
    """
    A target as events and consequences speak of it.

    Attributes:
        facts: Of the target and of what it stands in, ready for reactions.
    """

    site: SiteRow
    kind: Target
    key: str
    name: Text
    facts: Mapping[str, FactValue]
    place: PlaceRow | None = None
    asset: AssetRow | None = None
    person: PersonRow | None = None

    @property
    def target(self) -> str:
        """The target as events name it: `site`, else `site/target`."""
        return self.site.key if self.kind == "site" else f"{self.site.key}/{self.key}"


@dataclass
class Targets:
    """Looks targets up once for a run of events."""

    session: Session
    organisation_id: str
    _sites: dict[str, SiteRow] = field(default_factory=dict)
    _found: dict[tuple[int, str, str], Concerned] = field(default_factory=dict)

    def site(self, key: str) -> SiteRow:
        """Return the site called *key*."""
        if not self._sites:
            query = select(SiteRow).filter_by(organisation_id=self.organisation_id)
            self._sites = {row.key: row for row in self.session.scalars(query)}
        return self._sites[key]

    def by_id(self, site_id: int) -> SiteRow:
        """Return the site with this id."""
        return self.session.get_one(SiteRow, site_id)

    def of(self, site: SiteRow, kind: str, key: str) -> Concerned:
        """Return the target of a kind at a site; what is gone stands for its site."""
        known = self._found.get((site.id, kind, key))
        if known is None:
            known = self._found[site.id, kind, key] = self._look_up(site, kind, key)
        return known

    def nearest(self, site: SiteRow, *, asset: str | None, place: str | None) -> Concerned:
        """Return the asset, else the place, else the site."""
        if asset is not None:
            return self.of(site, "asset", asset)
        return self.of(site, "place", place) if place is not None else self.of(site, "site", "")

    def named(self, target: str | None, kind: str | None, site: str) -> Concerned:
        """Return the target that an event names as `site/target`."""
        row = self.site(site)
        _, _, key = (target or site).partition("/")
        return self.of(row, kind or "site", key)

    def _look_up(self, site: SiteRow, kind: str, key: str) -> Concerned:
        asset = asset_of(self.session, site.id, key) if kind == "asset" else None
        place_key = key if kind == "place" else asset.place if asset else None
        place = place_of(self.session, site.id, place_key)
        person = self._person(key) if kind == "person" else None
        post = self._post(site, key) if kind == "post" else None
        row = person or post or asset or place or site
        facts = joined(each.facts for each in (site, place, asset, post) if each is not None)
        if person is not None:
            facts = {**facts, **self._person_facts(person)}
        actual: Any = kind if row is not site else "site"
        own_key = site.key if row is site else key
        return Concerned(site, actual, own_key, row.name, facts, place, asset, person)

    def _person(self, key: str) -> PersonRow | None:
        mine = {"organisation_id": self.organisation_id, "key": key}
        return self.session.scalars(select(PersonRow).filter_by(**mine)).one_or_none()

    def _post(self, site: SiteRow, key: str) -> PostRow | None:
        query = select(PostRow).filter_by(site_id=site.id, key=key)
        return self.session.scalars(query).one_or_none()

    def _person_facts(self, person: PersonRow) -> dict[str, FactValue]:
        held = select(CertificateRow.kind).filter_by(person_id=person.id, ended_on=None)
        return {
            "person.roles": tuple(person.roles),
            "person.qualifications": tuple(dict.fromkeys(self.session.scalars(held))),
            **joined([person.facts]),
        }


def joined(parts: Iterable[Mapping[str, Any]]) -> dict[str, FactValue]:
    """Return facts as one mapping, the nearer ones last; lists become tuples."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for facts in parts
        for name, value in facts.items()
    }
