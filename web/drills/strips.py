"""The rows of the year: each kind of drill at each site as a drawing with its figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from inspections.drills.year import ClosedSpan, DrillView, DrillYear, KindYear, SiteYear, Window
from web.drawings.year_strip import Mark, Shut, Span, Tone, YearRow, year_row
from web.formatting import clock, day
from web.grammar import sign
from web.preferences import words

# What counts first where a duty asks for several drills in a period.
_WORST: Sequence[Tone] = ("bad", "gap", "open", "go", "ok")
_TONES: Mapping[str, Tone] = {
    "done": "ok",
    "late": "ok",
    "planned": "go",
    "open": "open",
    "missed": "bad",
}
_Period = tuple[date, date]
# Weekly days of rest would hatch the whole year.
_LEAST_SHUT = timedelta(days=2)


@dataclass(frozen=True)
class Row:
    """
    A kind of drill at a site.

    Attributes:
        first: Whether it is the first row of its site.
        label: What the drawing shows, for those who cannot see it.
    """

    site: SiteYear
    kind: KindYear
    first: bool
    drawing: YearRow
    label: str


def rows_of(shown: DrillYear) -> list[Row]:
    """Return the rows of the year, by site."""
    drills = {one.id: one for one in shown.drills}
    return [
        _row(shown, site, kind, drills, first=number == 0)
        for site in shown.sites
        for number, kind in enumerate(site.kinds)
    ]


def told(drill: DrillView) -> str:
    """Return a drill in one line: when, what, how it stands."""
    parts = [f"{day(drill.on)} {clock(drill.starts_at)}", words(drill.title)]
    parts += [words(drill.scenario)] if drill.scenario else []
    parts.append(str(sign("occurrence", drill.state).word))
    parts += [_("unannounced")] if drill.hidden else []
    return " · ".join(parts)


def has_no_drill(one: Window, shown: DrillYear) -> bool:
    """
    Tell whether nobody has thought of a drill for the window.

    Who does not plan cannot tell that from one that is to be a surprise.
    """
    return shown.can_plan and one.state == "open" and one.drill is None


def spans_of(windows: Iterable[Window], shown: DrillYear) -> list[Span]:
    """
    Return the periods of windows, one for all the drills that a duty asks for in it.

    Duties whose periods are the same share a line; what stands worst among them counts.
    """
    by_rule: defaultdict[str, defaultdict[_Period, list[Tone]]]
    by_rule = defaultdict(lambda: defaultdict(list))
    for one in windows:
        tone = "gap" if has_no_drill(one, shown) else _TONES.get(one.state)
        if tone is not None:
            by_rule[one.wanted.rule][one.since, one.until].append(tone)
    lines: defaultdict[tuple[_Period, ...], defaultdict[_Period, list[Tone]]]
    lines = defaultdict(lambda: defaultdict(list))
    for periods in by_rule.values():
        line = lines[tuple(sorted(periods))]
        for period, tones in periods.items():
            line[period] += tones
    return [
        Span(str(number), *period, min(tones, key=_WORST.index))
        for number, line in enumerate(lines.values())
        for period, tones in line.items()
    ]


def _row(
    shown: DrillYear,
    site: SiteYear,
    kind: KindYear,
    drills: Mapping[int, DrillView],
    *,
    first: bool,
) -> Row:
    marks = [_mark(drills[one], shown, site.key) for one in kind.drills if one in drills]
    shut = [Shut(one.since, one.until, words(one.text)) for one in _long(site.closed)]
    drawing = year_row(shown.year, marks, spans_of(kind.windows, shown), shut)
    label = f"{words(site.name)} · {words(kind.title)}{_(': ')}{figures(kind)}"
    return Row(site, kind, first=first, drawing=drawing, label=label)


def figures(kind: KindYear) -> str:
    """Return the figures of a row in words: required, planned, done, missed."""
    parts = [
        _("%(count)s required", count=kind.least),
        _("%(count)s planned", count=kind.planned + kind.proposed),
        _("%(count)s held", count=kind.done + kind.late),
    ]
    return " · ".join(parts)


def _mark(drill: DrillView, shown: DrillYear, site: str) -> Mark:
    return Mark(
        str(drill.id),
        drill.on,
        drill.state,
        told(drill),
        movable=shown.can_plan and drill.can_move,
        anchor=drill.site == site,
    )


def _long(closed: Iterable[ClosedSpan]) -> Iterable[ClosedSpan]:
    return (one for one in closed if one.until - one.since >= _LEAST_SHUT)
