"""The steps that drills of a scenario go through: as proposed, or as planners wrote them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.audit import note_change
from inspections.drills.planners import may_plan
from inspections.drills.script_step import Phase, Step
from inspections.drills.script_steps import steps_of
from inspections.editing import Editor
from inspections.errors import NotFound, Refused
from inspections.models import DrillScriptRow
from rules.faults import Fault, InputInvalid
from rules.text import Text

PHASES: tuple[Phase, ...] = ("before", "during", "after")
MOST_STEPS = 60
MOST_LETTERS = 500


class ScriptChanged(Refused):
    """Somebody saved the script since it was looked at."""

    code = "drill-script-changed"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="脚本已被他人修改，没有保存。请看新的脚本后再改。",
                en="Somebody changed the script meanwhile; nothing was saved. Please look at it "
                "again.",
            )
        )


class ScriptOfAll(Refused):
    """Scripts count at all sites; who plans for some of them does not write them."""

    code = "drill-script-of-all"

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="脚本用于本单位所有场所，只有负责全部场所的计划人员可以修改。请联系他们。",
                en="Scripts are used at all sites; only planners of all sites change them. "
                "Please ask one.",
            )
        )


@dataclass(frozen=True)
class ScriptVersion:
    """
    One version that was saved.

    Attributes:
        number: From 1.
        restores: The version that it put back, 0 for the proposed steps; nothing for an edit.
    """

    number: int
    steps: tuple[Step, ...]
    restores: int | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Script:
    """
    The script of a scenario as it counts now.

    Attributes:
        versions: What was saved, the newest first; empty where the proposed steps count.
    """

    scenario: Text | None
    steps: tuple[Step, ...]
    versions: tuple[ScriptVersion, ...]

    @property
    def number(self) -> int:
        """Number of the version that counts; 0 for the proposed steps."""
        return self.versions[0].number if self.versions else 0


def script_in_force(session: Session, organisation_id: str, scenario: Text | None) -> Script:
    """Return the script of a scenario; nothing as *scenario* means drills without one."""
    query = (
        select(DrillScriptRow)
        .filter_by(organisation_id=organisation_id, scenario=_key(scenario))
        .order_by(DrillScriptRow.number.desc())
    )
    versions = tuple(_version(row, scenario) for row in session.scalars(query))
    steps = versions[0].steps if versions else steps_of(scenario)
    return Script(scenario, steps, versions)


def save_script(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    scenario: Text | None,
    steps: Sequence[Step],
    *,
    seen: int,
    by: Editor,
    now: datetime,
) -> Script:
    """
    Save the steps as a new version; equal ones save nothing. *seen* is the version looked at.

    Raises:
        InputInvalid: With every fault of the steps; its field is the phase.
        ScriptChanged: If another version counts by now.
        ScriptOfAll: If *by* plans for some sites only.
        NotPlanner: If the role does not plan drills.
    """
    present = _open(session, scenario, seen, by)
    faults = list(_faults(steps))
    if faults:
        raise InputInvalid(faults)
    if tuple(steps) == present.steps:
        return present
    data = [_as_data(one) for one in steps]
    return _append(session, present, data, restores=None, by=by, now=now)


def restore_script(  # noqa: PLR0913 (all but the first three are named at the call)
    session: Session,
    scenario: Text | None,
    number: int,
    *,
    seen: int,
    by: Editor,
    now: datetime,
) -> Script:
    """
    Let an earlier version count again, 0 for the proposed steps; this is a new version itself.

    Raises:
        NotFound: If there is no such version.
        ScriptChanged: If another version counts by now.
        ScriptOfAll: If *by* plans for some sites only.
        NotPlanner: If the role does not plan drills.
    """
    present = _open(session, scenario, seen, by)
    steps = {one.number: one.steps for one in present.versions} | {0: steps_of(scenario)}
    if number not in steps:
        raise NotFound(Text(zh="脚本版本", en="version of the script"), number)
    data = [_as_data(one) for one in steps[number]] if number else None
    return _append(session, present, data, restores=number, by=by, now=now)


def _open(session: Session, scenario: Text | None, seen: int, by: Editor) -> Script:
    may_plan(by)
    if by.sites:
        raise ScriptOfAll
    present = script_in_force(session, by.organisation, scenario)
    if present.number != seen:
        raise ScriptChanged
    return present


def _append(  # noqa: PLR0913 (the parts of a version)
    session: Session,
    present: Script,
    steps: list[dict[str, Any]] | None,
    *,
    restores: int | None,
    by: Editor,
    now: datetime,
) -> Script:
    # Two at once meet at the unique number: the later one fails whole.
    session.add(
        DrillScriptRow(
            organisation_id=by.organisation,
            scenario=_key(present.scenario),
            number=present.number + 1,
            steps=steps,
            restores=restores,
            by=by.by,
            at=now,
        )
    )
    session.flush()
    found = script_in_force(session, by.organisation, present.scenario)
    note_change(
        session,
        organisation=by.organisation,
        by=by.by,
        action="drill.script-saved" if restores is None else "drill.script-restored",
        subject=f"drills/{_key(present.scenario)}",
        before=_told(present.steps),
        after=_told(found.steps),
        now=now,
    )
    return found


def _faults(steps: Sequence[Step]) -> Iterator[Fault]:
    for phase in PHASES:
        mine = [one for one in steps if one.phase == phase]
        if len(mine) > MOST_STEPS:
            yield _fault(phase, f"最多 {MOST_STEPS} 步。", f"At most {MOST_STEPS} steps.")
        if phase == "during" and not mine:
            yield _fault(phase, "演练过程至少一步。", "The drill itself has one step at least.")
        if any(len(text.zh) > MOST_LETTERS for one in mine for text in (one.who, one.what)):
            yield _fault(
                phase, f"每步最多 {MOST_LETTERS} 字。", f"At most {MOST_LETTERS} characters a step."
            )


def _fault(phase: Phase, zh: str, en: str) -> Fault:
    remedy = Text(zh="请改正。", en="Please correct it.")
    return Fault("script", 0, phase, Text(zh=zh, en=en), remedy)


def _version(row: DrillScriptRow, scenario: Text | None) -> ScriptVersion:
    stored = row.steps
    steps = steps_of(scenario) if stored is None else tuple(_step(one) for one in stored)
    return ScriptVersion(row.number, steps, row.restores, row.by, row.at)


def _step(data: Mapping[str, Any]) -> Step:
    return Step(data["phase"], Text(**data["who"]), Text(**data["what"]))


def _as_data(step: Step) -> dict[str, Any]:
    who, what = step.who.model_dump(), step.what.model_dump()
    return {"phase": step.phase, "who": who, "what": what}


def _told(steps: Sequence[Step]) -> dict[str, str]:
    lines = (f"{one.who.zh}：{one.what.zh}" for one in steps)
    return {"steps": "\n".join(lines)}


def _key(scenario: Text | None) -> str:
    return scenario.zh if scenario is not None else ""
