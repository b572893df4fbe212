"""How to train: the shape of a new model, the schedule, the rates and the noise."""

from dataclasses import dataclass, field

from corpora.errors import UserError
from translate.training.noise import Noise


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

    def __post_init__(self) -> None:
        """Refuse a schedule without an end.

        Raises:
            UserError: `minutes` is not above 0, or `steps` below 0.
        """
        if self.minutes <= 0 or self.steps < 0:
            raise UserError(f"a schedule of {self.minutes} minutes and {self.steps} steps")
