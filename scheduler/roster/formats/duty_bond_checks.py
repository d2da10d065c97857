"""What a duty roster's file gets wrong about who stands together and who is kept apart."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.text import Text
from rules.yaml_document import Location
from scheduler.roster.formats.duty_model import DutyRosterFile
from scheduler.roster.formats.unknown import unknown


def bond_complaints(file: DutyRosterFile) -> Iterator[Complaint]:
    """Yield unknown people, people bound to themselves, and pairs both apart and together."""
    known = {person.id for person in file.people}
    for number, apart in enumerate(file.apart):
        at: Location = ("apart", number, "people")
        yield from _strangers(at, apart.people, known)
        if len(set(apart.people)) < len(apart.people):
            yield _itself(at)
    for number, one in enumerate(file.together):
        at = ("together", number)
        yield from _strangers((*at, "person"), (one.person,), known)
        yield from _strangers((*at, "with"), one.others, known)
        if one.person in one.others:
            yield _itself((*at, "with"))
        if all(_is_apart(file, one.person, other) for other in one.others):
            yield Complaint(
                (*at, "with"),
                Text(
                    zh=f"{one.person} 与其中每个人都须分开（apart），永远不能上岗。",
                    en=f"{one.person} is kept apart from all of them and could never stand.",
                ),
                Text(zh="请改其中一处。", en="Change one of the two."),
            )


def _is_apart(file: DutyRosterFile, person: str, other: str) -> bool:
    return person != other and any({person, other} <= set(one.people) for one in file.apart)


def _strangers(at: Location, people: tuple[str, ...], known: set[str]) -> Iterator[Complaint]:
    return (unknown(at, person, known) for person in people if person not in known)


def _itself(at: Location) -> Complaint:
    return Complaint(
        at,
        Text(zh="同一人写了两次。", en="The same person is named twice."),
        Text(zh="请写不同的人。", en="Name different people."),
    )
