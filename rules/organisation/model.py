"""The shape of an organisation file; `docs/reference/organisation.md` explains each field."""

from datetime import time
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from rules.cadence import Weekday
from rules.days import ClockTime, Day
from rules.frozen import Frozen
from rules.organisation.country import is_known
from rules.organisation.happened import Decision, Event, Performed
from rules.organisation.mail_address import mail_address
from rules.organisation.values import ID_PATTERN, FactScalar, Identifier
from rules.refusal import Refusal
from rules.text import Text


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


class CalendarSpan(DateSpan):
    """
    A run of days of a site's calendar, both ends included, with its reason.

    Attributes:
        origin: Calendar that it was imported from and its name there; nothing where written here.
    """

    origin: str | None = None


class ExtraOpening(Frozen):
    """
    A day on which the site opens although its week or a holiday says closed.

    Attributes:
        origin: As for `CalendarSpan`.
    """

    on: Day
    opens: ClockTime
    closes: ClockTime
    reason: Text
    origin: str | None = None


class Term(Frozen):
    """
    A school term, both ends included.

    Attributes:
        origin: As for `CalendarSpan`.
    """

    id: str = Field(pattern=ID_PATTERN)
    name: Text
    since: Day = Field(alias="from")
    until: Day
    origin: str | None = None


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
        exams: Days of examinations: open, but no days for drills.
        night: The site's night, for night patrols.
    """

    opening: tuple[OpeningSpan, ...] = Field(min_length=1)
    public_holidays: Literal["closed", "open"] = "closed"
    closed: tuple[CalendarSpan, ...] = ()
    extra: tuple[ExtraOpening, ...] = ()
    terms: tuple[Term, ...] = ()
    exams: tuple[CalendarSpan, ...] = ()
    meals: tuple[Meal, ...] = ()
    night_from: ClockTime = time(22, 0)
    night_until: ClockTime = time(6, 0)


class Place(Frozen):
    """A room, zone or area of a site."""

    id: str = Field(pattern=ID_PATTERN)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    keeper: Identifier | None = None


class Asset(Frozen):
    """A device or a group of like devices, at a place or at the site itself."""

    id: str = Field(pattern=ID_PATTERN)
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
        preferred: People who should stand it where that costs no cover; the minimum if not given.
        maximum: Never more people than these; as many as preferred if not given.
    """

    code: str = Field(min_length=1, max_length=4)
    name: Text
    since: ClockTime
    until: ClockTime
    minimum: int = Field(default=1, ge=0, le=1000)
    preferred: int | None = Field(default=None, ge=0, le=1000)
    maximum: int | None = Field(default=None, ge=0, le=1000)
    working_minutes: int | None = Field(default=None, ge=0, le=1440)


class Post(Frozen):
    """A place to be staffed by shifts every day, or on opening days only."""

    id: str = Field(pattern=ID_PATTERN)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    shifts: tuple[Shift, ...] = Field(min_length=1)
    qualifications: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    days: Literal["every", "opening"] = "every"


class Way(Frozen):
    """Minutes on foot or by car from one place or site to another, and as long back."""

    start: Identifier = Field(alias="from")
    end: Identifier = Field(alias="to")
    minutes: float = Field(gt=0, le=600)


class Site(Frozen):
    """
    One campus, building or store, with its facts, calendar and what stands in it.

    Attributes:
        order: Places in the order in which a round passes them; not all need be named.
        travel: Ways between places; what is not named is joined from these.
    """

    id: str = Field(pattern=ID_PATTERN)
    name: Text
    facts: dict[str, FactScalar] = Field(default_factory=dict)
    calendar: SiteCalendar
    places: tuple[Place, ...] = ()
    assets: tuple[Asset, ...] = ()
    posts: tuple[Post, ...] = ()
    order: tuple[Identifier, ...] = ()
    travel: tuple[Way, ...] = ()


class Certificate(Frozen):
    """A qualification with its validity, both ends included; no `until` means without end."""

    kind: str = Field(pattern=ID_PATTERN)
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
        email: Where reminders and digests go; nothing where the person has no mailbox.
        prefers: Places of their sites that they would rather check than others; a wish.
    """

    id: str = Field(pattern=ID_PATTERN)
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
    email: str | None = None
    prefers: tuple[Identifier, ...] = ()

    @field_validator("email")
    @classmethod
    def _sound_address(cls, value: str | None) -> str | None:
        return mail_address(value) if value and value.strip() else None


class Organisation(Frozen):
    """
    A whole organisation file.

    Attributes:
        time_zone: IANA name; local clock times of the file are in it.
        country: Whose public holidays count and whose packs apply (ISO 3166); with a region where
            that has holidays of its own, such as `GB-ENG` or `DE-BY`.
        packs: Packs used beside those of the country: house packs, those that are off by default
            (such as rules from memory), and those of other countries. A name that begins with `-`
            leaves out a default of the product.
        travel: Ways between sites; what is not named is joined from these.
        most_running: On how many days running on which a place is checked the same person should
            be sent there at most; 0 for any number.
    """

    id: str = Field(pattern=ID_PATTERN)
    name: Text
    time_zone: str = "Asia/Shanghai"
    country: str = "CN"
    packs: tuple[str, ...] = ()
    sites: tuple[Site, ...] = Field(min_length=1)
    people: tuple[Person, ...] = ()
    events: tuple[Event, ...] = ()
    decisions: tuple[Decision, ...] = ()
    performed: tuple[Performed, ...] = ()
    travel: tuple[Way, ...] = ()
    most_running: int = Field(default=0, ge=0, le=366)

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if not is_known(value):
            raise Refusal(
                zh=f"没有国家或地区代码“{value}”；请写 CN 或 GB-ENG 这样的代码（ISO 3166）。",
                en=f"Unknown country {value}; use a code such as CN or GB-ENG (ISO 3166).",
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
