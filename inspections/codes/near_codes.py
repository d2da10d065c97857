"""Which codes somebody may have meant who typed one that does not fit its check character."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.codes.short_code import ALPHABET, LENGTH, fits
from inspections.models import ShortCodeRow


@dataclass(frozen=True)
class NearCode:
    """
    A code of the organisation that is one slip away from what was typed.

    Attributes:
        slip: `swapped` for two neighbours that changed places, `wrong` for one character.
        at: Place of the slip, from 0; of the first of the two where they were swapped.
    """

    code: str
    slip: Literal["swapped", "wrong"]
    at: int


def near_codes(session: Session, organisation: str, typed: str) -> tuple[NearCode, ...]:
    """Return the codes of *organisation* one slip away from *typed*, swaps before wrong ones."""
    candidates = tuple(_one_slip_away(typed))
    query = select(ShortCodeRow.code).where(
        ShortCodeRow.organisation_id == organisation,
        ShortCodeRow.code.in_([each.code for each in candidates]),
    )
    known = set(session.scalars(query))
    return tuple(each for each in candidates if each.code in known)


def _one_slip_away(typed: str) -> Iterator[NearCode]:
    """Yield what fits its check character; for each place at most one wrong character does."""
    if len(typed) != LENGTH:
        return
    for at in range(LENGTH - 1):
        swapped = typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :]
        if fits(swapped):
            yield NearCode(swapped, "swapped", at)
    for at in range(LENGTH):
        for other in ALPHABET:
            replaced = typed[:at] + other + typed[at + 1 :]
            if fits(replaced):
                yield NearCode(replaced, "wrong", at)
