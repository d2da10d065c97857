"""A finding for somebody who may see its site; for others it is not there."""

from sqlalchemy.orm import Session

from inspections.editing import Editor
from inspections.errors import NotFound, Refused
from inspections.models import FindingRow, SiteRow
from rules.text import Text

# What outside contractors do with a finding of theirs: put it right, or ask for more time.
CONTRACTOR_STEPS = frozenset({"start", "submit", "ask", "take-back"})


class NotTheirStep(Refused):
    """An outside contractor asked for a step that the organisation takes."""

    code = "not-their-step"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="外协单位可以整改和申请延期；其余步骤由本单位人员办理。",
                en="Outside contractors put things right and ask for more time; "
                "the organisation takes every other step.",
            )
        )


def check_step(session: Session, finding_id: int, step: str, editor: Editor) -> None:
    """
    Do nothing where somebody of this role and scope may try the step.

    Raises:
        NotFound: If the finding is not there for them.
        NotTheirStep: If a contractor may not take it.
    """
    finding_in_scope(session, finding_id, editor)
    if editor.role == "contractor" and step not in CONTRACTOR_STEPS:
        raise NotTheirStep


def finding_in_scope(session: Session, finding_id: int, editor: Editor) -> FindingRow:
    """
    Return the finding.

    Raises:
        NotFound: If the organisation has none with this id, or it is out of scope. A contractor
            has no other findings than those that name them as owner.
    """
    row = session.get(FindingRow, finding_id)
    here = row is not None and row.organisation_id == editor.organisation
    if row is None or not here or not _sees(session, row, editor):
        raise NotFound(Text(zh="问题", en="finding"), finding_id)
    return row


def _sees(session: Session, row: FindingRow, editor: Editor) -> bool:
    if editor.role == "contractor":
        return row.owner == editor.by
    return editor.sees(session.get_one(SiteRow, row.site_id).key)
