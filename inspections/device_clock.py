"""What a device said the time was, and what it was."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class DeviceClock:
    """
    The clocks at one write.

    Attributes:
        device_at: What the device's clock said.
        server_at: When the server received it.
        offset_seconds: Server time minus device time, as measured when both last spoke.
    """

    device_at: datetime
    server_at: datetime
    offset_seconds: float = 0.0

    @property
    def at(self) -> datetime:
        """
        The device's time corrected by the offset; never later than the server received it.

        A device cannot have done something after it told of it, so a clock set forward does not
        carry a record into a later window.
        """
        return min(self.device_at + timedelta(seconds=self.offset_seconds), self.server_at)


def server_clock(now: datetime) -> DeviceClock:
    """Return the clock of a write made on the server itself."""
    return DeviceClock(device_at=now, server_at=now)
