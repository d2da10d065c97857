"""Keep what a plan was made from, by hash, so that it can be made again."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.models import KeptTextRow, PlanRunRow
from inspections.record_digest import canonical
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook


def keep_run(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    organisation: Organisation,
    rulebook: RuleBook,
    *,
    span: tuple[date, date],
    seed: int,
    now: datetime,
) -> PlanRunRow:
    """Store the inputs that are new and a run that refers to them; its result comes later."""
    inputs = canonical(organisation.model_dump(mode="json", by_alias=True))
    run = PlanRunRow(
        organisation_id=organisation.id,
        at=now,
        since=span[0],
        until=span[1],
        seed=seed,
        inputs_digest=keep_text(session, "organisation", inputs),
        rulebook_digest=rulebook.digest,
        packs=[keep_text(session, "pack", rulebook.texts[pack.id]) for pack in rulebook.packs],
        software=version("xunjian"),
        result={},
    )
    session.add(run)
    session.flush()
    return run


def same_inputs(session: Session, run: PlanRunRow) -> bool:
    """
    Tell whether the run before *run* had the same inputs and was made by the same software.

    Duties follow from these alone, so they need not be derived again.
    """
    before = run_before(session, run)
    return before is not None and _inputs(before) == _inputs(run)


def run_before(session: Session, run: PlanRunRow) -> PlanRunRow | None:
    """Return the run of the same organisation before *run*."""
    query = select(PlanRunRow).filter_by(organisation_id=run.organisation_id)
    earlier = query.where(PlanRunRow.id < run.id).order_by(PlanRunRow.id.desc()).limit(1)
    return session.scalars(earlier).one_or_none()


def _inputs(run: PlanRunRow) -> tuple[Any, ...]:
    digests = (run.inputs_digest, run.rulebook_digest, tuple(run.packs))
    return (*digests, run.since, run.until, run.seed, run.software)


def kept_text(session: Session, digest: str) -> str:
    """Return the text kept under *digest*."""
    return session.get_one(KeptTextRow, digest).text


def kept_packs(session: Session, prefix: str) -> tuple[tuple[str, str], ...]:
    """Return hash and text of every kept pack of which the hash begins with *prefix*."""
    query = select(KeptTextRow.digest, KeptTextRow.text)
    wanted = query.where(
        KeptTextRow.kind.in_(("pack", "pack-text")),
        KeptTextRow.digest.startswith(prefix, autoescape=True),
    )
    return tuple((row.digest, row.text) for row in session.execute(wanted))


def finish_run(run: PlanRunRow, figures: Mapping[str, Any]) -> None:
    """Write the figures of the result."""
    run.result = dict(figures)


def keep_text(session: Session, kind: str, text: str) -> str:
    """Keep *text* under its hash, once; return the hash."""
    digest = sha256(text.encode()).hexdigest()
    if session.get(KeptTextRow, digest) is None:
        session.add(KeptTextRow(digest=digest, kind=kind, text=text))
        session.flush()
    return digest
