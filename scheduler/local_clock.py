"""Local clock time and instants of one time zone, quick enough for a year of patrols."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 86_400
MINUTE = 60
END_OF_DAY = DAY - 1
_ONE_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_LOCAL = _EPOCH.date().toordinal() * DAY


def seconds_of(clock_time: time) -> int:
    """Seconds from midnight on the clock face."""
    return clock_time.hour * 3600 + clock_time.minute * MINUTE + clock_time.second


class LocalClock:
    """
    Turns local seconds into aware UTC instants and back.

    A *local second* counts clock-face seconds from the ordinal of the day: ordinal x 86,400 +
    seconds from midnight. A clock time that does not exist on a spring day is read with the
    offset before the change; one that happens twice means its first occurrence.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._offsets: dict[int, int | None] = {}

    def instant(self, local: int) -> datetime:
        """Return the instant in UTC at which the local clock shows *local*."""
        day = local // DAY
        offset = self._offsets.get(day, -1)
        if offset == -1:
            offset = self._offset_of_day(day)
        if offset is None:
            return self.face(local).replace(tzinfo=self.zone).astimezone(UTC)
        return _EPOCH + timedelta(seconds=local - _EPOCH_LOCAL - offset)

    def local(self, instant: datetime) -> int:
        """Return what the local clock shows at *instant*, in whole seconds."""
        here = instant.astimezone(self.zone)
        return here.toordinal() * DAY + seconds_of(here.time())

    def date(self, instant: datetime) -> date:
        """Return the local day of *instant*."""
        return instant.astimezone(self.zone).date()

    def is_even(self, since: int, until: int) -> bool:
        """Tell whether no change of the clock lies on the days from *since* to *until*."""
        offsets = {self._offset_of_day(day) for day in range(since // DAY, (until - 1) // DAY + 1)}
        return len(offsets) == 1 and None not in offsets

    @staticmethod
    def face(local: int) -> datetime:
        """Return the clock face at *local*, without a zone."""
        day, second = divmod(local, DAY)
        return datetime.combine(date.fromordinal(day), time()) + timedelta(seconds=second)

    def _offset_of_day(self, day: int) -> int | None:
        """Return the day's offset in seconds, or nothing where the clock changes that day."""
        if day not in self._offsets:
            midnight = datetime.combine(date.fromordinal(day), time())
            first = midnight.replace(tzinfo=self.zone).utcoffset()
            last = (midnight + _ONE_DAY).replace(tzinfo=self.zone).utcoffset()
            even = first is not None and first == last
            self._offsets[day] = int(first.total_seconds()) if even and first is not None else None
        return self._offsets[day]


@lru_cache(maxsize=64)
def local_clock(time_zone: str) -> LocalClock:
    """Return the one clock of *time_zone*, an IANA name."""
    return LocalClock(ZoneInfo(time_zone))
