"""Progress bars on the error stream, so that JSON on the output stays clean."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Step = Callable[[str, int, int], None]


@contextmanager
def progress_bars(*, shown: bool) -> Iterator[Step]:
    """Yield a function `(label, done, total)` that keeps one bar for each label."""
    columns = (
        TextColumn("{task.description:<24}"),
        BarColumn(bar_width=28),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    bars = Progress(*columns, console=Console(stderr=True), disable=not shown)
    tasks: dict[str, int] = {}

    def step(label: str, done: int, total: int) -> None:
        if label not in tasks:
            tasks[label] = int(bars.add_task(label))
        bars.update(tasks[label], completed=done, total=max(total, 1))  # type: ignore[arg-type]
        if done >= total:
            bars.stop_task(tasks[label])  # type: ignore[arg-type]

    with bars:
        yield step
