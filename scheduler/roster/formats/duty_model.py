"""What a file of a duty roster holds: posts by the clock, people, limits, and what is settled."""

from typing import Literal

from pydantic import Field

from rules.cadence import Weekday
from rules.days import Day
from rules.frozen import Frozen
from rules.organisation.model import Person, Post
from rules.organisation.values import Identifier
from rules.text import Text
from scheduler.roster.problem import REFERENCE_WEEKS, LimitName

KIND = "duty-roster"
_MAIN = "main"


class DutyPost(Post):
    """
    A post of the file.

    Attributes:
        site: Only people of the same site may stand it.
        priority: Who demands that it is staffed.
    """

    site: Identifier = _MAIN
    priority: Literal["law", "recommended", "house"] = "house"


class DutyPerson(Person):
    """
    A person of the file.

    Attributes:
        limits: In place of those of everybody.
        overtime: Hours a week beyond `week-hours` that the person agreed to.
    """

    sites: tuple[Identifier, ...] = Field(default=(_MAIN,), min_length=1)
    limits: dict[LimitName, float] = Field(default_factory=dict)
    overtime: float = Field(default=0, ge=0, le=60)


class DutyCell(Frozen):
    """What a person does on a day; without a shift it is a day off."""

    person: Identifier
    on: Day
    post: Identifier | None = None
    shift: str | None = None


class DutyApart(Frozen):
    """People of whom no two stand the same post at the same time."""

    people: tuple[Identifier, ...] = Field(min_length=2)
    reason: Text | None = None


class DutyTogether(Frozen):
    """A person who stands only shifts that one of some others stands too, as a trainee does."""

    person: Identifier
    others: tuple[Identifier, ...] = Field(alias="with", min_length=1)
    reason: Text | None = None


class DutyWish(Frozen):
    """
    What a person would like: a day off, or with post and shift to stand that.

    Attributes:
        on: The day; or `days` for these weekdays all along.
        weight: How much it counts against other wishes.
        unwanted: The person would rather not stand the shift.
    """

    person: Identifier
    on: Day | None = None
    days: tuple[Weekday, ...] = ()
    post: Identifier | None = None
    shift: str | None = None
    weight: int = Field(default=1, ge=1, le=9)
    unwanted: bool = False


class DutyRosterFile(Frozen):
    """
    A duty roster to be made.

    Attributes:
        until: Last day, included.
        limits: Figures for everybody, by name: `rest-hours`, `weekly-rest`, `day-hours`,
            `week-hours`, `week-hours-average`, `weekly-rest-hours`, `days-in-a-row`,
            `nights-in-a-row`, `night-shifts`.
        average_weeks: How many weeks a `week-hours-average` is taken over.
        pins: Cells that stand as they are.
        history: Shifts before the first day; they count for rest, weeks and runs.
        previous: The last roster of the same days; changed as little as the rest allows.
        apart: Separations, and `together` pairings; no roster breaks them.
        wishes: Met where nothing else is worse for it.
    """

    kind: Literal["duty-roster"]
    since: Day = Field(alias="from")
    until: Day
    time_zone: str = "Asia/Shanghai"
    posts: tuple[DutyPost, ...] = Field(min_length=1)
    people: tuple[DutyPerson, ...] = Field(min_length=1)
    limits: dict[LimitName, float] = Field(default_factory=dict)
    average_weeks: int = Field(default=REFERENCE_WEEKS, ge=1, le=52)
    pins: tuple[DutyCell, ...] = ()
    history: tuple[DutyCell, ...] = ()
    previous: tuple[DutyCell, ...] = ()
    apart: tuple[DutyApart, ...] = ()
    together: tuple[DutyTogether, ...] = ()
    wishes: tuple[DutyWish, ...] = ()
