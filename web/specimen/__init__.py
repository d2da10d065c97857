"""The specimen sheet: every component once, so that the grammar of signs can be seen and tested."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from flask import Blueprint, Flask, render_template
from flask_babel import gettext as _

from rules.text import Text
from web.access import public
from web.database import now
from web.drawings.day_strip import Span, day_strip
from web.drawings.gauge import NARROW, WIDE, Band, GaugeWords, gauge
from web.formatting import local
from web.inspector.arithmetic import CountedBox
from web.inspector.bands import Job

blueprint = Blueprint("specimen", __name__, template_folder="templates")


def init_app(app: Flask) -> None:
    """Serve the sheet where the configuration asks for it, and never otherwise."""
    if app.config["SPECIMEN"] or app.debug or app.testing:
        app.register_blueprint(blueprint)


@blueprint.get("/specimen")
@public
def sheet() -> str:
    """Show every component in the language and theme of the person."""
    words = GaugeWords(_("pass"), _("fail"), _("Scale with the passing band and the reading"))
    band = Band(0, 8, "℃")
    return render_template(
        "specimen/sheet.html",
        days=_days(),
        jobs=_jobs(),
        wide=gauge(band, (7.9, 7.4), words, width=WIDE),
        narrow=gauge(band, (7.9, 7.4), words, width=NARROW),
        strip=day_strip(_spans(), local(now())),
        found_at=datetime(2026, 4, 30, 6, 5, tzinfo=UTC),
        due_at=datetime(2026, 5, 8, 10, 0, tzinfo=UTC),
    )


def _days() -> list[CountedBox]:
    found = CountedBox(date(2026, 4, 30), "from", Text(zh="发现", en="found"))
    closed = Text(zh="放假", en="closed")
    shut = [CountedBox(date(2026, 5, day), "shut", closed) for day in range(1, 6)]
    counted = [
        CountedBox(date(2026, 5, 6), "day", Text(zh="第 1 天", en="day 1")),
        CountedBox(date(2026, 5, 7), "day", Text(zh="第 2 天", en="day 2")),
        CountedBox(date(2026, 5, 8), "end", Text(zh="第 3 天", en="day 3"), "18:00"),
    ]
    return [found, *shut, *counted]


def _jobs() -> list[Job]:
    soon = now() + timedelta(hours=3)
    plain = Job(
        id=1,
        place=Text(zh="学生食堂", en="Canteen"),
        what=Text(zh="食堂日管控", en="Daily canteen control"),
        why=Text(
            zh="每个供餐日，某管理规定第 1 条", en="Every serving day, some regulation Art. 1"
        ),
        state="scheduled",
        opens_at=now(),
        due_at=soon,
        minutes=12,
    )
    overdue = replace(plain, due_at=now() - timedelta(days=3), overdue=True)
    return [overdue, replace(plain, state="in_progress", answered=7, items=23), plain]


def _spans() -> list[Span]:
    base = local(now()).replace(hour=6, minute=30)
    return [
        Span(base, base + timedelta(hours=3, minutes=30), _("Daily canteen control"), running=True),
        Span(
            base + timedelta(hours=8), base + timedelta(hours=11), _("Fire patrol"), running=False
        ),
    ]
