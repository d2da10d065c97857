"""What becomes of an item besides being applied: it waits, or another version stands in its way."""

from inspections.errors import Refused
from rules.text import Text


class Waits(Exception):
    """
    What the item hangs on is not here yet.

    Attributes:
        key: For example `photo/…`, `inspection/…`, `item/…`.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Differs(Exception):
    """
    The record holds something else in its place already.

    Attributes:
        against: Number of the item that was applied; nothing where the plain form did it.
    """

    def __init__(self, against: int | None) -> None:
        super().__init__(against)
        self.against = against


class StartOver(Exception):
    """An item of a part could not be applied: the part is taken in again, each item by itself."""


class Unreadable(Refused):
    """The item says nothing that can be recorded."""

    code = "unreadable"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该条内容不完整或格式不符，未能记入。原文已保存，请联系安全负责人。",
                en="This item is incomplete or not in the expected form and was not recorded. "
                "Its text is kept; please tell your safety officer.",
            )
        )


class Damaged(Refused):
    """What arrived is not what was sent."""

    code = "damaged"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="传输中内容受损，未保存。设备会重新发送。",
                en="It was damaged on the way and not kept. The device sends it again.",
            )
        )


class OtherAccount(Refused):
    """The item was written by somebody else than who is signed in."""

    code = "other-account"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="该条由另一账号记录，未接收。请该账号登录后再同步。",
                en="Another account recorded this; it was not taken. It is sent when that account "
                "signs in.",
            )
        )


class Unexpected(Refused):
    """Something broke while the item was applied; its text is kept."""

    code = "unexpected"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="服务器处理时出错，未能记入。原文已保存，安全负责人可以重试。",
                en="The server failed to record this. Its text is kept, and a safety officer can "
                "try it again.",
            )
        )


class Busy(Refused):
    """Others kept the record busy; nothing of this was kept yet."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="服务器繁忙，稍后自动重试。",
                en="The server is busy; it is tried again in a moment.",
            )
        )
