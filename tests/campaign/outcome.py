"""What came of a walk."""

from dataclasses import dataclass, field


@dataclass
class Outcome:
    """
    What came of a walk.

    Attributes:
        story: What happened, in order.
        wrong: What is lost, doubled or other than it was told; empty where all is well.
        paints: Milliseconds to the first paint of pages opened while the server was away.
    """

    seed: int
    story: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    paints: list[float] = field(default_factory=list)
