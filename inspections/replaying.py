"""Derive a past plan run again from what is stored, and compare it with what it came to."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.draw_secret import draw_seed
from inspections.errors import NotFound, Refused
from inspections.expanding import DutyExpander
from inspections.kept_inputs import kept_text
from inspections.models import PlanRunRow
from inspections.plan_outcome import OutcomeDuty, outcome
from inspections.planned_duties import binding_days
from inspections.stored_duty import StoredDuty
from rules.horizon import Held, held_over
from rules.loader import pack_of
from rules.organisation.model import Organisation
from rules.pack import DATED_KINDS
from rules.rulebook import RuleBook
from rules.text import Text

_RUN = Text(zh="排程", en="plan run")


class NotReplayable(Refused):
    """The run is older than the keeping of what a replay needs."""

    code = "not-replayable"

    def __init__(self, run: int) -> None:
        super().__init__(
            Text(
                zh=f"排程 {run} 没有保存重演所需的资料。请重演较新的排程。",
                en=f"Plan run {run} did not keep what a replay needs. Please replay a later one.",
            )
        )


@dataclass(frozen=True)
class RuleReplayed:
    """A rule that came out otherwise; counts of duties, questions and occurrences, or nothing."""

    rule: str
    then: dict[str, Any] | None
    now: dict[str, Any] | None


@dataclass(frozen=True)
class Replayed:
    """
    What a replay came to.

    Attributes:
        software: Version that planned then; `software_now` is this one.
        differences: Rules that come out otherwise; none where the run is identical.
    """

    run: int
    organisation: str
    at: datetime
    since: date
    until: date
    software: str
    software_now: str
    duties: int
    occurrences: int
    differences: tuple[RuleReplayed, ...]

    @property
    def identical(self) -> bool:
        """Whether duties and every window of every occurrence are those of then."""
        return not self.differences


def replay(session: Session, run_id: int) -> Replayed:
    """
    Derive the duties and occurrences of a run again from the texts that it kept.

    Who was assigned is not solved again: that hangs on the people's work of the day.

    Raises:
        NotFound: If there is no such run.
        NotReplayable: If it is older than the keeping of its outcome.
        InputInvalid: If this version of the software cannot read a pack of then.
    """
    run = session.get(PlanRunRow, run_id)
    if run is None:
        raise NotFound(_RUN, run_id)
    kept = run.result.get("outcome")
    if kept is None or run.performed_digest is None:
        raise NotReplayable(run_id)
    then = json.loads(kept_text(session, kept))
    found = _outcome(session, run)
    return Replayed(
        run=run.id,
        organisation=run.organisation_id,
        at=run.at,
        since=run.since,
        until=run.until,
        software=run.software,
        software_now=version("xunjian"),
        duties=sum(each["duties"] for each in found.values()),
        occurrences=sum(each["occurrences"] for each in found.values()),
        differences=tuple(
            RuleReplayed(rule, then.get(rule), found.get(rule))
            for rule in sorted({*then, *found})
            if then.get(rule) != found.get(rule)
        ),
    )


def runs(
    session: Session, organisation_id: str | None = None, *, most: int = 20
) -> tuple[int, ...]:
    """Return the ids of the latest runs, of one organisation or of all, the latest first."""
    query = select(PlanRunRow.id).order_by(PlanRunRow.id.desc()).limit(most)
    if organisation_id is not None:
        query = query.filter_by(organisation_id=organisation_id)
    return tuple(session.scalars(query))


def _outcome(session: Session, run: PlanRunRow) -> dict[str, dict[str, Any]]:
    text = kept_text(session, run.inputs_digest)
    organisation = Organisation.model_validate_json(text)
    book = _rulebook(session, run)
    seed = draw_seed(session, organisation.id, run.seed, at=run.at)
    expander = DutyExpander(organisation, run.since, run.until, seed)
    days = json.loads(kept_text(session, run.performed_digest or ""))
    return outcome(_duties(book, expander, days), expander)


def _rulebook(session: Session, run: PlanRunRow) -> RuleBook:
    texts = [kept_text(session, digest) for digest in run.packs]
    packs = [pack_of(text, f"pack-{number}") for number, text in enumerate(texts, start=1)]
    by_id = {pack.id: text for pack, text in zip(packs, texts, strict=True)}
    return RuleBook(tuple(packs), by_id, frozenset(by_id))


def _duties(
    book: RuleBook, expander: DutyExpander, days: dict[str, dict[str, str]]
) -> Iterator[OutcomeDuty]:
    organisation, since, until = expander.organisation, expander.since, expander.until
    sites = {site.id: expander.site(site) for site in organisation.sites}
    for held in held_over(book, organisation, since=since, until=until).values():
        rule = book.rule(held.binding.rule)
        dated = rule.kind in DATED_KINDS and any(each.cadence for each in rule.versions)
        name = f"{rule.id}|{held.binding.target}"
        done = days["performed"].get(name)
        yield OutcomeDuty(
            _duty(held, days["started"].get(name), until),
            rule if dated else None,
            sites[held.binding.site],
            date.fromisoformat(done) if done else None,
        )


def _duty(held: Held, started: str | None, until: date) -> StoredDuty:
    binding = held.binding
    return StoredDuty(
        id=0,
        site_id=0,
        rule=binding.rule,
        target_kind=binding.target_kind,
        target=binding.target.rsplit("/", 1)[-1],
        status=binding.status,
        valid_from=date.fromisoformat(started) if started else held.since,
        valid_until=None,
        days=binding_days(held, until),
        digest=None,
    )
