"""
What a reaction starts: the consequences that a pack may name under `then`.

The `id` of a consequence says what it is about. Where several reactions to one event name the same
kind and id, they ask for the same thing, and the strictest of them is done once.
"""

from typing import Annotated, Literal

from pydantic import Field

from rules.checklist import Severity
from rules.durations import Duration
from rules.frozen import Frozen
from rules.text import Text

# Whom a task or finding falls to where no role is named: who maintains or keeps the thing, who did
# the check, or who supervises them.
RELATIONS: tuple[str, ...] = ("maintainer", "keeper", "doer", "supervisor")


class _Consequence(Frozen):
    """
    What every consequence has.

    Attributes:
        id: Unique within the version.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")


class OpenFinding(_Consequence):
    """
    Opens a finding, which is an event in turn.

    Attributes:
        title: What is wrong; the title of the rule if not given.
        deadline: For putting it right, counted from the event.
        owner: A role, or `maintainer`, `keeper`, `doer` or `supervisor`.
        major_hazard: Whether it is a major hazard in the sense of the law.
        gather: Whether every event opens a finding of its own, or those about the same thing at one
            target or site are noted in a single one for as long as that is open.
    """

    do: Literal["finding"]
    title: Text | None = None
    severity: Severity
    deadline: Duration | None = None
    owner: str | None = None
    major_hazard: bool = False
    gather: Literal["each", "target", "site"] = "each"


class StopUse(_Consequence):
    """
    Takes something out of use until the finding behind it is verified.

    Attributes:
        scope: The asset of the event, its place, or every kitchen of the site.
    """

    do: Literal["stop-use"]
    scope: Literal["asset", "place", "site-kitchen"]
    reason: Text


class StartTask(_Consequence):
    """
    Gives somebody a task.

    Attributes:
        within: How long after the event it is due.
        not_before: How long after the event it may be done at the earliest, included.
        owner: A role, or `maintainer`, `keeper`, `doer` or `supervisor`.
        on_duty: Whether it falls to whoever is on duty when it can be done.
        qualification: Certificate that whoever does it must hold.
        standard_change: Whether it is to change a standard, such as a plan or a checklist.
    """

    do: Literal["task"]
    title: Text
    within: Duration
    not_before: Duration | None = None
    owner: str | None = None
    on_duty: bool = False
    qualification: str | None = None
    standard_change: bool = False


class Escalate(_Consequence):
    """
    Tells the next one up that a finding is overdue.

    Attributes:
        rung: Place on the ladder, from 1.
    """

    do: Literal["escalate"]
    to: Literal["owner", "team-lead", "safety-officer", "responsible-person"]
    rung: int = Field(ge=1)


class Bar(_Consequence):
    """Keeps the person of the event off these roles on the day of the event."""

    do: Literal["bar"]
    roles: tuple[str, ...] = Field(min_length=1)
    reason: Text


class Charge(_Consequence):
    """Has a repair done by the house and says what the other side pays for."""

    do: Literal["charge"]
    labour: bool
    materials: bool
    reason: Text


class OpenChecklist(_Consequence):
    """
    Opens a checklist at the site of the event.

    Attributes:
        rule: Rule with an event cadence whose occurrence opens; or else `checklist` alone.
    """

    do: Literal["open-checklist"]
    rule: str | None = None
    checklist: str | None = None
    within: Duration


class RaiseStaffing(_Consequence):
    """
    Raises the fewest people on a kind of post for a time.

    Attributes:
        hours: How long from the event on.
    """

    do: Literal["staffing"]
    post_kind: str
    minimum: int = Field(ge=1)
    hours: Duration


class Notice(_Consequence):
    """
    Tells people something.

    Attributes:
        to: A role, or `maintainer`, `keeper`, `doer` or `supervisor`.
    """

    do: Literal["notice"]
    to: str
    text: Text


class Conclude(_Consequence):
    """Adds a fact to the event for further reactions; it fills an unknown fact only."""

    do: Literal["conclude"]
    fact: str
    value: bool | int | float | str


Do = Annotated[
    OpenFinding
    | StopUse
    | StartTask
    | Escalate
    | Bar
    | Charge
    | OpenChecklist
    | RaiseStaffing
    | Notice
    | Conclude,
    Field(discriminator="do"),
]
