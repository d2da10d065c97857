"""The year of drills: what was proposed and published, what was held, and what it showed."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from inspections.models.base import Row, serial
from rules.text import Text


class DrawSecretRow(Row):
    """
    What the random draws of an organisation hang on; never shown, exported or audited.

    Attributes:
        since: Plan runs before drew by their seed alone.
    """

    __tablename__ = "draw_secret"

    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    secret: Mapped[str]
    since: Mapped[datetime]


class DrillProgrammeRow(Row):
    """
    The drills of an organisation in a year.

    Attributes:
        settings: `inspections.drills.settings.DrillSettings` as data.
        missing: Drills wanted that have no day: `duty`, `period`, `reason`, `proved`.
        idle: Wardens who lead none, by site: keys of people.
        revision: Rises with every change, so that nobody changes what they have not seen.
        published_at: The last time; nothing before the first.
    """

    __tablename__ = "drill_programme"
    __table_args__ = (UniqueConstraint("organisation_id", "year"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    settings: Mapped[dict[str, Any]]
    missing: Mapped[list[dict[str, Any]]]
    idle: Mapped[dict[str, Any]]
    revision: Mapped[int]
    proposed_at: Mapped[datetime | None]
    proposed_by: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_by: Mapped[str | None]


class DrillRow(Row):
    """
    One rehearsal and everything that it serves.

    Attributes:
        site_id: Where it is held; others that take part follow from what it serves.
        kind: Drills of a kind on one day are one (`inspections.drills.kinds`).
        hidden: Only planners may know of it before `starts_at`.
        state: `proposed`, `scheduled` or `cancelled`; whether it was held says its report.
        pinned: Whether somebody settled its day.
        leader: Key of the warden who leads it.
        avoids: Why its day is less good than others, in both languages.
        moved_from: How it stood before the last move, so that this can be taken back.
        published_at: When it was published; nothing while it is proposed.
        note: Why it was cancelled.
    """

    __tablename__ = "drill"
    __table_args__ = (
        Index("ix_drill_programme_id_on", "programme_id", "on"),
        Index("ix_drill_site_id_on", "site_id", "on"),
    )

    id: Mapped[serial]
    programme_id: Mapped[int] = mapped_column(ForeignKey("drill_programme.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    kind: Mapped[str]
    on: Mapped[date]
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    hidden: Mapped[bool]
    state: Mapped[str]
    pinned: Mapped[bool]
    leader: Mapped[str | None]
    scenario: Mapped[Text | None]
    shift: Mapped[Text | None]
    building: Mapped[Text | None]
    avoids: Mapped[list[dict[str, Any]]]
    moved_from: Mapped[dict[str, Any] | None]
    published_at: Mapped[datetime | None]
    note: Mapped[str | None]


class DrillServesRow(Row):
    """
    A drill wanted by a duty in a period, which a drill serves.

    Occurrences exist for planned days only, so that it is named as they are: by duty and period.
    """

    __tablename__ = "drill_serves"
    __table_args__ = (
        UniqueConstraint("drill_id", "duty_id", "period"),
        Index("ix_drill_serves_duty_id_period", "duty_id", "period"),
    )

    id: Mapped[serial]
    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duty.id"))
    period: Mapped[str]


class DrillReportRow(Row):
    """
    What a drill came to; one for each drill.

    Attributes:
        expected: People who were to take part.
        present: People who did.
        seconds: From the signal until the last one was out, or until the matter was under control.
        absent: Keys of people who were to take part and did not.
        summary: What went on, in the words of who led it.
        inspection_id: The check on a tablet that it was made from, where it was.
    """

    __tablename__ = "drill_report"

    id: Mapped[serial]
    drill_id: Mapped[int] = mapped_column(ForeignKey("drill.id"), unique=True)
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime]
    expected: Mapped[int]
    present: Mapped[int]
    seconds: Mapped[int | None]
    absent: Mapped[list[str]]
    summary: Mapped[str | None]
    inspection_id: Mapped[str | None] = mapped_column(ForeignKey("inspection.id"))
    by: Mapped[str]
    at: Mapped[datetime]


class DrillShortcomingRow(Row):
    """
    Something a drill showed to be wanting; it asks for a change and stands in the next script.

    Attributes:
        number: Within its report, from 1.
        standard: What is to be changed: a plan, a standard or a checklist.
        dropped_at: When a corrected report no longer held it; it stays for the record.
    """

    __tablename__ = "drill_shortcoming"
    __table_args__ = (UniqueConstraint("report_id", "number"),)

    id: Mapped[serial]
    report_id: Mapped[int] = mapped_column(ForeignKey("drill_report.id"))
    number: Mapped[int]
    text: Mapped[str]
    standard: Mapped[str | None]
    dropped_at: Mapped[datetime | None]


class DrillScriptRow(Row):
    """
    A version of the steps that drills of a scenario go through; the newest counts.

    Attributes:
        scenario: Its text in Chinese, as rules name it; empty for drills without one.
        number: From 1 for each scenario.
        steps: `phase`, `who` and `what` of each; nothing where those proposed count again.
        restores: The version that was put back, 0 for the proposed steps; nothing for an edit.
    """

    __tablename__ = "drill_script"
    __table_args__ = (UniqueConstraint("organisation_id", "scenario", "number"),)

    id: Mapped[serial]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    scenario: Mapped[str]
    number: Mapped[int]
    steps: Mapped[list[dict[str, Any]] | None]
    restores: Mapped[int | None]
    by: Mapped[str]
    at: Mapped[datetime]
