"""Give every site, place and asset its code, once and for ever."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, insert, literal, select
from sqlalchemy.orm import Session

from inspections.codes.short_code import distinct_codes, seed_of
from inspections.models import AssetRow, PlaceRow, ShortCodeRow, SiteRow


@dataclass(frozen=True, slots=True)
class _Uncoded:
    """A target without a code; its seed gives the same code in every record that knows it."""

    organisation: str
    site: str
    site_id: int
    kind: str
    key: str

    @property
    def seed(self) -> str:
        return seed_of(self.organisation, self.site, self.kind, self.key)


def issue_codes(session: Session, organisation: str, *, now: datetime) -> int:
    """Make the codes that *organisation* lacks and return how many; those it has stay."""
    wanted = list(_without_code(session, organisation))
    if not wanted:
        return 0
    codes = distinct_codes(
        (each.seed for each in wanted), session.scalars(select(ShortCodeRow.code))
    )
    session.execute(
        insert(ShortCodeRow),
        [
            {
                "code": code,
                "organisation_id": organisation,
                "site_id": each.site_id,
                "target_kind": each.kind,
                "target": each.key,
                "made_at": now,
            }
            for each, code in zip(wanted, codes, strict=True)
        ],
    )
    return len(wanted)


def _without_code(session: Session, organisation: str) -> Iterator[_Uncoded]:
    targets: tuple[tuple[str, Any], ...] = (
        ("site", SiteRow),
        ("place", PlaceRow),
        ("asset", AssetRow),
    )
    for kind, row in targets:
        own_site = row.id if row is SiteRow else row.site_id
        same = and_(
            ShortCodeRow.site_id == own_site,
            ShortCodeRow.target_kind == literal(kind),
            ShortCodeRow.target == row.key,
        )
        query = select(SiteRow.key.label("site"), own_site.label("site_id"), row.key.label("key"))
        if row is not SiteRow:
            query = query.join(row, row.site_id == SiteRow.id)
        query = (
            query.outerjoin(ShortCodeRow, same)
            .where(SiteRow.organisation_id == organisation, ShortCodeRow.code.is_(None))
            .order_by(SiteRow.position, row.position)
        )
        for found in session.execute(query):
            yield _Uncoded(organisation, found.site, found.site_id, kind, found.key)
