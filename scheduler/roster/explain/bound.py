"""Pairings and separations while empty places are moved about."""

from scheduler.roster.bonds import bond_faults
from scheduler.roster.explain.conditions import Condition, bond_condition
from scheduler.roster.explain.row_facts import Rows
from scheduler.roster.problem import RosterProblem
from scheduler.roster.slots import Slot


class Bound:
    """
    The bonds of a problem, by the people whom they concern.

    Only those that the rows kept before count against a move: what was settled against them stays.
    """

    def __init__(self, problem: RosterProblem) -> None:
        self.problem = problem
        self.of = {
            person: [number for number, bond in enumerate(problem.bonds) if person in bond.people]
            for bond in problem.bonds
            for person in bond.people
        }

    def broken(self, before: Rows, after: Rows, person: str) -> frozenset[Condition]:
        """Return the bonds of the person that the rows break after a move, and did not before."""
        return frozenset(
            bond_condition(self.problem, number)
            for number in self.of.get(person, ())
            if self._faults(after, number) - self._faults(before, number)
        )

    def _faults(self, rows: Rows, number: int) -> frozenset[tuple[str, Slot]]:
        bonds = [self.problem.bonds[number]]
        return frozenset(
            (fault.person, fault.slot) for fault in bond_faults(bonds, rows, self.problem.since)
        )
