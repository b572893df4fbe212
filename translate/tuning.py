"""The size of a batch that is fastest, measured on the user's own sentences and remembered."""

import hashlib
import json
import logging
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpora.files import core_count, write_json
from translate.conversion import cache_folder
from translate.translator import Translator

LOG = logging.getLogger(__name__)
AUTO = "auto"
GUESS = {  # source tokens by engine and device; what is used for small inputs
    ("ct2", "cpu"): 512,  # a tenth faster than 2048 with the bundled model: less leaves the caches
    ("ct2", "cuda"): 16384,
    ("torch", "cpu"): 2048,
    ("torch", "cuda"): 16384,
}
TRIED = (1.0, 2.0, 0.5, 4.0, 0.25)  # times the guess, the likeliest first
SECONDS = 4.0  # that all measuring together may take; what is begun then is ended
SLOW = 20.0  # sentences a second: below, so few can be decoded that measuring says nothing
PROBES = (2, 8, 32, 128)  # sentences that tell how fast the model is: few leave a GPU idle ...
PROBE_SECONDS = 0.5  # ... so there are more, unless those before took so long
WORTH = 1.05  # times as fast must another size be to be taken in place of the guess
FEWEST = 64  # sentences of the first measurement


def tuned(translator: Translator, sentences: Sequence[str], file: Path | None = None) -> Translator:
    """The translator with the size of batch that is fastest on this machine.

    Args:
        translator: has the guess.
        sentences: of the user, a thousand or more.
        file: where the sizes are remembered; the user's cache folder if not said.
    """
    file = file or cache_folder() / "tuning.json"
    known = remembered(file)
    key = key_of(translator)
    size = known.get(key)
    if not isinstance(size, int) or size < 1:
        size = measured(translator, sentences)
        if size is None:
            return translator
        LOG.info("%d tokens a batch are fastest here", size)
        remember(file, key, size)
    return with_size(translator, size)


def guessed(translator: Translator, file: Path | None = None) -> Translator:
    """The translator with the size of batch that was measured before, or with a guess."""
    known = remembered(file or cache_folder() / "tuning.json").get(key_of(translator))
    size = known if isinstance(known, int) and known > 0 else guess_for(translator)
    return with_size(translator, size)


def guess_for(translator: Translator) -> int:
    """Tokens of a batch that are used before anything is measured."""
    return GUESS[translator.engine.name, translator.engine.device]


def with_size(translator: Translator, size: int) -> Translator:
    """The translator with so many tokens in a batch."""
    return replace(translator, decoding=replace(translator.decoding, batch_tokens=size))


def measured(
    translator: Translator,
    sentences: Sequence[str],
    clock: Callable[[], float] = time.perf_counter,
) -> int | None:
    """Tokens of a batch that decode most sentences a second; the guess unless another is better.

    The sentences decoded are as many as the time allows; a size that does not fit into memory
    lowers the limit of the engine and so cannot win. None if the model is too slow to be measured.
    """
    guess = translator.decoding.batch_tokens

    def rate(count: int, size: int) -> float:
        sources = translator.tokens.encode(spread(sentences, count))
        fits = [source for source in sources if len(source) <= translator.model.longest]
        started = clock()
        translator.engine.decode(fits, replace(translator.decoding, batch_tokens=size))
        return len(fits) / max(clock() - started, 1e-6)

    speed = 0.0
    for count in PROBES:
        speed = rate(count, guess)
        if speed < count / PROBE_SECONDS:
            break
    if speed < SLOW:
        return None
    begun = clock()
    count = max(FEWEST, int(speed * SECONDS / len(TRIED)))
    rates: dict[int, float] = {}
    for factor in TRIED:
        if rates and clock() - begun >= SECONDS:
            break
        size = max(1, int(guess * factor))
        rates[size] = rate(count, size)
    best = max(rates, key=lambda size: rates[size])
    return best if rates[best] >= WORTH * rates[guess] else guess


def spread(sentences: Sequence[str], count: int) -> list[str]:
    """So many distinct sentences, from all parts of the input.

    >>> spread(["a", "b", "c", "d", "a"], 2)
    ['a', 'c']
    """
    distinct = list(dict.fromkeys(sentence for sentence in sentences if sentence.strip()))
    step = max(1, len(distinct) // max(1, count))
    return distinct[::step][:count]


def key_of(translator: Translator) -> str:
    """What the best size depends on: machine, model, engine, number format and search."""
    parts = (
        *(platform.node(), platform.machine(), str(core_count()), accelerator(translator)),
        *(translator.model.revision, translator.engine.name, translator.engine.compute_type),
        str(translator.decoding.beam),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def accelerator(translator: Translator) -> str:
    """Names of the GPUs that the driver knows, if the engine works on one."""
    if translator.engine.device != "cuda":
        return ""
    from translate.gauges import names

    return ", ".join(names())


def remembered(file: Path) -> dict[str, Any]:
    """The sizes that were measured before; none where the file cannot be read."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(file: Path, key: str, size: int) -> None:
    """Keep a size for later runs; a folder that cannot be written is no reason to stop."""
    try:
        write_json(file, remembered(file) | {key: size})
    except OSError as error:
        LOG.debug("%s: %s", file, error)
