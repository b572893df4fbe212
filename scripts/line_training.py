"""The network of corpora/lines/model.py while it learns."""

import io
import math
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from corpora.cleaning import shipped_book
from corpora.lines.features import evidence_of, place_of
from corpora.lines.layers import REACH
from corpora.lines.lexicon import lexicon
from corpora.lines.look import look
from corpora.lines.rules import LABELS
from scripts.line_pages import Labelled

NETWORKS, HIDDEN, PART = 2, 64, 64  # and hidden numbers of a line, and of a word
EPOCHS, BATCH, RATE = 6, 8, 3e-3
DECAY = 1e-4
LOST_EVIDENCE, LOST_WORDS = 0.1, 0.2  # shares that are hidden while learning
LOST_HIDDEN, LOST_AROUND = 0.2, 0.3
BODY_WEIGHT = 2.0  # losing an article's line is worse than keeping furniture
FEWEST_LINES = 4  # of pages as they are that must have a piece of evidence
MOST = 127  # steps of a weight


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the network sees it: evidence by line, rows of words, and labels as numbers."""

    evidence: list[list[str]]
    words: list[list[int]]
    labels: list[int]


def seen(pages: Sequence[Labelled]) -> list[Seen]:
    """What is seen of labelled pages, looked at together."""
    lines = [line for page in pages for line, _ in page]
    looks = [look(line.text.strip()) for line in lines]
    rules = [shipped_book().find(each.text, each.found) for each in looks]
    place = place_of(lines, rules, looks, list(map(len, pages)))
    evidence = evidence_of(place)
    stops = np.cumsum(place.words.counts)[:-1]
    words = [each.tolist() or [0] for each in np.split(place.words.row, stops)]
    return [
        Seen(evidence[own], words[own], [LABELS.index(label) for _, label in page])
        for page, own in zip(pages, place.bounds.slices, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pages behind each other; offsets say where each line begins.

    Attributes:
        evidence, evidence_at: rows of evidence.
        words, words_at: rows of words.
        ends: rows of the first word, the second and the last, (lines, 3).
        around: indices of the lines of `REACH`; those that are not there are behind all others.
        labels: numbers.
    """

    evidence: Tensor
    evidence_at: Tensor
    words: Tensor
    words_at: Tensor
    ends: Tensor
    around: Tensor
    labels: Tensor


def batched(pages: Sequence[Seen], rows: dict[str, int]) -> Batch:
    """Pages as one batch."""
    count = sum(len(page.labels) for page in pages)
    evidence = [
        sorted({rows[name] for name in names if name in rows})
        for page in pages
        for names in page.evidence
    ]
    words = [rows for page in pages for rows in page.words]
    around, base = [], 0
    for page in pages:
        size = len(page.labels)
        around += [
            [base + line + far if 0 <= line + far < size else count for far in REACH]
            for line in range(size)
        ]
        base += size
    return Batch(
        *ragged(evidence),
        *ragged(words),
        torch.tensor([[each[0], each[1] if len(each) > 1 else 0, each[-1]] for each in words]),
        torch.tensor(around),
        torch.tensor([label for page in pages for label in page.labels]),
    )


def ragged(lists: Sequence[list[int]]) -> tuple[Tensor, Tensor]:
    """Lists behind each other, and where each begins."""
    flat = [each for one in lists for each in one]
    starts = list(accumulate(map(len, lists), initial=0))[:-1]
    return torch.tensor(flat, dtype=torch.long), torch.tensor(starts)


class Side(nn.Module):
    """A linear layer of each of the networks side by side."""

    def __init__(self, width: int, out: int) -> None:
        """Begin with small random weights."""
        super().__init__()
        most = width**-0.5
        self.weight = nn.Parameter(torch.empty(NETWORKS, width, out).uniform_(-most, most))
        self.bias = nn.Parameter(torch.zeros(NETWORKS, out))

    def forward(self, values: Tensor) -> Tensor:
        """Weighted sums of values (lines, networks, width)."""
        return torch.einsum("nkw,kwo->nko", values, self.weight) + self.bias


