"""Who plans drills, and who may know of unannounced ones before they start."""

from datetime import datetime

from inspections.editing import EDITING_ROLES, Editor
from inspections.errors import Refused
from inspections.models import DrillRow
from rules.text import Text


class NotPlanner(Refused):
    """The role does not plan drills."""

    code = "not-planner"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="只有管理员和安全管理员可以安排演练。请联系他们。",
                en="Only administrators and safety officers plan drills. Please ask one.",
            )
        )


class YearChanged(Refused):
    """Somebody changed the programme since it was looked at."""

    code = "drill-year-changed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="演练计划已被他人修改，没有保存。请看新的计划后再操作。",
                en="Somebody changed the programme meanwhile; nothing was saved. "
                "Please look at it again.",
            )
        )


class DrillBegun(Refused):
    """A drill that has begun, was held or cancelled is not moved any more."""

    code = "drill-begun"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="演练已开始、已结束或已取消，不能再改。",
                en="The drill has begun, is over or was cancelled, and does not change any more.",
            )
        )


def is_planner(by: Editor) -> bool:
    """Tell whether *by* plans drills."""
    return by.role in EDITING_ROLES


def may_plan(by: Editor) -> None:
    """
    Do nothing where *by* plans drills.

    Raises:
        NotPlanner: If the role does not.
    """
    if not is_planner(by):
        raise NotPlanner


def is_seen(drill: DrillRow, by: Editor, *, now: datetime) -> bool:
    """
    Tell whether *by* may know of the drill.

    What is only proposed is a planner's matter; an unannounced one is until it starts, and for
    ever where it was cancelled before.
    """
    if is_planner(by):
        return True
    if drill.state == "proposed":
        return False
    return not drill.hidden or (drill.state == "scheduled" and drill.starts_at <= now)
