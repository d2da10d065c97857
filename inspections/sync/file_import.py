"""Take in the file of a tablet, item by item, exactly as what comes over the network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.database import Sessions
from inspections.evidence import EvidenceStore
from inspections.models import AccountRow
from inspections.sync.device_file import DeviceFile
from inspections.sync.pictures import (
    Picture,
    apply_waiting,
    checked_picture,
    receive_picture,
)
from inspections.sync.receiving import Ack
from inspections.sync.sender import Recorder, Sender, recorders_of
from inspections.sync.tablets import Seen
from inspections.sync.taking_in import in_turn, take_in
from inspections.sync.wire import MOST_ITEMS, Batch, SentItem
from rules.faults import Fault, InputInvalid
from rules.rulebook import RuleBook
from rules.text import Text


@dataclass(frozen=True)
class Imported:
    """What an import came to: how many items of each status, and how many photos."""

    statuses: Mapping[str, int]
    photos: int
    problems: tuple[Ack, ...]


def organisation_of(session: Session, file: DeviceFile, *, name: str) -> str:
    """
    Return the organisation whose accounts wrote a file.

    Raises:
        InputInvalid: If the record knows none of them.
    """
    known = select(AccountRow.organisation_id).where(AccountRow.name.in_(named_in(file)))
    found = session.scalars(known.order_by(AccountRow.id).limit(1)).one_or_none()
    if found is None:
        raise InputInvalid(foreign_accounts(file, {}, name=name) or [_empty(name)])
    return found


def named_in(file: DeviceFile) -> set[str]:
    """Return the names of the accounts that wrote a file."""
    return {*file.items, *(account for _, account, _ in file.pictures)}


def foreign_accounts(file: DeviceFile, known: Mapping[str, Recorder], *, name: str) -> list[Fault]:
    """Return a fault for each account of the file that the organisation does not have."""
    return [
        Fault(
            name,
            1,
            "account",
            Text(
                zh=f"文件中的账号“{account}”不属于本单位。",
                en=f"The account {account} in the file is none of this organisation.",
            ),
            Text(
                zh="请确认这是本单位平板导出的文件。",
                en="Make sure that a tablet of this organisation wrote the file.",
            ),
        )
        for account in sorted(named_in(file) - known.keys())
    ]


def import_device_file(  # noqa: PLR0913 (all but the first two are named at the call)
    sessions: Sessions,
    rulebook: RuleBook,
    file: DeviceFile,
    *,
    organisation: str,
    name: str,
    store: EvidenceStore,
    by: str,
    now: datetime,
) -> Imported:
    """
    Take in what a file holds, each item as its own account; again changes nothing.

    Raises:
        InputInvalid: If it names accounts of others; then nothing is taken in.
    """
    with sessions() as session:
        known = recorders_of(session, organisation)
    if faults := foreign_accounts(file, known, name=name):
        raise InputInvalid(faults)
    senders = {account: Sender(known[account], file.device, by) for account in known}
    problems = []
    photos = 0
    for id_, account, content in file.pictures:
        sender = senders[account]
        picture = checked_picture(id_, content, told=sha256(content).hexdigest(), now=now)
        if isinstance(picture, Ack):
            problems.append(picture)
            continue
        photos += 1
        _picture_in(sessions, rulebook, store, picture, sender=sender, now=now)
    statuses: dict[str, int] = {}
    for account, items in file.items.items():
        for ack in _items_in(sessions, rulebook, file, items, sender=senders[account], now=now):
            statuses[ack.status] = statuses.get(ack.status, 0) + 1
            if ack.status in ("refused", "conflict", "waiting"):
                problems.append(ack)
    came = {"device": file.device, "made_at": file.made_at, "photos": photos, **statuses}
    in_turn(
        sessions,
        lambda session: note_change(
            session,
            organisation=organisation,
            by=by,
            action="sync.file-imported",
            subject=f"tablet/{file.device}",
            before=None,
            after=came,
            now=now,
        ),
    )
    return Imported(statuses, photos, tuple(problems))


def _picture_in(  # noqa: PLR0913 (all but the first four are named at the call)
    sessions: Sessions,
    rulebook: RuleBook,
    store: EvidenceStore,
    picture: Picture,
    *,
    sender: Sender,
    now: datetime,
) -> None:
    in_turn(
        sessions, lambda session: receive_picture(session, store, picture, sender=sender, now=now)
    )
    in_turn(
        sessions,
        lambda session: apply_waiting(session, rulebook, picture.id, sender=sender, now=now),
    )


def _items_in(  # noqa: PLR0913 (all but the first four are named at the call)
    sessions: Sessions,
    rulebook: RuleBook,
    file: DeviceFile,
    items: tuple[SentItem, ...],
    *,
    sender: Sender,
    now: datetime,
) -> Iterator[Ack]:
    in_order = sorted(items, key=lambda item: item.seq)
    for start in range(0, len(in_order), MOST_ITEMS):
        part = [item.model_dump(mode="json") for item in in_order[start : start + MOST_ITEMS]]
        batch = Batch(
            device=file.device or "file", offset_seconds=file.offset_seconds, items=tuple(part)
        )
        yield from take_in(sessions, rulebook, batch, sender=sender, seen=Seen(now, "import"))


def _empty(name: str) -> Fault:
    message = Text(zh="文件中没有待上传的内容。", en="The file holds nothing that waits.")
    remedy = Text(zh="请选择另一个文件。", en="Choose another file.")
    return Fault(name, 1, "items", message, remedy)
