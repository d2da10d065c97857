"""Names for what flags are about: targets, people, sites and the records behind them."""

from collections.abc import Sequence

from inspections.database import Session
from inspections.plausibility.flag import Flag
from inspections.rounds.names import people_names, person_text, target_names
from rules.text import Text


class Names:
    """The names that a list of flags needs, looked up at once."""

    def __init__(self, session: Session, organisation: str, flags: Sequence[Flag]) -> None:
        self._people = people_names(session, organisation)
        targets = {(flag.site_id, *flag.about) for flag in flags if flag.about[0] != "photo"}
        self._targets = target_names(session, targets)

    def person(self, key: str) -> Text:
        """Return a person's name."""
        return person_text(self._people, key)

    def about(self, flag: Flag) -> Text:
        """Return what a flag is about; a photo is about whoever used it."""
        kind, key = flag.about
        if kind == "person":
            return self.person(key)
        if kind == "photo":
            names = [self.person(one) for one in flag.people]
            return Text(
                zh="、".join(one.zh for one in names), en=", ".join(one.en for one in names)
            )
        return self._targets[(flag.site_id, kind, key)]
