"""Pre-joined facts: what is known of each target together with what it stands in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rules.facts import FactValue, Target
from rules.organisation.model import Organisation, Person, Site
from rules.organisation.values import FactScalar

KINDS: tuple[Target, ...] = ("site", "place", "asset", "post", "person")


@dataclass(frozen=True)
class TargetFacts:
    """
    One target of duties with the facts of its own.

    Attributes:
        target: `site-id` for a site, else `site-id/target-id`.
        parent: Target that it stands in: an asset's place, or the site; nothing for a site.
    """

    site: str
    kind: Target
    target: str
    own: Mapping[str, FactValue]
    parent: str | None


def targets(organisation: Organisation) -> Iterator[TargetFacts]:
    """Yield every target, site by site: the site, then what stands in it, then its people."""
    people: dict[str, list[Person]] = {}
    for person in organisation.people:
        for site_id in person.sites:
            people.setdefault(site_id, []).append(person)
    for site in organisation.sites:
        yield from _of_site(site)
        for person in people.get(site.id, ()):
            facts = _facts(person.facts)
            facts.setdefault("person.roles", tuple(person.roles))
            held = dict.fromkeys(each.kind for each in person.qualifications)
            facts.setdefault("person.qualifications", tuple(held))
            yield TargetFacts(site.id, "person", f"{site.id}/{person.id}", facts, site.id)


def _of_site(site: Site) -> Iterator[TargetFacts]:
    yield TargetFacts(site.id, "site", site.id, _facts(site.facts), None)
    for place in site.places:
        target = f"{site.id}/{place.id}"
        yield TargetFacts(site.id, "place", target, _facts(place.facts), site.id)
    for asset in site.assets:
        target = f"{site.id}/{asset.id}"
        parent = f"{site.id}/{asset.place}" if asset.place else site.id
        yield TargetFacts(site.id, "asset", target, _facts(asset.facts), parent)
    for post in site.posts:
        target = f"{site.id}/{post.id}"
        yield TargetFacts(site.id, "post", target, _facts(post.facts), site.id)


def _facts(raw: Mapping[str, FactScalar]) -> dict[str, FactValue]:
    return {
        name: tuple(value) if isinstance(value, (list, tuple)) else value
        for name, value in raw.items()
    }
