"""Who sends, from which device, and what this person may record."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.accounts import Account
from inspections.errors import NotFound, Refused
from inspections.models import AccountRow, DutyRow, OccurrenceRow, SiteRow, SyncItemRow
from rules.text import Text

RECORDING_ROLES = frozenset(
    {
        "administrator",
        "safety-officer",
        "inspector",
        "team-lead",
        "responsible-person",
        "contractor",
    }
)


class MayNotRecord(Refused):
    """The role of the account records no checks."""

    code = "may-not-record"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该账号的角色不能记录检查。内容已保存，请联系安全负责人。",
                en="The role of this account records no checks. "
                "What you sent is kept; please tell your safety officer.",
            )
        )


@dataclass(frozen=True)
class Recorder:
    """
    An account as far as recording goes; also one that may no longer sign in.

    Attributes:
        sites: Keys of the sites in scope; empty means all of the organisation.
    """

    id: int
    name: str
    role: str
    person: str | None
    organisation: str
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Sender:
    """
    An account on a device.

    Attributes:
        imported_by: Who brings the items in by a file; nothing for the device itself.
    """

    account: Recorder
    device: str
    imported_by: str | None = None

    @property
    def person(self) -> str:
        """Key of the person, or name of an account that is nobody's."""
        return self.account.person or self.account.name

    def is_called(self, name: str) -> bool:
        """Tell whether an item stamped with *name* was written by this account."""
        return name in (self.account.name, str(self.account.id))


def recorder(account: Account) -> Recorder:
    """Return a signed-in account as one that records."""
    return Recorder(
        id=account.id,
        name=account.name,
        role=account.role,
        person=account.person,
        organisation=account.organisation,
        sites=tuple(account.sites),
    )


def recorders_of(session: Session, organisation: str) -> dict[str, Recorder]:
    """Return every account of an organisation by name, also those that may not sign in any more."""
    rows = session.scalars(select(AccountRow).filter_by(organisation_id=organisation))
    return {row.name: _recorder(row) for row in rows}


def sender_of(session: Session, row: SyncItemRow) -> Sender:
    """Return who sent a stored item, as the account stands now."""
    account = session.get_one(AccountRow, row.account_id)
    return Sender(_recorder(account), row.device, row.imported_by)


def _recorder(row: AccountRow) -> Recorder:
    return Recorder(row.id, row.name, row.role, row.person, row.organisation_id, tuple(row.sites))


def occurrence_for(session: Session, account: Recorder, occurrence_id: int) -> OccurrenceRow:
    """
    Return an occurrence that the account may record, locked until the transaction ends.

    Whoever else writes to the same occurrence waits, so that its state is always that of its log.

    Raises:
        MayNotRecord: If the role records nothing.
        NotFound: If it is another organisation's, or at a site out of scope.
    """
    if account.role not in RECORDING_ROLES:
        raise MayNotRecord
    query = (
        select(OccurrenceRow)
        .join(DutyRow, DutyRow.id == OccurrenceRow.duty_id)
        .join(SiteRow, SiteRow.id == OccurrenceRow.site_id)
        .where(OccurrenceRow.id == occurrence_id, DutyRow.organisation_id == account.organisation)
        .with_for_update(of=OccurrenceRow)
        .execution_options(populate_existing=True)
    )
    if account.sites:
        query = query.where(SiteRow.key.in_(account.sites))
    row = session.scalars(query).one_or_none()
    if row is None:
        raise NotFound(Text(zh="应检任务", en="occurrence"), occurrence_id)
    return row
