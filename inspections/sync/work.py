"""What applying several items of one account shares: the record, the rules, and what was read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from inspections.answers import answers_of
from inspections.models import AnswerRow, InspectionRow, OccurrenceRow
from inspections.sync.sender import Recorder, occurrence_for
from rules.rulebook import RuleBook


@dataclass
class Work:
    """
    One transaction in which items of one account are applied.

    Attributes:
        locked: Occurrences that this transaction holds, by id.
        answered: The last attempts of inspections whose occurrence it holds, by their id.
    """

    session: Session
    rulebook: RuleBook
    account: Recorder
    locked: dict[int, OccurrenceRow] = field(default_factory=dict)
    answered: dict[str, dict[str, AnswerRow]] = field(default_factory=dict)

    def occurrence(self, occurrence_id: int) -> OccurrenceRow:
        """
        Return an occurrence that the account may record, locked until the transaction ends.

        Raises:
            MayNotRecord: If the role records nothing.
            NotFound: If it is another organisation's, or at a site out of scope.
        """
        if occurrence_id not in self.locked:
            found = occurrence_for(self.session, self.account, occurrence_id)
            self.locked[occurrence_id] = found
        return self.locked[occurrence_id]

    def last_answers(self, inspection_id: str) -> dict[str, AnswerRow]:
        """Return the last attempt at each item of an inspection, read once for all its answers."""
        if inspection_id not in self.answered:
            row = self.session.get_one(InspectionRow, inspection_id)
            self.answered[inspection_id] = answers_of(self.session, row)
        return self.answered[inspection_id]

    @contextmanager
    def step(self) -> Iterator[None]:
        """Undo everything inside on an error, and nothing before it."""
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            # What was locked inside is free again, and what was written is gone.
            self.locked.clear()
            self.answered.clear()
            raise


@contextmanager
def holding(session: Session) -> Iterator[None]:
    """Hold every row that is read: a session forgets what nobody holds, and reads it again."""
    held: list[Any] = []

    def hold(_session: Session, row: Any) -> None:
        held.append(row)

    names = ("loaded_as_persistent", "pending_to_persistent")
    for name in names:
        event.listen(session, name, hold)
    try:
        yield
    finally:
        for name in names:
            event.remove(session, name, hold)
        held.clear()
