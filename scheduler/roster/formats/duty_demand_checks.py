"""What a duty roster's file gets wrong about how many people a shift has, and about overtime."""

from collections.abc import Iterator

from rules.complaint import Complaint
from rules.organisation.model import Shift
from rules.text import Text
from scheduler.roster.formats.duty_model import DutyRosterFile


def demand_complaints(file: DutyRosterFile) -> Iterator[Complaint]:
    """Yield each shift whose figures do not rise, and overtime beyond hours that nothing limits."""
    for number, post in enumerate(file.posts):
        for place, shift in enumerate(post.shifts):
            for field, least in _wrong(shift):
                yield Complaint(
                    ("posts", number, "shifts", place, field),
                    Text(zh="须 minimum ≤ preferred ≤ maximum。", en="The figures must rise."),
                    Text(zh=f"请写不小于 {least} 的数。", en=f"Write {least} or more."),
                )
    for number, person in enumerate(file.people):
        if person.overtime and "week-hours" not in {**file.limits, **person.limits}:
            yield Complaint(
                ("people", number, "overtime"),
                Text(
                    zh="没有 week-hours，无从计算加班。",
                    en="There are no week-hours beyond which it would be overtime.",
                ),
                Text(zh="请在 limits 中写 week-hours。", en="Give week-hours among the limits."),
            )


def _wrong(shift: Shift) -> Iterator[tuple[str, int]]:
    preferred = shift.minimum if shift.preferred is None else shift.preferred
    if preferred < shift.minimum:
        yield "preferred", shift.minimum
    if shift.maximum is not None and shift.maximum < max(preferred, shift.minimum):
        yield "maximum", max(preferred, shift.minimum)
