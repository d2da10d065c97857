"""Edit an organisation: who may, what would change in the plan, and saving what was shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from inspections.edit_records import note_edits
from inspections.edits import Edit, changed
from inspections.errors import NotFound, Refused
from inspections.importing import load_from_record
from inspections.models import OccurrenceRow, PlanRunRow, SiteRow
from inspections.plan_diff import Horizon, PlanDiff, apply_change, preview
from inspections.planning import PlanResult
from rules.organisation.model import Organisation
from rules.rulebook import RuleBook
from rules.text import Text

EDITING_ROLES = frozenset({"administrator", "safety-officer"})
FOUR_WEEKS = timedelta(days=27)
_SITE = Text(zh="场所", en="site")
_PERSON = Text(zh="人员", en="person")


class NotAllowed(Refused):
    """The role does not edit facts."""

    code = "not-allowed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有管理员和安全管理员可以修改资料。请联系他们。",
                en="Only administrators and safety officers change these entries. Please ask one.",
            )
        )


class Outdated(Refused):
    """Somebody changed the organisation since the preview was made."""

    code = "outdated-preview"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="预览之后资料已被他人修改，没有保存。请看新的预览后再应用。",
                en="Somebody changed the entries after this preview; nothing was saved. "
                "Please look at the new preview, then apply it.",
            )
        )


@dataclass(frozen=True)
class Editor:
    """
    Who edits.

    Attributes:
        by: Key of the person or name of the account.
        sites: Keys of the sites in scope; empty means all of the organisation.
    """

    organisation: str
    by: str
    role: str
    sites: tuple[str, ...] = ()

    def sees(self, site: str) -> bool:
        """Tell whether the site is in scope."""
        return not self.sites or site in self.sites


@dataclass(frozen=True)
class Proposal:
    """
    What edits would change.

    Attributes:
        present: The organisation as it stands.
        organisation: As it would stand.
        before: Digest of the organisation they were made on.
        uncovered_before: Occurrences of the horizon that nobody can do now.
    """

    present: Organisation
    organisation: Organisation
    before: str
    diff: PlanDiff
    horizon: Horizon
    uncovered_before: int


def propose(
    session: Session,
    rulebook: RuleBook,
    edits: Sequence[Edit],
    *,
    editor: Editor,
    now: datetime,
) -> Proposal:
    """
    Return what the plan would become with *edits*; nothing is saved.

    Raises:
        NotAllowed: If the role does not edit.
        NotFound: If an edit names something that is not there, or is out of scope.
        InputInvalid: If the result would not be sound.
    """
    present = load_from_record(session, editor.organisation)
    edited = try_edits(present, edits, editor=editor)
    horizon = planned_horizon(session, present, now=now)
    uncovered = uncovered_now(session, present, horizon, now=now)
    diff = preview(session, rulebook, edited, horizon=horizon, now=now)
    return Proposal(present, edited, digest_of(present), diff, horizon, uncovered)


def carry_out(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    rulebook: RuleBook,
    edits: Sequence[Edit],
    *,
    editor: Editor,
    before: str,
    now: datetime,
) -> PlanResult:
    """
    Save *edits* and plan anew; what changed is written down with before and after.

    Raises:
        Outdated: If the organisation is not the one that the preview was made on.
    """
    present = load_from_record(session, editor.organisation)
    if digest_of(present) != before:
        raise Outdated
    edited = try_edits(present, edits, editor=editor)
    horizon = planned_horizon(session, present, now=now)
    result = apply_change(session, rulebook, edited, horizon=horizon, now=now, by=editor.by)
    note_edits(session, present, edited, by=editor.by, now=now)
    return result


def try_edits(present: Organisation, edits: Sequence[Edit], *, editor: Editor) -> Organisation:
    """
    Return *present* with *edits*, checked as a whole and against role and scope.

    Raises:
        NotAllowed: If the role does not edit.
        NotFound: If an edit names something that is not there, or is out of scope.
        InputInvalid: If the result would not be sound.
    """
    may_edit(editor)
    for edit in edits:
        _check_scope(present, edit, editor)
    return changed(present, *edits)


def may_edit(editor: Editor) -> None:
    """
    Do nothing where the role edits.

    Raises:
        NotAllowed: If it does not.
    """
    if editor.role not in EDITING_ROLES:
        raise NotAllowed


def digest_of(organisation: Organisation) -> str:
    """Return the SHA-256 of everything that an edit may change."""
    return sha256(organisation.model_dump_json().encode()).hexdigest()


def planned_horizon(session: Session, organisation: Organisation, *, now: datetime) -> Horizon:
    """Return the days from today to the last planned one, at least four weeks."""
    today = now.astimezone(ZoneInfo(organisation.time_zone)).date()
    query = select(func.max(PlanRunRow.until)).filter_by(organisation_id=organisation.id)
    planned: date | None = session.scalar(query)
    until = today + FOUR_WEEKS
    return Horizon(today, max(until, planned) if planned else until, seconds=3.0)


def uncovered_now(
    session: Session, organisation: Organisation, horizon: Horizon, *, now: datetime
) -> int:
    """Return how many open occurrences of the horizon nobody can do."""
    zone = ZoneInfo(organisation.time_zone)
    end = datetime.combine(horizon.until + timedelta(days=1), datetime.min.time(), zone)
    mine = select(SiteRow.id).filter_by(organisation_id=organisation.id)
    query = (
        select(func.count(OccurrenceRow.id))
        .where(OccurrenceRow.site_id.in_(mine), OccurrenceRow.uncovered_code.is_not(None))
        .where(OccurrenceRow.closes_at >= now, OccurrenceRow.due_at < end)
        .where(OccurrenceRow.state == "scheduled")
    )
    return session.scalar(query) or 0


def _check_scope(present: Organisation, edit: Any, editor: Editor) -> None:
    if editor.sites and getattr(edit, "binds_every_site", False):
        raise NotAllowed
    for site in _sites_of(edit):
        if not editor.sees(site):
            raise NotFound(_SITE, site)
    person = _person_of(edit)
    old = next((each for each in present.people if each.id == person), None)
    if old is not None and not any(map(editor.sees, old.sites)):
        raise NotFound(_PERSON, person)
    kept = old.sites if old else ()
    for site in getattr(getattr(edit, "person", None), "sites", ()):
        if site not in kept and not editor.sees(site):
            raise NotFound(_SITE, site)


def _sites_of(edit: Any) -> Iterable[str]:
    """Yield the sites that an edit names itself; a person's own ones may be kept."""
    yield from getattr(edit, "sites", ())
    for holder in (edit, getattr(edit, "decision", None), getattr(edit, "event", None)):
        site = getattr(holder, "site", None)
        if isinstance(site, str):
            yield site


def _person_of(edit: Any) -> str | None:
    person = getattr(edit, "person", None)
    return person if isinstance(person, str) else getattr(person, "id", None)
