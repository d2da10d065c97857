"""What the week board refuses, and who plans on it."""

from inspections.editing import EDITING_ROLES, Editor
from inspections.errors import Refused
from rules.text import Text

PLANNING_ROLES = EDITING_ROLES | {"team-lead"}


class NotPlanner(Refused):
    """The role does not send people on rounds."""

    code = "not-planner"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有管理员、安全管理员和班组长可以改派工。请联系他们。",
                en="Only administrators, safety officers and team leads plan rounds. "
                "Please ask one.",
            )
        )


class BreaksRules(Refused):
    """A step would break hard rules; `reasons` says which."""

    code = "board-breaks-rules"

    def __init__(self, reasons: tuple[Text, ...]) -> None:
        self.reasons = reasons
        zh = "；".join(one.zh for one in reasons)
        en = "; ".join(one.en for one in reasons)
        super().__init__(
            Text(
                zh=f"这样会违反硬性规则，没有保存：{zh}。请另选人员或日期。",
                en=f"This would break hard rules, so nothing was saved: {en}. "
                "Please choose somebody else or another day.",
            )
        )


class BoardOutdated(Refused):
    """The plan changed since the preview was made."""

    code = "board-outdated"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="预览之后派工已有变化，没有保存。请看新的预览后再应用。",
                en="The plan changed after this preview; nothing was saved. "
                "Please look at the new preview, then apply it.",
            )
        )


class BoardNotUndoable(Refused):
    """A step cannot be taken back, or not any more."""

    code = "board-not-undoable"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这一步不能撤销：已撤销过，或已过 24 小时。",
                en="This step cannot be undone: it was undone already, or is older than 24 hours.",
            )
        )


class WeekOver(Refused):
    """A week that has passed was to be published."""

    code = "board-week-over"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这一周已经过去，不能发布。请打开本周或以后的周。",
                en="This week is over and cannot be published. Please open a later one.",
            )
        )


def may_plan(desk: Editor) -> None:
    """
    Do nothing where the role plans rounds.

    Raises:
        NotPlanner: If it does not.
    """
    if desk.role not in PLANNING_ROLES:
        raise NotPlanner
