"""House packs that an organisation published: kept by hash, laid over built-in ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.errors import NotFound
from inspections.kept_inputs import kept_text
from inspections.models import OrganisationRow, PublishedPackRow
from rules.loader import pack_of
from rules.pack import Layer
from rules.rulebook import Choice, RuleBook
from rules.text import Text

_ORGANISATION = Text(zh="单位", en="organisation")


@dataclass(frozen=True)
class Published:
    """
    One publication of a pack.

    Attributes:
        pack: Id of the pack; `version` is the day that its text states.
        digest: SHA-256 of the text, in hexadecimal.
        withdrawn: Whether it is a withdrawal, which has the text of the one before.
    """

    pack: str
    title: Text
    layer: Layer
    version: date
    rules: int
    digest: str
    text: str
    note: str
    by: str
    at: datetime
    withdrawn: bool = False


def published_packs(session: Session, organisation_id: str) -> tuple[Published, ...]:
    """Return the packs that the organisation published and did not withdraw, by id."""
    return tuple(
        publication(session, row, row.digest)
        for _, row in sorted(latest_rows(session, organisation_id).items())
        if row.digest is not None
    )


def publications(session: Session, organisation_id: str, pack: str) -> tuple[Published, ...]:
    """Return every publication of *pack* and every withdrawal, the latest first."""
    query = select(PublishedPackRow).filter_by(organisation_id=organisation_id, pack=pack)
    found: list[Published] = []
    digest = ""
    for row in session.scalars(query.order_by(PublishedPackRow.id)):
        digest = row.digest or digest
        found.append(publication(session, row, digest))
    return tuple(reversed(found))


def book_name(session: Session, organisation_id: str) -> tuple[object, ...]:
    """
    Return what tells the rule book of an organisation from others over the same built-in packs.

    Raises:
        NotFound: If there is no such organisation.
    """
    rows = sorted(latest_rows(session, organisation_id).items())
    published = tuple((id_, row.digest) for id_, row in rows if row.digest is not None)
    return (choice_of(session, organisation_id), published)


def rulebook_for(session: Session, organisation_id: str, builtin: RuleBook) -> RuleBook:
    """
    Return the packs that bind the organisation: of *builtin*, and those that it published.

    Raises:
        NotFound: If there is no such organisation.
        InputInvalid: If it names a pack that does not exist, or published one that this version
            of the software cannot read.
    """
    every = every_pack(session, organisation_id, builtin)
    return every.for_organisation(choice_of(session, organisation_id))


def every_pack(session: Session, organisation_id: str, builtin: RuleBook) -> RuleBook:
    """
    Return all packs among which the organisation may choose: *builtin* and those it published.

    Raises:
        InputInvalid: If it published one that this version of the software cannot read.
    """
    return laid_over(builtin, texts_in_force(session, latest_rows(session, organisation_id)))


def laid_over(builtin: RuleBook, texts: Mapping[str, str]) -> RuleBook:
    """
    Return *builtin* with the packs written in *texts*, by id, over those of the same id.

    Raises:
        InputInvalid: If this version of the software cannot read one of them.
    """
    return builtin.with_own({id_: (pack_of(text, id_), text) for id_, text in texts.items()})


def choice_of(session: Session, organisation_id: str) -> Choice:
    """
    Return what decides which packs bind the organisation.

    Raises:
        NotFound: If there is no such organisation.
    """
    row = session.get(OrganisationRow, organisation_id)
    if row is None:
        raise NotFound(_ORGANISATION, organisation_id)
    return Choice(row.id, row.country, tuple(row.packs))


def latest_rows(session: Session, organisation_id: str) -> dict[str, PublishedPackRow]:
    """Return the latest row of every pack ever published, by id; withdrawals are among them."""
    mine = select(func.max(PublishedPackRow.id)).filter_by(organisation_id=organisation_id)
    last = mine.group_by(PublishedPackRow.pack).scalar_subquery()
    rows = session.scalars(select(PublishedPackRow).where(PublishedPackRow.id.in_(last)))
    return {row.pack: row for row in rows}


def texts_in_force(session: Session, rows: Mapping[str, PublishedPackRow]) -> dict[str, str]:
    """Return the texts that *rows* publish, by id of the pack; a withdrawal publishes none."""
    return {
        id_: kept_text(session, row.digest) for id_, row in rows.items() if row.digest is not None
    }


def publication(session: Session, row: PublishedPackRow, digest: str) -> Published:
    """Return the publication in *row*; *digest* names its text, also where it is a withdrawal."""
    text = kept_text(session, digest)
    pack = pack_of(text, row.pack)
    return Published(
        pack=pack.id,
        title=pack.title,
        layer=pack.layer,
        version=pack.version,
        rules=len(pack.rules),
        digest=digest,
        text=text,
        note=row.note,
        by=row.by,
        at=row.at,
        withdrawn=row.digest is None,
    )
