"""Lengths of time as laws and house rules state them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rules.refusal import Refusal
from rules.text import Text

Unit = Literal[
    "minute",
    "hour",
    "working-hour",
    "day",
    "working-day",
    "week",
    "month",
    "year",
    "same-day",
    "immediately",
]

_NAMES: dict[str, Text] = {
    "minute": Text(zh="分钟", en="minute"),
    "hour": Text(zh="小时", en="hour"),
    "working-hour": Text(zh="个工作小时", en="working hour"),
    "day": Text(zh="日", en="day"),
    "working-day": Text(zh="个工作日", en="working day"),
    "week": Text(zh="周", en="week"),
    "month": Text(zh="个月", en="month"),
    "year": Text(zh="年", en="year"),
}

LONGEST_YEARS = 100
_MINUTES: dict[str, int] = {
    "minute": 1,
    "hour": 60,
    "working-hour": 60,
    "day": 24 * 60,
    "working-day": 24 * 60,
    "week": 7 * 24 * 60,
    "month": 30 * 24 * 60,
    "year": 365 * 24 * 60,
}


class Duration(BaseModel):
    """
    A length of time with its unit; calendar units follow the calendar.

    Attributes:
        amount: Number of units; ignored for `same-day` and `immediately`.
        unit: `working-day` and `working-hour` count on the working calendar of the site.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount: int = Field(default=0, ge=0)
    unit: Unit

    @model_validator(mode="after")
    def _is_no_longer_than_a_lifetime(self) -> "Duration":
        # Beyond it, dates leave the calendar.
        if self.amount * _MINUTES.get(self.unit, 0) > LONGEST_YEARS * _MINUTES["year"]:
            raise Refusal(zh=f"最长 {LONGEST_YEARS} 年。", en=f"At most {LONGEST_YEARS} years.")
        return self

    @property
    def text(self) -> Text:
        """The duration in words, for example "3 working days"."""
        if self.unit == "same-day":
            return Text(zh="当日", en="the same day")
        if self.unit == "immediately":
            return Text(zh="立即", en="at once")
        name = _NAMES[self.unit]
        plural = "" if self.amount == 1 else "s"
        return Text(zh=f"{self.amount} {name.zh}", en=f"{self.amount} {name.en}{plural}")

    @property
    def about_minutes(self) -> int:
        """About how long it is in minutes, only to tell which of two durations is shorter."""
        if self.unit == "immediately":
            return 0
        if self.unit == "same-day":
            return 24 * 60 - 1
        return self.amount * _MINUTES[self.unit]
