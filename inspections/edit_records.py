"""Write down who changed what, with the values before and after."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from inspections.audit import note_change
from rules.organisation.model import Organisation

Flat = dict[str, Any]
_OF_THE_WHOLE = ("packs", "travel", "most_running")


@dataclass(frozen=True)
class Difference:
    """
    What an edit changed in one thing.

    Attributes:
        subject: Kind and keys, for example `site/main` or `asset/main/lift-1`.
        before: Values by name, for example `site.staff` or `absences`; without those that were
            not there.
    """

    subject: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


def note_edits(
    session: Session, before: Organisation, after: Organisation, *, by: str, now: datetime
) -> None:
    """Append one entry to the audit log for each thing in which two states differ."""
    for each in differences(before, after):
        note_change(
            session,
            organisation=after.id,
            by=by,
            action="facts.changed",
            subject=each.subject,
            before=each.before,
            after=each.after,
            now=now,
        )


def differences(before: Organisation, after: Organisation) -> list[Difference]:
    """Return everything in which two states of an organisation differ, in order of its name."""
    old, new = things_of(before), things_of(after)
    found = []
    for subject in sorted({*old, *new}):
        was, is_now = _different(old.get(subject, {}), new.get(subject, {}))
        if was or is_now:
            found.append(Difference(subject, was, is_now))
    return found


def _different(old: Flat, new: Flat) -> tuple[Flat, Flat]:
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return (
        {name: old[name] for name in names if name in old},
        {name: new[name] for name in names if name in new},
    )


def things_of(organisation: Organisation) -> dict[str, Flat]:
    """Return the fields of everything that an edit may change, by its subject."""
    whole = organisation.model_dump(mode="json", by_alias=True, include={*_OF_THE_WHOLE})
    things: dict[str, Flat] = {f"organisation/{organisation.id}": whole}
    for site in organisation.sites:
        things[f"site/{site.id}"] = _flat(site, without=("places", "assets", "posts"))
        for kind in ("places", "assets", "posts"):
            for piece in getattr(site, kind):
                things[f"{kind.removesuffix('s')}/{site.id}/{piece.id}"] = _flat(piece)
    things |= {f"person/{person.id}": _flat(person) for person in organisation.people}
    for decision in organisation.decisions:
        things[f"decision/{decision.site}/{decision.rule}/{decision.on}"] = _flat(decision)
    return things


def _flat(piece: Any, without: Iterable[str] = ()) -> Flat:
    """Return the fields of *piece*, with facts and calendar opened up one level."""
    data: Mapping[str, Any] = piece.model_dump(mode="json", by_alias=True, exclude={*without})
    flat: Flat = {}
    for name, value in data.items():
        if name in {"facts", "calendar"}:
            flat |= {key if "." in key else f"{name}.{key}": each for key, each in value.items()}
        else:
            flat[name] = value
    return flat
