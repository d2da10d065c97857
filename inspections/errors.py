"""Refusals: what a use case says when the record does not allow what was asked."""

from collections.abc import Iterable, Mapping
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
            Text(zh=f"打不开记录：{reason}。", en=f"The record cannot be opened: {reason}.")
        )


class RecordIsNewer(RecordUnusable):
    """A later version of the program brought the record up to date already."""

    code = "record-is-newer"

    def __init__(self) -> None:
        Refused.__init__(
            self,
            Text(
                zh="打不开记录：记录已由更新版本的巡检升级。请使用新版本，或恢复升级前的备份。",
                en="The record cannot be opened: a newer version of Xunjian has upgraded it. "
                "Please use that version, or restore a backup from before.",
            ),
        )


class RecordBusy(Refused):
    """Somebody writes to the record for longer than others wait: a large plan, for example."""

    code = "record-busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="另一项较大的写入（如排程）正在进行，本次没有保存。请一分钟后再试一次。",
                en="Something large, such as a plan, is being written, so nothing was saved this "
                "time. Please try again in a minute.",
            )
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


class FormUsedAlready(Refused):
    """A form that kept one thing already is sent with another, as after going back to it."""

    code = "form-used-already"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这张表单先前提交的内容已保存，本次填写的内容尚未保存。请核对后再次提交。",
                en="What this form said before is kept; what it says now is not kept yet. "
                "Please check it and send it again.",
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


class ProofMissing(Refused):
    """The rule asks for evidence, and the step came without a photo."""

    code = "proof-missing"

    def __init__(self, asked: Iterable[Mapping[str, str]]) -> None:
        named = list(asked)
        zh, en = "、".join(one["zh"] for one in named), ", ".join(one["en"] for one in named)
        super().__init__(
            Text(
                zh=f"规则要求佐证（{zh}）。请至少附一张照片再提交。",
                en=f"The rule asks for evidence ({en}). Please attach at least one photo.",
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


class TooEarly(Refused):
    """A task was done before it may be; the instant is given on the site's clock."""

    code = "too-early"

    def __init__(self, task: Text, not_before: datetime) -> None:
        moment = not_before.strftime("%Y-%m-%d %H:%M")
        super().__init__(
            Text(
                zh=f"“{task.zh}”最早可在 {moment}（当地时间）完成。请到时再办。",
                en=f"“{task.en}” may be done from {moment} local time on. Please come back then.",
            )
        )


class NotQualified(Refused):
    """A task asks for a certificate that the person does not hold today."""

    code = "not-qualified"

    def __init__(self, person: Text, task: Text, certificate: Text) -> None:
        super().__init__(
            Text(
                zh=f"“{person.zh}”没有有效的{certificate.zh}，不能完成“{task.zh}”。请由持证人完成。",
                en=f"{person.en} holds no valid {certificate.en}, which “{task.en}” asks for. "
                "Please ask somebody who does.",
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
