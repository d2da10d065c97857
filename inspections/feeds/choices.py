"""What a calendar link shows, and within which limits it may be chosen."""

from dataclasses import dataclass
from typing import Literal, get_args

from inspections.errors import Refused
from rules.text import Text

Shows = Literal["person", "site", "post", "team", "leaders", "horizon"]
Deadlines = Literal["event", "todo", "both"]
Detail = Literal["busy", "titles", "full"]
SHOWS: tuple[Shows, ...] = get_args(Shows)
DEADLINES: tuple[Deadlines, ...] = get_args(Deadlines)
DETAILS: tuple[Detail, ...] = get_args(Detail)
MOST_ALARMS = 3
LONGEST_ALARM = 7 * 24 * 60
DAYS_BACK = range(91)
DAYS_AHEAD = range(7, 367)
CANCELLED_DAYS = range(31)


class TooManyAlarms(Refused):
    """Calendars take a few alarms only."""

    code = "feed.too-many-alarms"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh=f"最多选 {MOST_ALARMS} 个提醒。请去掉几个。",
                en=f"At most {MOST_ALARMS} alarms. Please take some away.",
            )
        )


class ChoiceOutside(Refused):
    """A choice lies outside what links may show."""

    code = "feed.choice-outside"

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(
            Text(
                zh="此选项不在可选范围内，请重新选择。",
                en="This is not among the choices. Please choose again.",
            )
        )


@dataclass(frozen=True)
class Choices:
    """
    What a link shows.

    Attributes:
        shows: A person's own, a site, a post, a team, drills and deadlines for leaders, or the
            legal horizon; `person`, `site`, `post` and `team` name whose. Leaders and horizon take
            the whole organisation where no site is named.
        alarms: Minutes before the start, at most three; clients may ignore them.
        deadlines: Whether deadlines of findings are events, tasks or both.
        days_back: How many days before today it shows, today not counted.
        days_ahead: How many days after today.
        detail: `busy` shows that something is there, `titles` what and where, `full` also why.
        cancelled_days: How long cancelled and handed-over things stay; 0 drops them at once.
    """

    shows: Shows = "person"
    person: str | None = None
    site: str | None = None
    post: str | None = None
    team: str | None = None
    language: str = "zh"
    alarms: tuple[int, ...] = ()
    deadlines: Deadlines = "event"
    days_back: int = 30
    days_ahead: int = 120
    detail: Detail = "full"
    cancelled_days: int = 14

    def check(self) -> None:
        """
        Make sure that the choices are ones that links may have.

        Raises:
            TooManyAlarms: If more than three alarms were asked for.
            ChoiceOutside: If another choice lies outside its limits.
            ValueError: If what it shows is not named.
        """
        if not self._is_named():
            raise ValueError(f"A link of {self.shows} must name exactly what it shows.")
        if len(set(self.alarms)) > MOST_ALARMS:
            raise TooManyAlarms
        for field, fits in (
            ("language", self.language in {"zh", "en"}),
            ("alarm-0", all(0 <= one <= LONGEST_ALARM for one in self.alarms)),
            ("deadlines", self.deadlines in DEADLINES),
            ("days_back", self.days_back in DAYS_BACK),
            ("days_ahead", self.days_ahead in DAYS_AHEAD),
            ("detail", self.detail in DETAILS),
            ("cancelled_days", self.cancelled_days in CANCELLED_DAYS),
        ):
            if not fits:
                raise ChoiceOutside(field)

    def _is_named(self) -> bool:
        """Tell whether exactly what the kind needs is named; leaders and horizon may name none."""
        named = {
            name for name in ("person", "site", "post", "team") if getattr(self, name) is not None
        }
        if self.shows in {"leaders", "horizon"}:
            return named <= {"site"}
        return named == ({"site", "post"} if self.shows == "post" else {self.shows})
