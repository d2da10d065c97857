"""Edits of what rounds go by: order of places, ways, wishes of people, turns of the house."""

from dataclasses import dataclass

from inspections.changed_pieces import with_person, with_site
from rules.organisation.model import Organisation, Way


@dataclass(frozen=True)
class SiteRounds:
    """The order in which a round passes the places of a site, and all ways between them."""

    site: str
    order: tuple[str, ...]
    travel: tuple[Way, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with order and ways."""
        update = {"order": self.order, "travel": self.travel}
        return with_site(organisation, self.site, lambda site: site.model_copy(update=update))


@dataclass(frozen=True)
class HouseRounds:
    """
    All ways between sites, and how long the same person may go on checking one place.

    Attributes:
        most_running: In days on which the place is checked, 0 to 366; 0 for any number.
    """

    travel: tuple[Way, ...]
    most_running: int

    @property
    def binds_every_site(self) -> bool:
        """Whether only those who see every site may do this: they may."""
        return True

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with ways and turns."""
        update = {"travel": self.travel, "most_running": self.most_running}
        return organisation.model_copy(update=update)


@dataclass(frozen=True)
class Wishes:
    """All places that a person would rather check than others."""

    person: str
    prefers: tuple[str, ...]

    def applied(self, organisation: Organisation) -> Organisation:
        """Return *organisation* with the wishes."""
        return with_person(organisation, self.person, {"prefers": self.prefers})
