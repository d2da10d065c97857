"""One store of evidence by content hash; records link to it and never copy."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import EvidenceLinkRow, EvidenceRow


@dataclass(frozen=True)
class Owner:
    """What evidence belongs to: an inspection's item, a finding, a ticket, a report, a drill."""

    inspection_id: str | None = None
    item: str | None = None
    finding_id: int | None = None
    ticket_id: int | None = None
    report_id: int | None = None
    drill_id: int | None = None


@dataclass(frozen=True)
class EvidenceStore:
    """Files below *folder*, named by the SHA-256 of their content."""

    folder: Path

    def path(self, digest: str) -> Path:
        """Return where the content with this hash stands."""
        return self.folder / digest[:2] / digest

    def keep(
        self,
        session: Session,
        content: bytes,
        *,
        media_type: str,
        now: datetime,
        look: int | None = None,
    ) -> str:
        """
        Store *content* once and return its hash, which the device compares with its own.

        *look* is that of a checked photo; what is no photo has none.
        """
        digest = sha256(content).hexdigest()
        path = self.path(digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            # A half-written file must never stand under the hash of the whole one.
            with NamedTemporaryFile(dir=path.parent, delete=False) as half:
                half.write(content)
            Path(half.name).replace(path)
        if session.get(EvidenceRow, digest) is None:
            row = EvidenceRow(
                sha256=digest, media_type=media_type, size=len(content), stored_at=now, look=look
            )
            session.add(row)
            session.flush()
        return digest


def link_evidence(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    digest: str,
    owner: Owner,
    *,
    by: str,
    now: datetime,
    caption: str | None = None,
) -> None:
    """Link stored evidence to what it proves; linking it again changes nothing."""
    columns = vars(owner)
    if session.scalars(select(EvidenceLinkRow).filter_by(sha256=digest, **columns)).first() is None:
        session.add(EvidenceLinkRow(sha256=digest, by=by, at=now, caption=caption, **columns))
        session.flush()


def evidence_of(session: Session, owner: Owner) -> tuple[str, ...]:
    """Return the hashes of what is linked to *owner*, in the order of linking."""
    named = {name: value for name, value in vars(owner).items() if value is not None}
    query = select(EvidenceLinkRow.sha256).filter_by(**named).order_by(EvidenceLinkRow.id)
    return tuple(session.scalars(query))
