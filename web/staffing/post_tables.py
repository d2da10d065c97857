"""Truths about posts as tables, for paper and for Excel."""

from collections.abc import Iterator

from flask_babel import gettext as _

from scheduler.staffing.posts.falls import Places
from web.staffing.posts_shown import WHENS, PostAwayRow, PostsShown
from web.staffing.table import Row, Table


def post_tables(posts: PostsShown) -> Iterator[Table]:
    """Yield what the page shows of the posts, in its order."""
    yield _groups(posts)
    yield Table(
        _("If one is away from posts"),
        [_("Person"), _("Posts"), _("one day"), _("a whole week"), _("all the time")],
        [[row.name, row.posts, *_falls(row)] for row in posts.away],
        _("No post hangs on one person"),
    )
    yield _expiring(posts)


def _groups(posts: PostsShown) -> Table:
    heads = [
        _("Posts that share people"),
        _("Places a week"),
        _("Hours a week"),
        _("May stand there"),
        _("On the least staff"),
        _("Stay empty with everybody there"),
    ]
    rows: list[Row] = [
        [
            row.names,
            round(row.places),
            round(row.hours),
            row.able,
            row.staff,
            _figure(row.empty),
        ]
        for row in posts.groups
    ]
    return Table(_("Posts"), heads, rows, _("Nothing falls due"))


def _expiring(posts: PostsShown) -> Table:
    heads = [
        _("Person"),
        _("Certificate"),
        _("Last day"),
        _("Posts"),
        _("Still held by"),
        _("Places after that day"),
        _("Empty if only this one ends"),
        _("Empty if all of the kind end"),
    ]
    rows: list[Row] = [
        [
            row.name,
            row.certificate,
            row.until.isoformat(),
            row.posts,
            row.left or _("nobody"),
            row.places,
            _figure(row.alone),
            _figure(row.together),
        ]
        for row in posts.expiring
    ]
    return Table(_("Post certificates that end"), heads, rows, _("No certificate of a post ends"))


def _falls(row: PostAwayRow) -> Row:
    return [_figure(row.whens[when].empty) if when in row.whens else "" for when in WHENS]


def _figure(places: Places) -> str | int:
    return places.at_least if places.is_exact else str(places)
