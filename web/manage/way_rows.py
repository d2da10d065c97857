"""The lines of a form of ways: those stated, those that are likely wanted, and free ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from rules.faults import InputInvalid
from rules.organisation.model import Way
from web.manage.faults import faults_by_field
from web.manage.fields import FormReader

FREE = 3
MORE = 5
MOST = 5000
MINUTES = (0.1, 600.0)


@dataclass(frozen=True)
class WayRow:
    """
    One line.

    Attributes:
        start: Key of one end; empty in a free line that nobody filled in.
        minutes: As typed; a line without them is no way.
        free: Whether the ends are chosen in the form.
    """

    start: str
    end: str
    minutes: str
    free: bool = False


def stored_rows(ways: Iterable[Way], order: Sequence[str] = ()) -> list[WayRow]:
    """Return the lines of stored *ways*, of neighbours in *order* without one, and free ones."""
    stated = list(ways)
    rows = [WayRow(way.start, way.end, f"{way.minutes:.12g}") for way in stated]
    known = {frozenset((way.start, way.end)) for way in stated}
    rows += [WayRow(*pair, "") for pair in pairwise(order) if frozenset(pair) not in known]
    return [*rows, *_free(FREE)]


def typed_rows(form: MultiDict[str, str]) -> list[WayRow]:
    """Return the lines of a form as they were typed, with further free ones if it asks for them."""
    rows = [
        WayRow(
            form.get(f"from-{number}", ""),
            form.get(f"to-{number}", ""),
            form.get(f"minutes-{number}", "").strip(),
            form.get(f"free-{number}") == "1",
        )
        for number in range(min(form.get("lines", 0, int), MOST))
    ]
    return [*rows, *_free(MORE)] if form.get("step") == "more" else rows


def _free(count: int) -> Iterator[WayRow]:
    return (WayRow("", "", "", free=True) for _each in range(count))


@dataclass(frozen=True)
class WaysRead:
    """
    What a form says of ways.

    Attributes:
        fields: Of each way, the fields of the form for its ends and minutes, by their names.
    """

    ways: tuple[Way, ...]
    fields: tuple[Mapping[str, str], ...]

    def faults(self, invalid: InputInvalid, *, other: str) -> dict[str, str]:
        """Return the faults of an organisation, those of ways beside their lines."""
        found: dict[str, str] = {}
        for fault in invalid.faults:
            parts = fault.field.split(".")
            at = len(parts) - 1 - parts[::-1].index("travel") if "travel" in parts else len(parts)
            number, name = (*parts[at + 1 : at + 3], "", "")[:2]
            field = self.fields[int(number)].get(name, other) if number.isdigit() else other
            found |= {**faults_by_field(InputInvalid([fault]), {}, other=field), **found}
        return found


def read_ways(reader: FormReader, rows: Sequence[WayRow], names: Mapping[str, str]) -> WaysRead:
    """Return the ways that *rows* state, every fault at its line."""
    read = [
        (way, _fields(number, row))
        for number, row in enumerate(rows)
        if (way := _way(reader, number, row, names)) is not None
    ]
    return WaysRead(tuple(way for way, _f in read), tuple(fields for _w, fields in read))


def _fields(number: int, row: WayRow) -> dict[str, str]:
    """Return the field that a fault belongs to; ends that are not chosen are none to go to."""
    names = ("from", "to", "minutes")
    return {name: f"{name if row.free else 'minutes'}-{number}" for name in names}


def _way(reader: FormReader, number: int, row: WayRow, names: Mapping[str, str]) -> Way | None:
    if not (row.start or row.end or row.minutes) or (not row.free and not row.minutes):
        return None
    label = f"{names.get(row.start, row.start)} – {names.get(row.end, row.end)}"
    ends = [
        reader.one(f"from-{number}", _("One end"), names),
        reader.one(f"to-{number}", _("Other end"), names),
    ]
    minutes = reader.number(f"minutes-{number}", label, MINUTES)
    if None in ends:
        return None
    # A way without sound minutes is tried all the same, so that every fault shows at once.
    return Way.model_construct(start=row.start, end=row.end, minutes=minutes or 1.0)
