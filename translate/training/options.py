"""How to train: the shape of a new model, the schedule, the rates and the noise."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from corpora.errors import UsageError
from translate.training.noise import Noise

RANGES: dict[str, tuple[Callable[[float], bool], str]] = {
    name: (fits, words)
    for names, fits, words in (
        (
            "minutes width feed heads encoder decoder vocabulary tokens longest matrix_rate rate",
            lambda value: value > 0,
            "more than 0",
        ),
        ("steps decay warmup processes save_minutes", lambda value: value >= 0, "0 or more"),
        ("cooldown smoothing averaging accidents swaps", lambda value: 0 <= value <= 1, "0 to 1"),
        ("dropout", lambda value: 0 <= value < 1, "0 or more, less than 1"),
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """How to train.

    Attributes:
        minutes: length of the whole schedule; a resumed run goes on where it was.
        steps: length of the schedule in steps, if that is reached before; 0 is no limit.
        width, feed, heads, encoder, decoder, vocabulary: shape of a new model.
        start: model to go on from instead of a new one: a name or a folder.
        tokens: padded tokens of the longer side per process and step.
        longest: tokens of the longest sentence trained on.
        matrix_rate: step size of the matrices inside the layers (Muon, Jordan et al. 2024,
            https://kellerjordan.github.io/posts/muon, in the units of AdamW).
        rate: step size of all else (AdamW).
        decay: weight decay of the matrices.
        warmup: steps until the full rate.
        cooldown: last share of the schedule, in which the rates fall to nothing.
        dropout: of the residual stream.
        smoothing: of the labels.
        noise: on the source side.
        averaging: share of the average that a step keeps (exponential moving average).
        processes: on a CPU; 0 is one a core.
        save_minutes: between saved states.
        seed: of everything.
        reverse: learn to make Indonesian of English.
    """

    minutes: float = 120.0
    steps: int = 0
    width: int = 256
    feed: int = 1024
    heads: int = 4
    encoder: int = 6
    decoder: int = 2
    vocabulary: int = 8000
    start: str = ""
    tokens: int = 2560
    longest: int = 104
    matrix_rate: float = 2e-3
    rate: float = 2e-3
    decay: float = 0.05
    warmup: int = 300
    cooldown: float = 0.2
    dropout: float = 0.0
    smoothing: float = 0.1
    noise: Noise = field(default_factory=Noise)
    averaging: float = 0.999
    processes: int = 0
    save_minutes: float = 10.0
    seed: int = 1
    reverse: bool = False

    def __post_init__(self) -> None:
        """Refuse what nothing can be trained with.

        Raises:
            UsageError: a number is out of its range, or the width no multiple of the heads.
        """
        for name, value in [*asdict(self).items(), *asdict(self.noise).items()]:
            if name in RANGES and not RANGES[name][0](value):
                raise UsageError(f"{name}: expected {RANGES[name][1]}, got {value}")
        if self.width % self.heads:
            raise UsageError(f"width: expected a multiple of {self.heads} heads, got {self.width}")

    def progress(self, step: int, minute: float) -> float:
        """Share of the schedule that is over after so many steps and minutes.

        >>> TrainingOptions(minutes=10, steps=8).progress(6, 5.0)
        0.75
        """
        share = minute / self.minutes
        return max(share, step / self.steps) if self.steps else share
