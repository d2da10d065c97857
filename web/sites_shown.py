"""Which sites a page shows, of a few or of very many: all, one, those of a region or of a team."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspections.feeds.offered import offered_teams
from inspections.lookup import person_sites
from inspections.queries.site_choices import SiteChoice, choices_with_regions, sites_of_team
from web.authentication import site_in_scope, viewer
from web.database import session
from web.preferences import words

# More sites than this are shown page by page.
AT_ONCE = 8
# What the address says where all sites are wanted although they are many; no key looks like it.
EVERY = "*"
_REGION, _TEAM = "region:", "team:"


@dataclass(frozen=True)
class SitesShown:
    """
    The sites of a page.

    Attributes:
        choices: Every site in scope.
        teams: Those that may be chosen.
        chosen: As the address says it: a key, `region:…`, `team:…`, `*`; empty for all of a few.
        wanted: Keys of what is chosen; `keys` are those of this page, the `page`-th from 1.
    """

    choices: tuple[SiteChoice, ...]
    teams: tuple[str, ...]
    chosen: str
    wanted: tuple[str, ...]
    page: int = 1

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the sites of this page."""
        return self.wanted[(self.page - 1) * AT_ONCE : self.page * AT_ONCE]

    @property
    def pages(self) -> int:
        """How many pages there are; at least 1."""
        return max(1, -(-len(self.wanted) // AT_ONCE))

    @property
    def site(self) -> str:
        """Key of the only site chosen, else nothing."""
        return self.chosen if any(one.key == self.chosen for one in self.choices) else ""

    @property
    def team(self) -> str:
        """The team chosen, else nothing."""
        return self.chosen.removeprefix(_TEAM) if self.chosen.startswith(_TEAM) else ""

    @property
    def is_large(self) -> bool:
        """Whether there are more sites than one page shows."""
        return len(self.choices) > AT_ONCE

    @property
    def name(self) -> str:
        """What is chosen, in words; empty for everything."""
        site = next((one for one in self.choices if one.key == self.chosen), None)
        region = self.chosen.removeprefix(_REGION)
        names = (name for key, name in self.regions if key == region)
        return words(site.name) if site else self.team or next(names, "")

    @property
    def regions(self) -> tuple[tuple[str, str], ...]:
        """The regions to choose from with their names; none where all sites lie in one."""
        found = {one.region: words(one.region_name) for one in self.choices if one.region}
        return tuple(sorted(found.items())) if len(found) > 1 else ()

    def query(self, page: int | None = None) -> dict[str, Any]:
        """Return what an address says to show the same sites, or another page of them."""
        number = page or self.page
        return {"site": self.chosen or None, "page": number if number > 1 else None}


def sites_shown(given: Mapping[str, str]) -> SitesShown:
    """Read which sites *given* asks for; without sense, the viewer's own or the first."""
    here = viewer()
    asked = given.get("site", "")
    if asked and asked[0].isalnum() and ":" not in asked:
        site_in_scope(asked)
    choices = choices_with_regions(session(), here.organisation, here.sites)
    teams = tuple(offered_teams(session(), here.organisation, here.sites))
    whole = SitesShown(choices, teams, "", tuple(one.key for one in choices))
    for chosen in (asked, *_defaults(whole)):
        wanted = tuple(_wanted(whole, chosen))
        if wanted:
            found = replace(whole, chosen=chosen, wanted=wanted)
            return replace(found, page=_page(given.get("page", ""), found.pages))
    return whole


def _defaults(whole: SitesShown) -> Iterator[str]:
    """Yield what to show where nothing sensible was asked for, best first."""
    if whole.is_large:
        here = viewer()
        yield from person_sites(session(), here.organisation, here.person)[:1]
        yield whole.choices[0].key


def _wanted(whole: SitesShown, chosen: str) -> Iterator[str]:
    """Yield the keys of the sites that *chosen* stands for; none where it is nonsense."""
    for one in whole.choices:
        in_region = one.region and chosen == f"{_REGION}{one.region}"
        if one.key == chosen or in_region or chosen == EVERY:
            yield one.key
    team = chosen.removeprefix(_TEAM)
    if team != chosen and team in whole.teams:
        theirs = sites_of_team(session(), viewer().organisation, team)
        yield from (one.key for one in whole.choices if one.key in theirs)


def _page(text: str, most: int) -> int:
    return min(most, max(1, int(text))) if text.isdecimal() and len(text) < 6 else 1
