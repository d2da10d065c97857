"""Staffing truths as tables of words and figures, for paper and for Excel."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from scheduler.staffing.outlook import Fall
from web.staffing.post_tables import post_tables
from web.staffing.shown import AwayRow, Shown
from web.staffing.table import Row, Table


def tables(shown: Shown) -> Iterator[Table]:
    """Yield what the page shows, in its order."""
    yield _staff(shown)
    if shown.posts:
        yield from post_tables(shown.posts)
    yield Table(
        _("If one person is away"),
        [_("Person"), *when_words().values()],
        [[row.name, *_falls(row)] for row in shown.away],
        _("Nobody is alone with anything"),
    )
    yield Table(
        _("Certificates that end"),
        [
            _("Person"),
            _("Certificate"),
            _("Last day"),
            _("Still held by"),
            _("Asked for after"),
            _("Falls if only this one ends"),
            _("Falls if all of the kind end"),
        ],
        [
            [
                row.name,
                row.certificate,
                row.until.isoformat(),
                row.left or _("nobody"),
                row.asked,
                _count(row.alone),
                _count(row.together),
            ]
            for row in shown.expiring
        ],
        _("No certificate that is asked for ends"),
    )


def _staff(shown: Shown) -> Table:
    heads = [_("Person"), _("In the roles"), _("With certificates"), _("Checks")]
    heads.append(_("Minutes a week"))
    of_posts = [_("Shifts"), _("Shift hours a week")] if shown.posts else []
    rows: list[Row] = [
        [
            _named(row.name, row.to_get, row.to_come_on),
            row.roles,
            row.certificates,
            row.checks,
            row.minutes_a_week,
            *([row.shifts, round(row.shift_hours)] if shown.posts else []),
        ]
        for row in shown.seats
    ]
    return Table(_("The least staff"), [*heads, *of_posts], rows, _("Nothing falls due"))


def lines(shown: Shown) -> Iterator[str]:
    """Yield the sentences above the tables."""
    least = shown.least
    if least.is_proved:
        told = _("people at the least; proved: fewer do not do")
    else:
        told = _(
            "people found to be enough; at least %(count)s are needed", count=least.bound.people
        )
    there = f"{shown.people} {_('people there')}"
    places = f" · {shown.posts.places} {_('places at posts')}" if shown.posts else ""
    yield f"{least.cost.people} {told} · {there} · {shown.checks} {_('checks due')}{places}"
    if shown.spare:
        spare = ngettext(
            "The law could do without one person",
            "The law could do without %(num)s people",
            len(shown.spare),
        )
        yield f"{spare}{_(': ')}{_(', ').join(shown.spare)}"


def when_words() -> dict[str, str]:
    """Return the heads of the days on which somebody may be away."""
    return {
        "mon": _("Mondays"),
        "tue": _("Tuesdays"),
        "wed": _("Wednesdays"),
        "thu": _("Thursdays"),
        "fri": _("Fridays"),
        "sat": _("Saturdays"),
        "sun": _("Sundays"),
        "week": _("a whole week"),
        "always": _("all the time"),
    }


def _named(name: str, to_get: str, to_come_on: str) -> str:
    more = [_("to get: %(names)s", names=to_get)] if to_get else []
    more += [_("to come on %(days)s", days=to_come_on)] if to_come_on else []
    return f"{name} ({_(', ').join(more)})" if more else name


def _falls(row: AwayRow) -> Row:
    return [_count(row.whens[when].fall) if when in row.whens else "" for when in when_words()]


def _count(fall: Fall) -> str | int:
    return fall.checks if fall.is_exact else f"≥ {fall.checks}"
