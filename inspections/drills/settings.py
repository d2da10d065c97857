"""What planners choose for a year: drills unannounced or held together, and days to avoid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.text import Text


@dataclass(frozen=True)
class Season:
    """
    Days of every year that are better avoided, both ends included, for example `07-16`.

    Attributes:
        weight: What drilling on one of its days costs; an event costs 10000.
    """

    since: str
    until: str
    text: Text
    weight: int = 300

    def holds(self, day: date) -> bool:
        """Tell whether *day* lies in it; a season may run over New Year."""
        on = f"{day:%m-%d}"
        if self.since <= self.until:
            return self.since <= on <= self.until
        return on >= self.since or on <= self.until


# Proposed: the heart of the flood season, and the great heat, of most of the country.
SEASONS: Mapping[str, tuple[Season, ...]] = {
    "CN": (
        Season("07-16", "08-15", Text(zh="主汛期（七下八上）", en="Main flood season")),
        Season("12-21", "01-20", Text(zh="冰雪寒潮季节", en="Season of ice and cold waves")),
    ),
}


@dataclass(frozen=True)
class DrillSettings:
    """
    The choices of planners for one year.

    Attributes:
        hidden: Ids of rules whose drills come unannounced.
        together: Ids of rules whose drills all sites hold as one.
        seasons: Days better avoided; those of the country where nobody chose.
    """

    hidden: frozenset[str] = frozenset()
    together: frozenset[str] = frozenset()
    seasons: tuple[Season, ...] | None = None

    def seasons_in(self, country: str) -> tuple[Season, ...]:
        """Return the seasons that count."""
        if self.seasons is not None:
            return self.seasons
        return SEASONS.get(country.split("-", maxsplit=1)[0], ())

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data."""
        seasons = None
        if self.seasons is not None:
            seasons = [
                {**vars(one), "text": {"zh": one.text.zh, "en": one.text.en}}
                for one in self.seasons
            ]
        return {
            "hidden": sorted(self.hidden),
            "together": sorted(self.together),
            "seasons": seasons,
        }


def settings_from(data: Mapping[str, Any]) -> DrillSettings:
    """Return the settings that plain data hold."""
    seasons = data.get("seasons")
    return DrillSettings(
        frozenset(data.get("hidden", ())),
        frozenset(data.get("together", ())),
        None
        if seasons is None
        else tuple(Season(**{**one, "text": Text(**one["text"])}) for one in seasons),
    )
