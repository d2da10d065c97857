"""Publishing a house pack and taking it back: both are checked with all packs that it meets."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.errors import NotFound, Refused
from inspections.kept_inputs import keep_text
from inspections.models import PublishedPackRow
from inspections.published_packs import (
    Published,
    choice_of,
    laid_over,
    latest_rows,
    publication,
    rulebook_for,
    texts_in_force,
)
from rules.faults import Fault, InputInvalid
from rules.loader import check_text, load_rulebook, pack_of
from rules.pack import Pack
from rules.rulebook import RuleBook
from rules.text import Text

_PACK = Text(zh="已发布的规则包", en="published rule pack")


class NoteMissing(Refused):
    """A pack is published or withdrawn without saying why."""

    code = "note-missing"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有说明。请写明为什么发布或撤回。",
                en="The note is missing. Please write why it is published or withdrawn.",
            )
        )


class NothingNew(Refused):
    """The text is the one in force."""

    code = "nothing-new"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="与现行的规则包完全相同，没有发布。",
                en="It is the pack already in force; nothing was published.",
            )
        )


def publish_pack(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    organisation_id: str,
    text: str,
    note: str,
    by: str,
    now: datetime,
    builtin: RuleBook | None = None,
) -> Published:
    """
    Publish the pack written in *text* for the organisation; it stands over one of the same id.

    It is checked together with every pack that binds the organisation. Nothing is committed, and
    no plan is made anew: planning does that. Without *builtin* the built-in packs are read.

    Raises:
        InputInvalid: With every fault of the pack, and of packs that it would break.
        NoteMissing: If *note* is empty.
        NothingNew: If it is the text in force.
        NotFound: If there is no such organisation.
    """
    if not note.strip():
        raise NoteMissing
    builtin = builtin or load_rulebook()
    pack = checked_pack(session, organisation_id=organisation_id, text=text, builtin=builtin)
    digest = keep_text(session, "pack-text", text)
    before = latest_rows(session, organisation_id).get(pack.id)
    if before is not None and before.digest == digest:
        raise NothingNew
    row = PublishedPackRow(
        organisation_id=organisation_id,
        pack=pack.id,
        digest=digest,
        note=note.strip(),
        by=by,
        at=now,
    )
    _write(session, row, "pack.published", before)
    return publication(session, row, digest)


def withdraw_pack(  # noqa: PLR0913 (all but the first are named at the call)
    session: Session,
    *,
    organisation_id: str,
    pack: str,
    note: str,
    by: str,
    now: datetime,
    builtin: RuleBook | None = None,
) -> Published:
    """
    Take a published pack back: a built-in one of the same id holds again, else none.

    Raises:
        InputInvalid: If other packs of the organisation need it, with every such place.
        NoteMissing: If *note* is empty.
        NotFound: If no such pack is published.
    """
    if not note.strip():
        raise NoteMissing
    rows = latest_rows(session, organisation_id)
    before = rows.pop(pack, None)
    if before is None or before.digest is None:
        raise NotFound(_PACK, pack)
    rest = texts_in_force(session, rows)
    book = laid_over(builtin or load_rulebook(), rest).for_organisation(
        choice_of(session, organisation_id)
    )
    for id_, text in rest.items():
        faults = check_text(text, id_, beside=book).faults
        if faults:
            raise InputInvalid(faults)
    row = PublishedPackRow(
        organisation_id=organisation_id, pack=pack, digest=None, note=note.strip(), by=by, at=now
    )
    _write(session, row, "pack.withdrawn", before)
    return publication(session, row, before.digest)


def checked_pack(
    session: Session, *, organisation_id: str, text: str, builtin: RuleBook, name: str = "pack.yaml"
) -> Pack:
    """
    Return the pack written in *text* where the organisation could publish it.

    Raises:
        InputInvalid: With every fault of the pack, and of packs that it would break.
        NotFound: If there is no such organisation.
    """
    book = rulebook_for(session, organisation_id, builtin)
    faults = list(check_text(text, name, beside=book).faults)
    try:
        pack = pack_of(text, name)
    except InputInvalid as invalid:
        raise InputInvalid(faults or invalid.faults) from None
    faults += _not_own(pack, builtin, name)
    if faults:
        raise InputInvalid(faults)
    return pack


def _not_own(pack: Pack, builtin: RuleBook, name: str) -> Iterator[Fault]:
    if not pack.is_house:
        yield Fault(
            name,
            1,
            "layer",
            Text(
                zh=f"不能发布 {pack.layer} 层的规则包：单位只能发布自己的规则。",
                en=f"A pack of the layer {pack.layer} cannot be published: an organisation "
                "publishes its own rules.",
            ),
            Text(zh="请写 layer: group 或 layer: site。", en="Write layer: group or layer: site."),
        )
    if any(each.id == pack.id and not each.is_house for each in builtin.packs):
        yield Fault(
            name,
            1,
            "id",
            Text(
                zh=f"{pack.id} 是法规规则包的编号，不能用单位规则代替。",
                en=f"{pack.id} is a pack of law; house rules cannot stand in for it.",
            ),
            Text(zh="请换一个编号。", en="Use another id."),
        )


def _write(
    session: Session, row: PublishedPackRow, action: str, before: PublishedPackRow | None
) -> None:
    session.add(row)
    session.flush()
    note_change(
        session,
        organisation=row.organisation_id,
        by=row.by,
        action=action,
        subject=f"pack/{row.pack}",
        before={"digest": before.digest} if before else None,
        after={"digest": row.digest, "note": row.note},
        now=row.at,
    )
