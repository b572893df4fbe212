"""Bars on a terminal: how far each stage of a job is, and what the job does and uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from translate.gauges import usage
from translate.progress import Remembered, Stage
from translate.tellers import Teller

BAR_COLUMNS = 42  # of a terminal that a bar takes with its name and counts of five digits


class Bars(Teller):
    """One bar a stage on standard error, and behind it what the job does and uses."""

    def __init__(self, bars: Any) -> None:
        """Draw into a `rich.progress.Progress` that shows the field `doing`."""
        super().__init__()
        self.bars = bars
        self.current: Any = None

    def begin(self, stage: str, total: int | None) -> None:
        """Begin the bar of a stage."""
        with self.lock:
            super().begin(stage, total)
            self.current = self.bars.add_task(stage, total=total, doing="")

    def tell(self) -> None:
        """Move the bar of the stage, and show what the job does and uses."""
        room = self.bars.console.width - BAR_COLUMNS
        said = doing(self.stage, self.memory, room)
        self.bars.update(self.current, completed=self.stage.so_far().steps, doing=said)

    def now_and_then(self) -> None:
        """Move the bar with every step, not only once a second."""
        super().now_and_then()
        if self.current is not None:
            self.bars.update(self.current, completed=self.stage.so_far().steps)


def doing(stage: Stage, memory: Remembered | None, room: int = 200) -> str:
    """What stands behind a bar, as much as there is room for; what matters most comes first.

    >>> doing(Stage("align", 3, 0.0), None).split(" · ")[-1].endswith("MB")
    True
    """
    so_far, left, used = stage.so_far(), stage.eta_seconds(), usage()
    parts = [f"{clock(left)} left" if left else clock(stage.seconds())]
    if so_far.words:
        parts.append(f"{stage.words_per_second():,.0f} words/s")
    if used.gpu_percent is not None:
        parts.append(f"GPU {used.gpu_percent} %, {(used.gpu_bytes or 0) / 1e9:.1f} GB")
    if so_far.words:
        parts.append(f"{so_far.sentences:,.0f} sentences")
    if memory and memory.asked:
        parts.append(f"{100 * memory.hits / memory.asked:.0f} % from memory")
    parts.append(f"{used.host_bytes / 1e6:,.0f} MB")
    while len(parts) > 1 and len(" · ".join(parts)) > room:
        parts.pop()
    return " · ".join(parts)


def clock(seconds: float) -> str:
    """Hours, minutes and seconds.

    >>> clock(75.2), clock(7325)
    ('1:15', '2:02:05')
    """
    minutes, second = divmod(round(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


@contextmanager
def bars_on(console: Any) -> Iterator[Bars]:
    """Bars on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (
        TextColumn("{task.description:<9}"),
        BarColumn(bar_width=12),
        MofNCompleteColumn(),
        TextColumn("{task.fields[doing]}"),
    )
    with Progress(*columns, console=console) as drawn:
        yield Bars(drawn)
