"""Refusals: what a use case says when the record does not allow what was asked."""

from datetime import datetime

from rules.text import Text


class Refused(Exception):
    """
    Base of all refusals.

    Attributes:
        code: Stable name for programs and tests.
        text: What is wrong and what to do, for people.
    """

    code = "refused"

    def __init__(self, text: Text) -> None:
        super().__init__(f"{self.code}: {text.en}")
        self.text = text


class RecordUnusable(Refused):
    """The record cannot be opened: its address is wrong, or what stands there is no record."""

    code = "record-unusable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            Text(zh=f"打不开记录：{reason}", en=f"The record cannot be opened: {reason}")
        )


class NotFound(Refused):
    """What was named does not exist, or not any more."""

    code = "not-found"

    def __init__(self, kind: Text, key: object) -> None:
        super().__init__(
            Text(
                zh=f"没有找到{kind.zh}“{key}”。请从列表中重新选择。",
                en=f"There is no {kind.en} {key}. Please choose it again from the list.",
            )
        )


class WrongState(Refused):
    """The step does not follow from the state reached."""

    code = "wrong-state"

    def __init__(self, *, step: Text, state: Text) -> None:
        super().__init__(
            Text(
                zh=f"当前状态为“{state.zh}”，不能{step.zh}。请刷新页面查看最新状态。",
                en=f"The state is “{state.en}”: {step.en} is not possible now. "
                "Please reload the page to see the latest state.",
            )
        )


class SamePerson(Refused):
    """Two steps that need two people were taken by one."""

    code = "same-person"

    def __init__(self, person: Text) -> None:
        super().__init__(
            Text(
                zh=f"整改人“{person.zh}”不能复查自己的整改。请由另一人复查。",
                en=f"{person.en} put it right and may not confirm it. Please ask another person.",
            )
        )


class FinderRepeats(Refused):
    """A task that another person must do was taken by the one who found the fault."""

    code = "finder-repeats"

    def __init__(self, person: Text, task: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{person.zh}”作了初次检查，规则要求“{task.zh}”由另一人完成。请由他人完成。",
                en=f"{person.en} did the first check, and the rule asks for another person to do "
                f"“{task.en}”. Please ask another person.",
            )
        )


class MaintainerConfirms(Refused):
    """Who maintains a thing may not confirm that it is in order."""

    code = "maintainer-confirms"

    def __init__(self, person: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{person.zh}”负责维护，不能确认。请由维护人以外的人确认。",
                en=f"{person.en} maintains it and may not confirm it. "
                "Please ask someone who does not maintain it.",
            )
        )


class FollowUpOpen(Refused):
    """A finding cannot be confirmed while a task it started is open or failed."""

    code = "follow-up-open"

    def __init__(self, title: Text) -> None:
        super().__init__(
            Text(
                zh=f"任务“{title.zh}”尚未通过。请先完成该任务，再复查。",
                en=f"The task “{title.en}” has not passed. Please finish it, then confirm.",
            )
        )


class NotYetOpen(Refused):
    """An occurrence was started before its window; the instant is given on the site's clock."""

    code = "not-yet-open"

    def __init__(self, opens_at: datetime) -> None:
        moment = opens_at.strftime("%Y-%m-%d %H:%M")
        super().__init__(
            Text(
                zh=f"该项检查于 {moment}（当地时间）开始受理，现在不能开始。",
                en=f"This check opens at {moment} local time; it cannot be started now.",
            )
        )


class ExcludedPerson(Refused):
    """The rule says that this person may not do this check."""

    code = "excluded-person"

    def __init__(self, person: Text, role: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{person.zh}”是{role.zh}，规则不允许其执行此项检查。请由他人执行。",
                en=f"{person.en} is the {role.en}, and the rule does not allow that. "
                "Please ask another person.",
            )
        )


class TooLate(Refused):
    """A step was asked for after its last moment."""

    code = "too-late"


class RecordClosed(Refused):
    """A finished record does not change; a correction is a new record."""

    code = "record-closed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该检查记录已提交，不能更改。如需更正，请另作一条记录。",
                en="This record is submitted and does not change. Please make a new record "
                "to correct it.",
            )
        )


class WrongPassword(Refused):
    """Name and password do not belong together."""

    code = "wrong-password"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="用户名或密码不正确。请核对后重新输入。",
                en="Name or password is not right. Please check both and try again.",
            )
        )


class SignInBlocked(Refused):
    """
    Too many wrong passwords.

    Attributes:
        until: When the next attempt is taken.
    """

    code = "sign-in-blocked"

    def __init__(self, until: datetime, *, minutes: int) -> None:
        self.until = until
        super().__init__(
            Text(
                zh=f"密码连续输错，请在 {minutes} 分钟后再试，或联系管理员。",
                en=f"Too many wrong passwords. Please try again in {minutes} minutes, "
                "or ask your administrator.",
            )
        )
