"""How likely a line is each label, weighed from what speaks for and against it.

Small networks side by side, whose opinions are averaged. In each, evidence, the words of a line
and their order at both ends give some hidden numbers, two further layers look at those of the two
lines above and below (and so, together, at four), and the last one weighs all three. The weights
are data, learnt by `scripts/train_lines.py` from labelled pages.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from corpora.lines.clue_weights import ClueTable, Weights
from corpora.lines.features import Place, own_clues, placed_clues
from corpora.lines.layers import NO_BIAS, Layer, WordLayer, positive, softmax, split
from corpora.lines.lexicon import lexicon
from corpora.lines.look import Look

ARTICLE = ("body", "title")
DECIMALS = 6  # of a probability


def different(looks: Sequence[Look]) -> tuple[Any, Any]:
    """Whether each line is the first of those that look alike, and their number, both (lines,).

    Furniture recurs on the pages of a site, and how it looks is remembered.
    """
    numbers: dict[int, int] = {}
    which = np.fromiter(
        (numbers.setdefault(id(seen), len(numbers)) for seen in looks), np.intp, len(looks)
    )
    first = np.zeros(len(looks), bool)
    first[np.unique(which, return_index=True)[1]] = True
    return first, which


@dataclass(frozen=True, slots=True)
class LineModel:
    """The networks.

    Attributes:
        labels: in the order of the probabilities.
        evidence: what evidence adds to the hidden numbers.
        clues: the same, by clue.
        words: what words add.
        bias: of the hidden numbers.
        near, far: the layers that look around.
        last: from the numbers of all three to the labels.
    """

    labels: tuple[str, ...]
    evidence: Weights
    clues: ClueTable
    words: WordLayer
    bias: Any
    near: Layer
    far: Layer
    last: Layer

    def weigh(self, place: Place) -> Any:
        """Probability of each label for each line, (lines, labels)."""
        if not place.looks:
            return np.zeros((0, len(self.labels)))
        return self.of_sums(self.clues.sums(own_clues(place), placed_clues(place)), place)

    def of_sums(self, evidence: Any, place: Place) -> Any:
        """The same from the sums of the weights of the evidence."""
        own = split(evidence + self.bias, len(self.last.weights))
        first, which = different(place.looks)
        hidden = positive(own + self.words.sums(place.words.only(first)).take(which, axis=1))
        near = positive(self.near.across(hidden, place.bounds))
        far = positive(self.far.across(near, place.bounds))
        logits = self.last.of(np.concatenate([hidden, near, far], 2))
        return softmax(logits).mean(0).round(DECIMALS)


def parsed(data: bytes) -> LineModel:
    """The model of a data file (see `scripts/train_lines.py`)."""
    content = dict(np.load(io.BytesIO(data)))
    names = content["names"].tobytes().decode().split("\n")
    labels = tuple(content["labels"].tobytes().decode().split("\n"))
    part = {name: values.astype(np.float32) for name, values in content.items()}
    nothing = np.zeros((1, part["evidence"].shape[1]), np.float32)
    values = np.concatenate([nothing, part["evidence"]])
    weights = Weights(
        {name: row for row, name in enumerate(names, 1)},
        values * part["step"],
    )
    networks = len(part["pool"])
    vectors = lexicon().vectors.copy()
    vectors[0] = part["unknown"]
    each = positive(vectors @ part["each"] + part["each_bias"])
    return LineModel(
        labels,
        weights,
        ClueTable(weights),
        WordLayer(
            each,
            vectors,
            Layer(part["pool"], part["pool_bias"]),
            Layer(split(part["ends"], networks), NO_BIAS),
        ),
        part["bias"],
        Layer(part["near"], part["near_bias"]),
        Layer(part["far"], part["far_bias"]),
        Layer(part["last"], part["last_bias"]),
    )


def shipped_weights() -> bytes:
    """The data file with the weights that ship with the project."""
    return files("corpora").joinpath("data", "line_model.npz").read_bytes()


def weights_digest() -> str:
    """What tells these weights from others, in 16 hexadecimal digits."""
    return hashlib.sha256(shipped_weights()).hexdigest()[:16]


@cache
def line_model() -> LineModel:
    """The weights that ship with the project, read on first use."""
    return parsed(shipped_weights())
