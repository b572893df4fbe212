"""What a job will take on this machine: counted on the input, timed on a sample of it."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass

from corpora.document import Document
from corpora.page import Cleaning, taken_apart
from corpora.source import Failure
from translate.translator import Translator

SAMPLE_SENTENCES = 1500  # kept for the timing: some seconds of work for any model
TIMING_SECONDS = 6.0
FIRST = 48  # sentences of the first timed batch; the next ones follow from its speed
BYTES_PER_SENTENCE = 1400  # journal, corpus, mirrored English and report of the example run


@dataclass(frozen=True, slots=True)
class Count:
    """What an input holds.

    Attributes:
        articles: that can be read.
        failures: why others cannot.
        characters: of text read.
        dropped: lines that cleaning drops.
        sentences: that remain, repetitions included.
        distinct: different ones among them.
        words: Indonesian ones.
        sample: sentences drawn evenly from all different ones.
    """

    articles: int
    failures: tuple[str, ...]
    characters: int
    dropped: int
    sentences: int
    distinct: int
    words: int
    sample: tuple[str, ...]

    @property
    def failed(self) -> int:
        """Articles that cannot be read."""
        return len(self.failures)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a job will take.

    Attributes:
        seconds: of translating.
        sentences_per_second: measured on a part of the sample.
        timed: sentences of that part.
        memory_bytes: peak of this process while it translated the sample.
        disk_bytes: of the run folder.
    """

    seconds: float
    sentences_per_second: float
    timed: int
    memory_bytes: int
    disk_bytes: int


def counted(read: Iterable[Document | Failure], cleaning: Cleaning) -> Count:
    """Read, clean and split everything; of the sentences only hashes and a sample are kept."""
    articles = characters = dropped = sentences = words = 0
    failures: list[str] = []
    seen: set[int] = set()
    sample: list[str] = []
    dice = random.Random(1)
    for document in read:
        if isinstance(document, Failure):
            failures.append(document.reason)
            continue
        page = taken_apart(document, cleaning)
        articles += 1
        characters += len(document.text)
        dropped += len(page.dropped)
        for sentence in page.sentences:
            sentences += 1
            words += len(sentence.text.split())
            if hash(sentence.text) in seen:
                continue
            seen.add(hash(sentence.text))
            if len(sample) < SAMPLE_SENTENCES:  # reservoir: every sentence has the same chance
                sample.append(sentence.text)
            elif (place := dice.randrange(len(seen))) < SAMPLE_SENTENCES:
                sample[place] = sentence.text
    dice.shuffle(sample)
    found = (characters, dropped, sentences, len(seen), words, tuple(sample))
    return Count(articles, tuple(failures), *found)


def estimated(count: Count, translator: Translator) -> Estimate:
    """Time the sample for some seconds and reckon what all of it takes."""
    import psutil

    rate, timed = speed(count.sample, translator)
    return Estimate(
        seconds=count.distinct / rate if rate else 0.0,
        sentences_per_second=rate,
        timed=timed,
        memory_bytes=psutil.Process().memory_info().rss,
        disk_bytes=count.sentences * BYTES_PER_SENTENCE,
    )


def speed(sample: tuple[str, ...], translator: Translator) -> tuple[float, int]:
    """Sentences a second, and how many tell it; the first batch warms up, the last one counts."""
    rate, timed, place, size, spent = 0.0, 0, 0, FIRST, 0.0
    while place < len(sample) and spent < TIMING_SECONDS:
        batch = sample[place : place + size]
        started = time.monotonic()
        translator.translate(batch)
        taken = max(1e-6, time.monotonic() - started)
        spent, place = spent + taken, place + len(batch)
        rate, timed = len(batch) / taken, len(batch)
        size = max(FIRST, int(rate * (TIMING_SECONDS - spent)))
    return rate, timed
