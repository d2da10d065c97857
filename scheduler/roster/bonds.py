"""Pairings and separations: who stands a post only together, or never together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.roster.problem import Bond
from scheduler.roster.slots import Slot

Rows = Mapping[str, Mapping[date, Slot]]
CODES = {"apart": "apart", "with": "not-with"}
# A shift lasts a day at most, so that it meets only those of the days beside it.
_BESIDE = (timedelta(days=-1), timedelta(0), timedelta(days=1))


@dataclass(frozen=True)
class BondFault:
    """A bond that a person's slot breaks; *other* stands against it where two are kept apart."""

    bond: Bond
    person: str
    slot: Slot
    other: str | None = None

    @property
    def code(self) -> str:
        """Name the rule: `apart` or `not-with`."""
        return CODES[self.bond.kind]


def meet(one: Slot, other: Slot) -> bool:
    """Tell whether two slots are of the same post and overlap."""
    return one.post == other.post and one.since < other.until and other.since < one.until


def fault_with(bonds: Iterable[Bond], rows: Rows, person: str, slot: Slot) -> BondFault | None:
    """Return the first bond of the person that standing the slot breaks, as the others stand."""
    return next(
        (fault for bond in bonds for fault in _faults(bond, rows, person, slot)),
        None,
    )


def bond_faults(bonds: Iterable[Bond], rows: Rows, since: date) -> Iterator[BondFault]:
    """Yield every bond that slots from *since* on break; of two kept apart, for the later named."""
    for bond in bonds:
        for number, person in enumerate(bond.people):
            mine = rows.get(person, {})
            for day in sorted(day for day in mine if day >= since):
                for fault in _faults(bond, rows, person, mine[day]):
                    if bond.kind == "with" or fault.other in bond.people[:number]:
                        yield fault


def _faults(bond: Bond, rows: Rows, person: str, slot: Slot) -> Iterator[BondFault]:
    if person not in bond.people or not bond.holds_on(slot.day):
        return
    if bond.kind == "apart":
        for other in bond.people:
            near = (one for one in _near(rows, other, slot.day) if bond.holds_on(one.day))
            if other != person and any(meet(slot, one) for one in near):
                yield BondFault(bond, person, slot, other)
    elif person == bond.people[0]:
        stood = (rows.get(other, {}).get(slot.day) for other in bond.people[1:])
        if not any(one is not None and one.key == slot.key for one in stood):
            yield BondFault(bond, person, slot)


def _near(rows: Rows, person: str, day: date) -> Iterator[Slot]:
    row = rows.get(person, {})
    return (row[day + beside] for beside in _BESIDE if day + beside in row)
