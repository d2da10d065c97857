"""The shape of an organisation file; `docs/reference/organisation.md` explains each field."""

from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from holidays.registry import EntityLoader
from pydantic import Field, field_validator

from rules.cadence import Weekday
from rules.days import ClockTime, Day, Instant
from rules.frozen import Frozen
from rules.refusal import Refusal
from rules.text import Text

Identifier = str
FactScalar = bool | int | float | str | list[str]
_ID = r"^[a-z0-9][a-z0-9-]*$"
# The countries whose public holidays are known.
COUNTRIES = frozenset(EntityLoader.get_country_codes())


class OpeningSpan(Frozen):
    """Opening hours on some weekdays; a `closes` at or before `opens` lies on the next day."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    opens: ClockTime
    closes: ClockTime


class DateSpan(Frozen):
    """A run of days, both ends included, with its reason."""

    since: Day = Field(alias="from")
    until: Day
    reason: Text


class ExtraOpening(Frozen):
    """A day on which the site opens although its week or a holiday says closed."""

    on: Day
    opens: ClockTime
    closes: ClockTime
    reason: Text


class Term(Frozen):
    """A school term, both ends included."""

    id: str = Field(pattern=_ID)
    name: Text
    since: Day = Field(alias="from")
    until: Day


class Meal(Frozen):
    """A meal that the site serves on its opening days, at a local clock time."""

    meal: Literal["breakfast", "lunch", "dinner", "snack"]
    at: ClockTime


class SiteCalendar(Frozen):
    """
    When a site is open.

    Attributes:
        opening: Weekly opening hours; several spans a day are allowed; a day without one is closed.
        public_holidays: `closed` closes on public holidays (and opens on make-up workdays where
            the weekday they replace is open), `open` ignores them.
        night: The site's night, for night patrols.
    """

    opening: tuple[OpeningSpan, ...] = Field(min_length=1)
    public_holidays: Literal["closed", "open"] = "closed"
    closed: tuple[DateSpan, ...] = ()
    extra: tuple[ExtraOpening, ...] = ()
    terms: tuple[Term, ...] = ()
    meals: tuple[Meal, ...] = ()
    night_from: ClockTime = time(22, 0)
    night_until: ClockTime = time(6, 0)


class Place(Frozen):
    """A room, zone or area of a site."""

    id: str = Field(pattern=_ID)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    keeper: Identifier | None = None


class Asset(Frozen):
    """A device or a group of like devices, at a place or at the site itself."""

    id: str = Field(pattern=_ID)
    name: Text
    place: Identifier | None = None
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    keeper: Identifier | None = None
    maintainer: Identifier | None = None


class Shift(Frozen):
    """
    A span of time on a post; an `until` at or before `since` lies on the next day.

    Attributes:
        working_minutes: What counts as working time against legal hours, where breaks or sleep
            on duty do not; the whole span if not given.
    """

    code: str = Field(min_length=1, max_length=4)
    name: Text
    since: ClockTime
    until: ClockTime
    minimum: int = Field(default=1, ge=0, le=1000)
    preferred: int | None = Field(default=None, ge=0, le=1000)
    working_minutes: int | None = Field(default=None, ge=0, le=1440)


class Post(Frozen):
    """A place to be staffed by shifts every day, or on opening days only."""

    id: str = Field(pattern=_ID)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    shifts: tuple[Shift, ...] = Field(min_length=1)
    qualifications: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    days: Literal["every", "opening"] = "every"


class Site(Frozen):
    """One campus, building or store, with its facts, calendar and what stands in it."""

    id: str = Field(pattern=_ID)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    calendar: SiteCalendar
    places: tuple[Place, ...] = ()
    assets: tuple[Asset, ...] = ()
    posts: tuple[Post, ...] = ()


class Certificate(Frozen):
    """A qualification with its validity, both ends included; no `until` means without end."""

    kind: str = Field(pattern=_ID)
    number: str | None = None
    since: Day = Field(alias="from")
    until: Day | None = None


class Person(Frozen):
    """
    Someone who works at one or more sites.

    Attributes:
        minutes_per_day: Time for inspections on a working day.
        works: Weekdays worked, where no roster says otherwise.
        employer: Contractor the person belongs to; nothing for own staff.
    """

    id: str = Field(pattern=_ID)
    name: Text
    sites: tuple[Identifier, ...] = Field(min_length=1)
    roles: tuple[str, ...] = ()
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    team: str | None = None
    qualifications: tuple[Certificate, ...] = ()
    absences: tuple[DateSpan, ...] = ()
    minutes_per_day: int = Field(default=240, ge=0, le=1440)
    works: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri")
    employer: Text | None = None


class Event(Frozen):
    """
    Something that rules wait for, for example a weather warning or hot work.

    Attributes:
        target: The asset, place, post or person that it befell, by its id inside the site: the
            duties of others of that kind then do not wait for it.
    """

    id: str = Field(pattern=_ID)
    site: Identifier
    target: Identifier | None = None
    kind: str = Field(pattern=_ID)
    at: Instant
    note: Text | None = None


class Decision(Frozen):
    """A site's answer to an open question: whether a rule that may apply does."""

    rule: str
    site: Identifier
    applies: bool
    note: Text
    by: Identifier
    on: Day


class Performed(Frozen):
    """When a duty was last done before this system knew it."""

    rule: str
    target: Identifier
    on: Day


class Organisation(Frozen):
    """
    A whole organisation file.

    Attributes:
        time_zone: IANA name; local clock times of the file are in it.
        country: Whose public holidays count (ISO 3166).
        packs: House packs used beside every law and local pack.
    """

    id: str = Field(pattern=_ID)
    name: Text
    time_zone: str = "Asia/Shanghai"
    country: str = "CN"
    packs: tuple[str, ...] = ()
    sites: tuple[Site, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()
    performed: tuple[Performed, ...] = ()

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if len(value) != 2 or value not in COUNTRIES:
            raise Refusal(
                zh=f"没有国家代码“{value}”；请写 CN 这样的两个字母（ISO 3166）。",
                en=f"Unknown country {value}; use a code of two letters such as CN (ISO 3166).",
            )
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise Refusal(
                zh=f"没有时区“{value}”；请写 Asia/Shanghai 这样的名称。",
                en=f"Unknown time zone {value}; use a name such as Asia/Shanghai.",
            ) from error
        return value
