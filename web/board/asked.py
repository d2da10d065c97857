"""What the address of a board asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from inspections.board.applying import Planner, sees_hidden
from inspections.board.refusals import PLANNING_ROLES
from inspections.board.standing import Days
from inspections.importing import load_from_record
from inspections.queries.roster_week import ONE_WEEK, monday_of
from web.authentication import viewer
from web.database import now, session
from web.formatting import today
from web.manage.flow import editor
from web.rulebook import rulebook
from web.sites_shown import SitesShown, sites_shown

# What names the cell or check that is opened beside the table.
OPENED = ("person", "day", "check")


@dataclass(frozen=True)
class Asked:
    """
    The days, the sites and what is opened beside the table.

    Attributes:
        shown: The sites.
        person: With `day` the cell that is opened.
        check: The uncovered check that is opened; 0 for none.
        gaps: Whether all uncovered checks are listed.
    """

    monday: date
    weeks: int
    shown: SitesShown
    person: str = ""
    day: date | None = None
    check: int = 0
    gaps: bool = False

    @property
    def sites(self) -> tuple[str, ...]:
        """Keys of the sites shown."""
        return self.shown.keys

    @property
    def days(self) -> Days:
        """The days and sites shown, with what the viewer may know."""
        hidden = sees_hidden(editor())
        return Days(self.monday, self.last, self.sites, hidden=hidden, team=self.shown.team)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.monday + self.weeks * ONE_WEEK - timedelta(days=1)

    def address(self, endpoint: str = "board.board", **others: Any) -> str:
        """Return the address of a board of the same days and sites."""
        kept = {"week": self.monday.isoformat(), **self.shown.query()}
        return url_for(endpoint, **{**kept, **others})

    def cell_address(self) -> Callable[[str, date], str]:
        """Return what gives the address of a person's day; there are too many to build each."""
        start = self.address(week="WEEK", person="PERSON", day="DAY")

        def of_cell(person: str, day: date) -> str:
            on = day.isoformat()
            filled = start.replace("WEEK", on).replace("DAY", on).replace("PERSON", person)
            return f"{filled}#here"

        return of_cell

    @property
    def fields(self) -> dict[str, str]:
        """What a form sends along to come back to the same days and sites."""
        kept = {"week": self.monday.isoformat(), **self.shown.query()}
        return {name: str(value) for name, value in kept.items() if value}

    def page(self, number: int, endpoint: str = "board.board") -> str:
        """Return the address of another page of the sites chosen."""
        return self.address(endpoint, **self.shown.query(number))


def asked(weeks: int = 1, given: Mapping[str, str] | None = None) -> Asked:
    """Read what is given, else address and form of the request; nonsense shows this week."""
    given = request.values if given is None else given
    check = given.get("check", "")
    return Asked(
        monday_of(day_of(given.get("week", "")) or today()),
        weeks,
        sites_shown(given),
        given.get("person", ""),
        day_of(given.get("day", "")),
        int(check) if check.isdecimal() and len(check) < 12 else 0,
        "gaps" in given,
    )


def day_of(value: str) -> date | None:
    """Return the day that *value* says, if it does."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def may_plan() -> bool:
    """Tell whether the viewer sends people on rounds."""
    return viewer().role in PLANNING_ROLES


def planner() -> Planner:
    """Return the record with the viewer as its planner."""
    here = viewer().organisation
    organisation = load_from_record(session(), here)
    return Planner(session(), organisation, rulebook(), editor(), now())
