"""One alert: what is short, late or unreported, where, and by which rule."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rules.text import Text

AlertCode = Literal[
    "short",
    "period-ending",
    "no-report",
    "default-due",
    "gate-closed",
    "stopped",
    "escalated",
]


@dataclass(frozen=True)
class Alert:
    """
    Something in the record that needs somebody's eye.

    Attributes:
        code: `short`: fewer done than the rule asks for in a period, and no time left for more;
            `period-ending`: the same with little time left; `no-report`: begun on an earlier day
            and never reported; `default-due`: a finding missed its deadline and the rule says
            what happens then; `gate-closed`: somebody holds a task without the check it needs;
            `stopped`: something may not be used until a finding is verified; `escalated`: an
            overdue finding was brought before somebody and is not closed.
        rule: Id of the rule.
        site: Key of the site.
        target: Name of what it is about.
        period: Period of the duty, the number of the finding, or the day.
        at: When it fell short or will; orders the alerts.
    """

    code: AlertCode
    text: Text
    rule: str
    site: str
    target: Text
    period: str
    at: datetime
