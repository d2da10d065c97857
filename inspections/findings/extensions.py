"""More time: the owner asks for it, another person in charge grants or refuses it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from inspections.editing import Editor
from inspections.errors import Refused
from inspections.findings.clock import Asked
from inspections.findings.log import Step, add_step, clock, refuse_closed
from inspections.findings.scope import finding_in_scope
from inspections.lookup import work_calendar
from inspections.models import FindingRow, SiteRow
from rules.text import Text
from scheduler.deadlines import end_of_working

# Who may grant or refuse; never what they asked for themselves, nor what they own.
DECIDING_ROLES = frozenset({"administrator", "safety-officer", "responsible-person"})
# Who may ask where somebody else is the owner, or nobody is named.
ASKING_ROLES = DECIDING_ROLES | {"team-lead"}


class NotYours(Refused):
    """Who asks for more time neither owns the finding nor is in charge."""

    code = "not-the-owner"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有该问题的责任人或其主管可以申请延期。请联系责任人。",
                en="Only the owner of the finding, or somebody in charge, asks for more time. "
                "Please ask the owner.",
            )
        )


class NotDecider(Refused):
    """The role does not decide about more time."""

    code = "extension-not-decider"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="延期由管理员、安全管理员或负责人审批。请联系他们。",
                en="Administrators, safety officers and responsible persons decide about more "
                "time. Please ask one of them.",
            )
        )


class OwnRequest(Refused):
    """Who asked for more time, or owns the finding, may not decide about it."""

    code = "extension-own-request"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="申请人和责任人不能审批自己的延期。请由另一位审批人处理。",
                en="Who asked and who owns the finding may not decide about the extension. "
                "Please ask another person in charge.",
            )
        )


class NothingAsked(Refused):
    """Nobody waits for an answer."""

    code = "extension-not-asked"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="没有待审批的延期申请，可能已由他人处理。请刷新页面。",
                en="No request for more time waits; somebody may have answered it. "
                "Please reload the page.",
            )
        )


class AskedAlready(Refused):
    """A request waits for its answer."""

    code = "extension-asked-already"

    def __init__(self, until: date) -> None:
        super().__init__(
            Text(
                zh=f"已有一份延期申请（至 {until.isoformat()}）待审批。请等待审批，或先撤回。",
                en=f"A request for more time until {until.isoformat()} waits for an answer. "
                "Please wait for it, or take it back first.",
            )
        )


class NotLater(Refused):
    """The day asked for gives no more time."""

    code = "extension-not-later"

    def __init__(self, due: date) -> None:
        super().__init__(
            Text(
                zh=f"新的期限须晚于现在，也须晚于现期限 {due.isoformat()}。请另选日期。",
                en=f"The new deadline must be later than now and than the present one, "
                f"{due.isoformat()}. Please choose another day.",
            )
        )


def ask_for_time(  # noqa: PLR0913 (all but the first two are named at the call)
    session: Session, finding_id: int, *, until: date, note: str, editor: Editor, now: datetime
) -> Asked:
    """
    Ask for more time, through the site's hours on the day *until*; the deadline stays as it is.

    Raises:
        NotFound: If the finding is not there, or out of scope.
        NotYours: If the editor neither owns it nor is in charge.
        AskedAlready: If a request waits.
        NotLater: If the day gives no more time.
        WrongState: If it is closed.
    """
    row = finding_in_scope(session, finding_id, editor)
    refuse_closed(row, "extension-asked")
    if editor.by != row.owner and editor.role not in ASKING_ROLES:
        raise NotYours
    calendar = work_calendar(session, session.get_one(SiteRow, row.site_id))
    found = clock(session, finding_id)
    if found.asked is not None:
        raise AskedAlready(found.asked.until.astimezone(calendar.zone).date())
    due_at = end_of_working(until, calendar)
    if due_at <= max(now, found.due_at):
        raise NotLater(found.due_at.astimezone(calendar.zone).date())
    data = {"until": due_at.isoformat(), "due_at": found.due_at.isoformat()}
    add_step(session, row, Step("extension-asked", editor.by, now, note, data))
    return Asked(editor.by, now, due_at, note)


def grant_time(
    session: Session, finding_id: int, *, note: str, editor: Editor, now: datetime
) -> datetime:
    """
    Grant what was asked for and return the new deadline; the first one stays and still counts.

    Raises:
        NotFound: If the finding is not there, or out of scope.
        NotDecider: If the role does not decide.
        OwnRequest: If the editor asked for it or owns the finding.
        NothingAsked: If no request waits.
        WrongState: If it is closed.
    """
    row, asked = _to_decide(session, finding_id, editor, "extended")
    data = {"from": row.due_at.isoformat(), "to": asked.until.isoformat(), "asked_by": asked.by}
    add_step(session, row, Step("extended", editor.by, now, note, data))
    return asked.until


def refuse_time(
    session: Session, finding_id: int, *, note: str, editor: Editor, now: datetime
) -> None:
    """
    Refuse what was asked for, with the reason; the deadline stays as it is.

    Raises:
        NotFound: If the finding is not there, or out of scope.
        NotDecider: If the role does not decide.
        OwnRequest: If the editor asked for it or owns the finding.
        NothingAsked: If no request waits.
        WrongState: If it is closed.
    """
    row, asked = _to_decide(session, finding_id, editor, "extension-refused")
    data = {"until": asked.until.isoformat(), "asked_by": asked.by}
    add_step(session, row, Step("extension-refused", editor.by, now, note, data))


def take_back_request(session: Session, finding_id: int, *, editor: Editor, now: datetime) -> None:
    """
    Take back what oneself asked for and nobody has answered.

    Raises:
        NotFound: If the finding is not there, or out of scope.
        NotYours: If another person asked.
        NothingAsked: If no request waits.
    """
    row = finding_in_scope(session, finding_id, editor)
    asked = clock(session, finding_id).asked
    if asked is None:
        raise NothingAsked
    if asked.by != editor.by:
        raise NotYours
    data = {"until": asked.until.isoformat()}
    add_step(session, row, Step("extension-withdrawn", editor.by, now, data=data))


def refuse_decider(row: FindingRow, asked: Asked, editor: Editor) -> None:
    """
    Make sure that the editor may answer the request.

    Raises:
        NotDecider: If the role does not decide.
        OwnRequest: If the editor asked for it or owns the finding.
    """
    if editor.role not in DECIDING_ROLES:
        raise NotDecider
    if editor.by in {asked.by, row.owner}:
        raise OwnRequest


def _to_decide(
    session: Session, finding_id: int, editor: Editor, kind: str
) -> tuple[FindingRow, Asked]:
    row = finding_in_scope(session, finding_id, editor)
    refuse_closed(row, kind)
    asked = clock(session, finding_id).asked
    if asked is None:
        raise NothingAsked
    refuse_decider(row, asked, editor)
    return row, asked
