"""The year of drills: the strip by site and kind, what has no day, and the drills of a month."""

from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from inspections.drills.year import DrillView, DrillYear
from web.authentication import READERS, roles
from web.drawings.year_strip import WIDTH, days_in, left_of, month_lines, week_ticks
from web.drills.asked import FIRST, LAST, Asked, asked, looked_at
from web.drills.blueprint import blueprint
from web.drills.choices import rules_to_choose
from web.drills.strips import figures, has_no_drill, rows_of
from web.formatting import MONTHS_EN
from web.preferences import language, words

MISSING_AT_ONCE = 12


@blueprint.get("/", endpoint="year")
@roles(*READERS)
def show() -> str:
    """Show the year that the address asks for."""
    wanted = asked()
    shown = looked_at(wanted)
    return render_template(
        "drills/year.html",
        asked=wanted,
        shown=shown,
        rows=rows_of(shown),
        listed=[one for one in shown.drills if one.on.month == wanted.month],
        months=month_lines(wanted.year),
        month_name=month_name,
        heading=_heading(wanted),
        weeks=week_ticks(wanted.year),
        width=WIDTH,
        days=days_in(wanted.year),
        here=left_of(shown.today) if shown.today.year == wanted.year else None,
        earlier=wanted.year - 1 if wanted.year > FIRST else None,
        later=wanted.year + 1 if wanted.year < LAST else None,
        figures=_figures(shown),
        figures_of=figures,
        sites_named=[(key, words(name)) for key, name in wanted.sites],
        missing=shown.missing[:MISSING_AT_ONCE],
        more_missing=max(0, len(shown.missing) - MISSING_AT_ONCE),
        choices=rules_to_choose(shown) if shown.can_plan else (),
        moved=_moved(shown),
        address=_address(wanted),
        page_url=lambda page: _address(wanted)(page=page),
    )


def month_name(month: int) -> str:
    """Return `11 月` or `Nov`."""
    if language() == "zh":
        return f"{month} 月"
    return MONTHS_EN[month - 1][:3]


def _heading(wanted: Asked) -> str:
    name = month_name(wanted.month)
    return f"{wanted.year} 年 {name}" if language() == "zh" else f"{name} {wanted.year}"


def _figures(shown: DrillYear) -> list[tuple[int, str, str]]:
    """Return the figures above the strip, each with its tone."""
    kinds = [kind for site in shown.sites for kind in site.kinds]
    missed = sum(kind.missed for kind in kinds)
    gaps = sum(has_no_drill(window, shown) for kind in kinds for window in kind.windows)
    found = [
        (sum(one.scheduled_or_done for one in shown.drills), _("drills published"), ""),
        (shown.count("done", "late"), _("held"), ""),
        (missed, _("missed"), "bad" if missed else ""),
    ]
    if shown.can_plan:
        found.insert(1, (shown.count("proposed"), _("proposed"), ""))
        found.append((gaps, _("asked for, without a drill"), "bad" if gaps else ""))
    return found


def _moved(shown: DrillYear) -> DrillView | None:
    """Return the drill that was moved just now, so that this can be taken back here."""
    found = shown.of(request.args.get("moved", 0, int)) if shown.can_plan else None
    return found if found is not None and found.moved and found.can_move else None


def _address(wanted: Asked) -> Callable[..., str]:
    """Return what makes the address of this page with other values."""

    def address(**other: Any) -> str:
        values: dict[str, Any] = {
            "year": wanted.year,
            "site": wanted.site or None,
            "month": wanted.month,
        }
        values["page"] = wanted.page if wanted.page > 1 else None
        return url_for("drills.year", **{**values, **other})

    return address
