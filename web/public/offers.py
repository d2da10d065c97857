"""What a calendar link may show to the person who makes it, and the form's word for each."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from inspections.feeds.choices import Choices
from inspections.feeds.offered import offered_posts, offered_teams
from inspections.queries.coverage import site_choices
from rules.text import Text
from web.authentication import READERS, viewer
from web.database import session
from web.preferences import words


@dataclass(frozen=True)
class Offer:
    """
    One thing to put on a calendar.

    Attributes:
        value: What the form sends.
        words: What the form shows, and the label of a link that was given none.
        named: The part of the link's choices that says what it shows.
    """

    value: str
    words: str
    named: dict[str, Any]

    @property
    def pair(self) -> tuple[str, str]:
        """Return value and words."""
        return self.value, self.words


def offers() -> list[Offer]:
    """Return what this person may have: their own, and for readers the sites in their scope."""
    here = viewer()
    found = []
    if here.account.person:
        own = {"shows": "person", "person": here.account.person}
        found.append(Offer("person", _("My own tasks, drills, deadlines and shifts"), own))
    if here.role not in READERS:
        return found
    sites = site_choices(session(), here.organisation, here.sites)
    found += _overviews(sites)
    found += [
        Offer(f"site:{key}", words(name), {"shows": "site", "site": key}) for key, name in sites
    ]
    posts = offered_posts(session(), here.organisation, [key for key, _name in sites])
    for site, key, name in posts:
        named = {"shows": "post", "site": site, "post": key}
        found.append(Offer(f"post:{site}/{key}", _("Post: %(name)s", name=words(name)), named))
    for team in offered_teams(session(), here.organisation, here.sites):
        named = {"shows": "team", "team": team}
        found.append(Offer(f"team:{team}", _("Team: %(name)s", name=team), named))
    return found


def value_of(choices: Choices) -> str:
    """Return the form's value for what a link shows."""
    if choices.shows == "post":
        return f"post:{choices.site}/{choices.post}"
    if choices.shows in {"leaders", "horizon"}:
        return f"{choices.shows}:{choices.site}" if choices.site else choices.shows
    if choices.shows == "person":
        return "person"
    return f"{choices.shows}:{choices.site or choices.team}"


def _overviews(sites: list[tuple[str, Text]]) -> list[Offer]:
    """Leaders and horizon: of the organisation, or of each site for who sees some sites only."""
    leaders, horizon = _("Drills and deadlines, for leaders"), _("Legal horizon")
    if not viewer().sites:
        return [
            Offer("leaders", leaders, {"shows": "leaders"}),
            Offer("horizon", horizon, {"shows": "horizon"}),
        ]
    return [
        Offer(f"{shows}:{key}", f"{title} · {words(name)}", {"shows": shows, "site": key})
        for shows, title in (("leaders", leaders), ("horizon", horizon))
        for key, name in sites
    ]
