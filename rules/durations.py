"""Lengths of time as laws and house rules state them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

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
