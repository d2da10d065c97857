"""What an explanation says, as the terminal and the pages show it."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.text import Text
from scheduler.roster.explain.repair import WANTED

_TRIAL = Text(zh="均已试排并审核", en="each was tried")


@dataclass(frozen=True)
class Told:
    """
    One thing that cannot be had, in words.

    Attributes:
        head: What.
        places: The shifts concerned.
        conditions: The rules and facts that clash; without any one of them they would not.
        proof: How it is known.
        repairs: What was tried, with its effect; the best first.
        trial: How the repairs were tried.
        scarce: That no more changes than these help, where they are few.
    """

    head: Text
    places: tuple[Text, ...]
    conditions: tuple[Text, ...]
    proof: Text
    repairs: tuple[Text, ...]
    scarce: Text | None = None
    trial: Text = _TRIAL


def scarce(helping: int, tried: int) -> Text | None:
    """Say where fewer changes help than one would like to choose from."""
    if helping >= WANTED:
        return None
    return Text(
        zh=f"共试了 {tried} 项单项改动，有效的只有 {helping} 项。",
        en=f"{tried} single change(s) were tried; no more than {helping} of them help.",
    )


def lines_of(told: Told) -> Iterator[Text]:
    """Yield an explanation line by line, as a terminal shows it."""
    yield told.head
    yield from (Text(zh=f"  · {one.zh}", en=f"  · {one.en}") for one in told.places)
    if told.conditions:
        yield Text(zh="  互相冲突的规定：", en="  What clashes:")
        yield from (Text(zh=f"  - {one.zh}", en=f"  - {one.en}") for one in told.conditions)
    yield Text(zh=f"  {told.proof.zh}", en=f"  {told.proof.en}")
    if told.repairs:
        how = told.trial
        yield Text(zh=f"  可行的办法（{how.zh}）：", en=f"  What would help ({how.en}):")
        yield from (Text(zh=f"  → {one.zh}", en=f"  → {one.en}") for one in told.repairs)
    if told.scarce:
        yield Text(zh=f"  {told.scarce.zh}", en=f"  {told.scarce.en}")
