"""Ask what changes would come to: forecasts before and after, and what differs."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.whatif.applying import supposed
from rules.whatif.changes import Change
from rules.whatif.supposed import Supposed
from scheduler.whatif.effect import Compared, Effect, Figures
from scheduler.whatif.forecast import Forecast, Forecaster

Progress = Callable[[int, int], None]
_STEPS = 4


@dataclass
class Asking:
    """
    One organisation over one horizon, asked what changes would do to it.

    How it stands is worked out once and kept, so that several questions share it.

    Attributes:
        rulebook: The packs that bind the organisation.
        since: First day; `until` is the last, included.
        progress: Called with the steps done and all of them.
    """

    rulebook: RuleBook
    organisation: Organisation
    since: date
    until: date
    progress: Progress = lambda _done, _all: None
    _present: tuple[Forecast, Figures] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Prepare what both forecasts share."""
        zone = ZoneInfo(self.organisation.time_zone)
        self._compared = Compared(since=self.since, until=self.until, zone=zone)
        self._forecaster = Forecaster(since=self.since, until=self.until, seed=self.organisation.id)

    def present(self) -> tuple[Forecast, Figures]:
        """Return how things stand without any change."""
        if self._present is None:
            self.progress(0, _STEPS)
            forecast = self._forecaster.forecast(self.rulebook, self.organisation)
            self.progress(1, _STEPS)
            self._present = forecast, self._compared.figures(forecast)
        self.progress(2, _STEPS)
        return self._present

    def effect(self, changes: Iterable[Change]) -> Effect:
        """
        Return what *changes* would come to; nothing is saved anywhere.

        Raises:
            InputInvalid: With every fault of every change.
        """
        asked = supposed(self.rulebook, self.organisation, changes, since=self.since)
        with _not_collecting():
            return self._effect(asked)

    def _effect(self, asked: Supposed) -> Effect:
        before, figures = self.present()
        after = self._forecaster.changed(before, asked.rulebook, asked.organisation, asked.sites)
        self.progress(3, _STEPS)
        effect = self._compared.effect(before, after, figures)
        self.progress(_STEPS, _STEPS)
        return effect


@contextmanager
def _not_collecting() -> Iterator[None]:
    """
    Keep the cyclic collector from walking a million new objects that stay: a third of the time.

    Nothing here makes cycles. A question that ends meanwhile lets it run again; that costs time
    and is not wrong.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