class Network(nn.Module):
    """What `LineModel` is made of."""

    def __init__(self, pieces: int) -> None:
        """Begin with small random weights for so many pieces of evidence."""
        super().__init__()
        vectors = torch.tensor(lexicon().vectors)
        width, labels, around = vectors.shape[1], len(LABELS), len(REACH)
        self.register_buffer("vectors", vectors)
        self.unknown = nn.Parameter(torch.zeros(width))
        hidden, part = NETWORKS * HIDDEN, NETWORKS * PART
        self.evidence = nn.EmbeddingBag(1 + pieces, hidden, mode="sum", padding_idx=0)
        nn.init.normal_(self.evidence.weight, std=0.02)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.each = nn.Linear(width, part)
        self.pool = Side(2 * PART, HIDDEN)
        self.ends = nn.Linear(3 * width, hidden, bias=False)
        self.near = Side(around * HIDDEN, HIDDEN)
        self.far = Side(around * HIDDEN, HIDDEN)
        self.last = Side(3 * HIDDEN, labels)
        self.lost, self.lost_around = nn.Dropout(LOST_HIDDEN), nn.Dropout(LOST_AROUND)

    def forward(self, batch: Batch) -> Tensor:
        """Logits of the labels, (lines, networks, labels)."""
        vectors = torch.cat([self.unknown[None], self.vectors[1:]])  # type: ignore[index]
        told = functional.relu(self.each(vectors[batch.words]))
        count = len(batch.words_at)
        sizes = torch.diff(torch.cat([batch.words_at, torch.tensor([len(batch.words)])]))
        line = torch.repeat_interleave(torch.arange(count), sizes)
        empty = torch.zeros(count, told.shape[1])
        mean = empty.index_add(0, line, told) / sizes[:, None]
        most = empty.scatter_reduce(0, line[:, None].expand_as(told), told, "amax")
        own = self.evidence(batch.evidence, batch.evidence_at) + self.bias
        own = own + self.ends(vectors[batch.ends].flatten(1))
        sides = [each.view(count, NETWORKS, -1) for each in (own, mean, most)]
        hidden = sides[0] + self.pool(torch.cat(sides[1:], 2))
        hidden = self.lost(functional.relu(hidden))
        near = self.lost_around(functional.relu(self.near(beside(hidden, batch.around))))
        far = self.lost_around(functional.relu(self.far(beside(near, batch.around))))
        return self.last(torch.cat([hidden, near, far], 2))  # type: ignore[no-any-return]


def beside(values: Tensor, around: Tensor) -> Tensor:
    """The numbers of the lines of `REACH`, side by side in each network."""
    nothing = values.new_zeros(1, *values.shape[1:])
    return torch.cat([values, nothing])[around].transpose(1, 2).flatten(2)


def lossy(batch: Batch) -> Batch:
    """The batch with some evidence and words hidden."""

    def hidden(rows: Tensor, share: float) -> Tensor:
        return rows.masked_fill(torch.rand(rows.shape) < share, 0)

    return Batch(
        hidden(batch.evidence, LOST_EVIDENCE),
        batch.evidence_at,
        hidden(batch.words, LOST_WORDS),
        batch.words_at,
        hidden(batch.ends, LOST_WORDS),
        batch.around,
        batch.labels,
    )


def loss_of(logits: Tensor, labels: Tensor) -> Tensor:
    """How far the labels are off, and above all whether a line is the article."""
    logs = logits.log_softmax(2).flatten(0, 1)
    labels = labels.repeat_interleave(NETWORKS)
    kept = labels < 2  # body, title
    weight = torch.where(kept, BODY_WEIGHT, 1.0)
    label = functional.nll_loss(logs, labels, reduction="none")
    article = torch.logsumexp(logs[:, :2], 1)
    other = torch.log1p(-article.exp().clamp(max=1 - 1e-6))
    return (weight * (label / 2 - torch.where(kept, article, other))).mean() * NETWORKS


def trained(pages: Sequence[Sequence[Seen]], seed: int) -> bytes:
    """The data file, learnt from pages, each as it is first and then as it might have been."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = random.Random(seed)
    times = Counter(name for page in pages for names in page[0].evidence for name in set(names))
    names = sorted(name for name, count in times.items() if count >= FEWEST_LINES)
    rows = {name: row for row, name in enumerate(names, 1)}
    network = Network(len(names))
    shown = [each for page in pages for each in page]
    steps = EPOCHS * math.ceil(len(shown) / BATCH)
    best = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.LambdaLR(
        best, lambda step: min(1, step / 50) * (0.5 + 0.5 * math.cos(math.pi * step / steps))
    )
    for _ in range(EPOCHS):
        chance.shuffle(shown)
        for start in range(0, len(shown), BATCH):
            batch = lossy(batched(shown[start : start + BATCH], rows))
            loss = loss_of(network(batch), batch.labels)
            best.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            best.step()
            pace.step()
    return written(network, names)


def written(network: Network, names: Sequence[str]) -> bytes:
    """The data file: evidence in steps of a power of two, all else in two bytes."""
    part = {name: value.detach().numpy() for name, value in network.named_parameters()}
    evidence = part["evidence.weight"][1:]
    step = 2.0 ** math.ceil(math.log2(np.abs(evidence).max() / MOST))
    content: dict[str, Any] = {
        "labels": text("\n".join(LABELS)),
        "names": text("\n".join(names)),
        "step": np.float32(step),
        "evidence": np.round(evidence / step).astype(np.int8),
        "bias": part["bias"],
        "unknown": part["unknown"],
        "ends": part["ends.weight"].T,
        "each": part["each.weight"].T,
        "each_bias": part["each.bias"],
    }
    for name in ("pool", "near", "far", "last"):
        content[name] = part[f"{name}.weight"]
        content[f"{name}_bias"] = part[f"{name}.bias"]
    halved = {
        name: value.astype(np.float16) if value.dtype == np.float32 and name != "step" else value
        for name, value in content.items()
    }
    file = io.BytesIO()
    np.savez_compressed(file, **halved)
    return file.getvalue()


def text(content: str) -> Any:
    """Text as an array of bytes."""
    return np.frombuffer(content.encode(), np.uint8)
