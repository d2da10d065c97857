"""The public calendar of a country: holidays, days off in lieu and make-up workdays."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from holidays import country_holidays

from rules.organisation.country import country_of, is_known, region_of
from rules.text import Text

_IN_LIEU = re.compile(r"substituted from (\d\d)/(\d\d)/(\d{4})")
_QUALIFIED = re.compile(r"\s*[（(](observed|estimated|observed, estimated|补假|估计)[)）]")
# A schedule is published at most a year ahead; a later one proves that a year is settled.
_YEARS_AHEAD = 5
_LONGEST_RUN = 14


@dataclass(frozen=True)
class PublicYear:
    """
    One year of the public calendar, by ordinals of days.

    Attributes:
        named: Public holidays with their names.
        in_lieu: Days off given in exchange for working on another day.
        make_up: Workdays on a weekend, each with the day off that it makes up for.
    """

    named: dict[int, Text]
    in_lieu: frozenset[int]
    make_up: dict[int, int]


class CountryUnknown(ValueError):
    """No public holidays are known for a country; organisation files that name one are refused."""

    code = "country-unknown"

    def __init__(self, country: str) -> None:
        self.country = country
        self.text = Text(
            zh=f"没有国家“{country}”的公众假日。",
            en=f"The public holidays of the country {country} are not known.",
        )
        super().__init__(self.text.en)


class PublicCalendar:
    """Working days and holidays of a country or region, year by year, from `holidays`."""

    def __init__(self, country: str) -> None:
        self.country = country
        self._years: dict[int, PublicYear] = {}
        self._holidays: dict[int, Text | None] = {}
        self._provisional: dict[int, bool] = {}
        blank = country_holidays(country_of(country))
        self._weekend: frozenset[int] = frozenset(blank.weekend)
        self._trades_days = bool(getattr(blank, "has_substituted_holidays", False))

    def is_working(self, day: int) -> bool:
        """Tell whether the day of ordinal *day* is a public working day."""
        year = self._year_of(day)
        if day in year.make_up:
            return True
        return not (self.is_weekend(day) or day in year.named or day in year.in_lieu)

    def is_weekend(self, day: int) -> bool:
        """Tell whether the day of ordinal *day* falls on the country's weekend."""
        return (day - 1) % 7 in self._weekend

    def replaced_by(self, day: int) -> int | None:
        """Return the ordinal of the day off that make-up workday *day* stands for."""
        return self._year_of(day).make_up.get(day)

    def holiday(self, day: int) -> Text | None:
        """
        Return the name of the holiday that *day* belongs to, or nothing.

        Days off in lieu bear the name of the nearest holiday of their run. Where a country
        trades days (China), weekend days that touch the run belong to it, as in the notices.
        """
        if day not in self._holidays:
            self._holidays[day] = self._holiday(day)
        return self._holidays[day]

    def _holiday(self, day: int) -> Text | None:
        year = self._year_of(day)
        if day in year.named:
            return year.named[day]
        joins = day in year.in_lieu or (self._trades_days and not self.is_working(day))
        return self._nearest_name(day) if joins else None

    def run(self, day: int) -> tuple[int, int]:
        """Return the first and last ordinal of the run of days off that *day* lies in."""
        first = last = day
        while not self.is_working(first - 1):
            first -= 1
        while not self.is_working(last + 1):
            last += 1
        return first, last

    def is_provisional(self, year: int) -> bool:
        """Tell whether the official schedule of *year* is not published yet."""
        if year not in self._provisional:
            years = range(year, year + _YEARS_AHEAD)
            self._provisional[year] = self._trades_days and not any(
                self._load(each, with_names=False).in_lieu for each in years
            )
        return self._provisional[year]

    def _nearest_name(self, day: int) -> Text | None:
        first, last = self.run(day)
        for distance in range(1, _LONGEST_RUN):
            for near in (day - distance, day + distance):
                if first <= near <= last and near in self._year_of(near).named:
                    return self._year_of(near).named[near]
        return None

    def _year_of(self, day: int) -> PublicYear:
        year = date.fromordinal(day).year
        if year not in self._years:
            self._years[year] = self._load(year, with_names=True)
        return self._years[year]

    def _load(self, year: int, *, with_names: bool) -> PublicYear:
        # A day may be traded with one of the year before or after.
        years = range(year - 1, year + 2)
        english = _named_days(self.country, "en_US", years)
        chinese = _named_days(self.country, "zh_CN", years) if with_names else {}
        traded = {day.toordinal(): _traded_for(name) for day, name in english.items()}
        make_up = {other: day for day, other in traded.items() if other is not None}
        span = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
        return PublicYear(
            named={
                day.toordinal(): _name(chinese.get(day), name)
                for day, name in english.items()
                if day.year == year and traded[day.toordinal()] is None
            },
            in_lieu=frozenset(day for day, other in traded.items() if other and day in span),
            make_up={day: off for day, off in make_up.items() if day in span},
        )


def _named_days(country: str, language: str, years: range) -> dict[date, str]:
    region, country = region_of(country), country_of(country)
    known: Any = country_holidays(country)
    if language not in known.supported_languages:
        if language == "zh_CN":
            return {}
        language = known.default_language
    return dict(country_holidays(country, subdiv=region, years=years, language=language))


def _traded_for(english: str) -> int | None:
    found = _IN_LIEU.search(english)
    if found is None:
        return None
    month, day, year = (int(part) for part in found.groups())
    return date(year, month, day).toordinal()


def _name(chinese: str | None, english: str) -> Text:
    plain = _QUALIFIED.sub("", english)
    return Text(zh=_QUALIFIED.sub("", chinese) if chinese else f"公众假日（{plain}）", en=plain)


@lru_cache(maxsize=32)
def public_calendar(country: str) -> PublicCalendar:
    """
    Return the public calendar of *country* (ISO 3166, with or without a region); computed once.

    Raises:
        CountryUnknown: If no public holidays are known for it.
    """
    if not is_known(country):
        raise CountryUnknown(country)
    return PublicCalendar(country)
