"""
Days, clock times and instants as files give them.

A bare number is refused: pydantic would read `7` as seven seconds after midnight, or after 1970.
Days stay within two lifetimes, so that arithmetic on them cannot leave the calendar.
"""

from datetime import date, datetime, time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)


def _no_number(kind: str) -> BeforeValidator:
    def check(value: object) -> object:
        digits = isinstance(value, str) and value.strip().lstrip("+-").replace(".", "").isdigit()
        if digits or isinstance(value, (int, float)):
            raise PydanticCustomError(f"{kind}_type", "A bare number.")
        return value

    return BeforeValidator(check)


def _on_the_clock(value: time) -> time:
    if value.tzinfo is not None or value.microsecond:
        raise PydanticCustomError("time_type", "A time zone or a part of a second.")
    return value


def _within_days(value: datetime) -> datetime:
    if not EARLIEST < value.date() < LATEST:
        raise PydanticCustomError(
            "between", "Out of range.", {"ge": EARLIEST.isoformat(), "le": LATEST.isoformat()}
        )
    return value


Day = Annotated[date, _no_number("date"), Field(ge=EARLIEST, le=LATEST)]
ClockTime = Annotated[time, _no_number("time"), AfterValidator(_on_the_clock)]
Instant = Annotated[datetime, _no_number("datetime"), AfterValidator(_within_days)]
