"""Names of what an organisation holds, by key."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from rules.organisation.model import Asset, Organisation, Place, Post
from rules.text import Text


@dataclass
class Names:
    """
    Names by key; what is not there any more keeps its key.

    Attributes:
        targets: By site and key of the target.
    """

    sites: dict[str, Text] = field(default_factory=dict)
    people: dict[str, Text] = field(default_factory=dict)
    targets: dict[tuple[str, str], Text] = field(default_factory=dict)

    def site(self, key: str) -> Text:
        """Return the name of a site."""
        return self.sites.get(key) or Text(zh=key, en=key)

    def person(self, key: str) -> Text:
        """Return the name of a person."""
        return self.people.get(key) or Text(zh=key, en=key)

    def target(self, site: str, kind: str, key: str) -> Text:
        """Return the name of what a duty is bound to."""
        if kind == "site":
            return self.site(site)
        if kind == "person":
            return self.person(key)
        return self.targets.get((site, key)) or Text(zh=key, en=key)

    def somewhere(self, key: str) -> Text:
        """Return the name of what some site calls *key*."""
        found = (name for (_site, own), name in self.targets.items() if own == key)
        return next(found, Text(zh=key, en=key))


def names_of(organisations: Iterable[Organisation]) -> Names:
    """Return the names that some states of an organisation hold; the last one wins."""
    names = Names()
    for organisation in organisations:
        names.people |= {person.id: person.name for person in organisation.people}
        for site in organisation.sites:
            names.sites[site.id] = site.name
            pieces: tuple[Place | Asset | Post, ...] = (*site.places, *site.assets, *site.posts)
            names.targets |= {(site.id, piece.id): piece.name for piece in pieces}
    return names
