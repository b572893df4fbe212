"""Sentences in, English out: tokens, engine and the splitting of what is too long, put together."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING, overload

from corpora.splitting import split_long
from translate.engine import Decoded, Decoding, Engine, Stopped, load_engine
from translate.models import Model, find_model
from translate.quality.candidates import Candidate
from translate.quality.drafts import Output
from translate.quality.glossary import NO_GLOSSARY, Glossary
from translate.quality.ladder import Ladder
from translate.quality.masks import Masks
from translate.quality.placeholders import needs_no_model, untranslated
from translate.quality.suspects import flags
from translate.quality.tally import Tally
from translate.tokens import Tokens, tokens_of

if TYPE_CHECKING:
    from translate.memory import Memory

LIBRARIES = {"ct2": ("ctranslate2",), "torch": ("torch", "transformers")}
PROCEDURE = 5  # to be raised when the way from a sentence to its translation changes
MOST_PIECES = 4  # of a sentence that is judged and decoded again as a whole


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one sentence.

    Attributes:
        text: English; empty for an empty source, and when the model says nothing.
        score: mean log probability per token, 0 is certain.
        cut: whether the decoder was stopped by its length limit.
        flags: what still looks wrong with it, names of `corpora.flags`.
    """

    text: str
    score: float
    cut: bool
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypotheses(Sequence[Output]):
    """The hypotheses for a piece, best first; of most pieces only the first is ever read.

    Attributes:
        best: its tokens, with those of the others.
        output: gives the text of tokens.
    """

    best: Decoded
    output: Callable[[Decoded], Output]

    def __len__(self) -> int:
        """How many there are."""
        return 1 + len(self.best.others)

    @overload
    def __getitem__(self, index: int) -> Output: ...

    @overload
    def __getitem__(self, index: slice) -> list[Output]: ...

    def __getitem__(self, index: int | slice) -> Output | list[Output]:
        """One of them, or some."""
        every = (self.best, *self.best.others)
        if isinstance(index, slice):
            return [self.output(each) for each in every[index]]
        return self.output(every[index])


@dataclass(frozen=True, slots=True)
class Look:
    """What decoding sentences once gave.

    Attributes:
        done: translations, by sentence.
        suspects: sentences that are to be decoded again, with the best so far if there is any.
    """

    done: dict[str, Translation]
    suspects: dict[str, Candidate | None]


@dataclass(frozen=True, slots=True)
class Translator:
    """A model with its tokens, ready to translate.

    Attributes:
        model: what it is.
        tokens: of the model.
        engine: that decodes.
        decoding: how to search.
        memory: what was translated before.
        ladder: whether suspects are decoded again (see `translate.quality.ladder`).
        glossary: terms that must be in the English.
        masks: names that the model copies; asked for when first needed.
        tally: what was counted so far.
    """

    model: Model
    tokens: Tokens
    engine: Engine
    decoding: Decoding
    memory: "Memory | None" = None
    ladder: bool = True
    glossary: Glossary = NO_GLOSSARY
    masks: Masks = field(default_factory=Masks)
    tally: Tally = field(default_factory=Tally, compare=False)

    @classmethod
    def load(
        cls,
        model: str = "bundled",
        *,
        engine: str = "auto",
        device: str = "auto",
        compute_type: str = "auto",
        decoding: Decoding | None = None,
        ladder: bool = True,
        glossary: Glossary = NO_GLOSSARY,
    ) -> "Translator":
        """Find a model by name and load it (see `find_model` and `load_engine`)."""
        found = find_model(model)
        loaded = load_engine(found, engine, device, compute_type)
        translator = cls(found, tokens_of(found), loaded, decoding or Decoding())
        return replace(translator, ladder=ladder, glossary=glossary)

    def translate(self, sentences: Sequence[str]) -> list[Translation]:
        """Translate sentences; the order is kept and nothing is truncated.

        A sentence that stands several times is decoded once. One with more tokens than the model
        takes is cut at clause borders and its parts are joined again. What has no letters,
        addresses left out, stays as it is. What looks wrong is decoded again in other ways; what
        still does is told in the flags.
        """
        return self.second_look([self.first_look(sentences)], sentences)

    def first_look(self, sentences: Sequence[str]) -> "Look":
        """Look sentences up in the memory and decode the others once.

        Raises:
            Stopped: the engine was stopped; what was done until then is in the memory.
        """
        distinct = list(dict.fromkeys(part for each in sentences for part in self.parts(each)))
        known = self.memory.found(distinct, self.settings()) if self.memory else {}
        new = [text for text in distinct if text not in known]
        done = {text: Translation(untranslated(text), 0.0, False) for text in new}
        wordy = [text for text in new if not needs_no_model(text)]
        ladder = self.climber()
        try:
            found = ladder.first(wordy)
        except Stopped as stopped:
            self.keep(self.settled(stopped.found, ladder))
            raise
        suspects = {text: found.get(text) for text in wordy if ladder.climbs(found.get(text))}
        done |= {text: translation(each) for text, each in found.items()}
        done = {text: each for text, each in done.items() if text not in suspects}
        self.keep(done)
        return Look(known | done, suspects)

    def second_look(self, looks: Sequence["Look"], sentences: Sequence[str]) -> list[Translation]:
        """Decode the suspects of first looks again, together, and give all in order.

        Args:
            looks: at all of the sentences.
            sentences: that are wanted.

        Raises:
            Stopped: the engine was stopped; what was done until then is in the memory.
        """
        whole = {text: each for look in looks for text, each in look.done.items()}
        suspects = {text: each for look in looks for text, each in look.suspects.items()}
        found = {text: each for text, each in suspects.items() if each is not None}
        ladder = self.climber()
        try:
            ladder.again(found, list(suspects))
        except Stopped:
            self.keep(self.settled(found, ladder))
            raise
        new = {text: Translation(untranslated(text), 0.0, False) for text in suspects}
        new |= {text: translation(each) for text, each in found.items()}
        self.keep(new)
        whole |= new
        wanted = [joined([whole[part] for part in self.parts(sentence)]) for sentence in sentences]
        self.tally.add(
            self.glossary,
            (
                (sentence, each.text, each.flags)
                for sentence, each in zip(sentences, wanted, strict=True)
            ),
        )
        return wanted

    def parts(self, sentence: str) -> list[str]:
        """A sentence, or what the model takes of it at once if that is more than a few pieces.

        Those are translated each for itself: of a text without a full stop that is as long as a
        book, only what looks wrong is then decoded again.
        """
        text = sentence.strip()
        if len(text) <= MOST_PIECES * self.model.longest:  # a token has a character at least
            return [text]
        pieces = Cutter(self.tokens, self.model.longest).pieces(text)
        return [each.strip() for each in pieces] if len(pieces) > MOST_PIECES else [text]

    def settled(self, found: Mapping[str, Candidate], ladder: Ladder) -> dict[str, Translation]:
        """The translations that no further rung would change."""
        return {text: translation(each) for text, each in found.items() if not ladder.climbs(each)}

    def keep(self, new: dict[str, Translation]) -> None:
        """Store translations in the memory, if there is one."""
        if self.memory and new:
            self.memory.store(new, self.settings())

    def remembering(self, memory: "Memory") -> "Translator":
        """The same translator with a memory."""
        return replace(self, memory=memory)

    def settings(self) -> str:
        """All that a translation depends on beside the sentence, for the memory."""
        decoding = asdict(self.decoding)
        del decoding["batch_tokens"]
        return json.dumps(
            {
                "revision": self.model.revision,
                "longest": self.model.longest,
                "engine": self.engine.name,
                "versions": versions_of(self.engine.name),
                "device": self.engine.device,
                "compute_type": self.engine.compute_type,
                "decoding": decoding,
                "ladder": self.ladder,
                "glossary": self.glossary.digest,
                "procedure": PROCEDURE,
            },
            sort_keys=True,
        )

    def climber(self) -> Ladder:
        """The ladder of this translator."""
        cutter = Cutter(self.tokens, self.model.longest)
        return Ladder(
            partial(self.outputs, cutter=cutter),
            cutter.pieces,
            self.decoding,
            self.glossary,
            self.masks,
            self.ladder,
        )

    def outputs(
        self, pieces: Sequence[str], decoding: Decoding, cutter: "Cutter"
    ) -> list[Sequence[Output]]:
        """The hypotheses for pieces that the model takes at once, best first."""
        try:
            decoded = self.engine.decode(cutter.encode(pieces), decoding)
        except Stopped as stopped:
            found = {at: Hypotheses(best, self.output) for at, best in stopped.found.items()}
            raise Stopped(found) from None
        return [Hypotheses(best, self.output) for best in decoded]

    def output(self, decoded: Decoded) -> Output:
        """The text of decoded tokens."""
        return Output(self.tokens.decode(decoded.tokens), decoded.score, decoded.cut)


@dataclass(frozen=True, slots=True)
class Cutter:
    """Cuts texts into what a model takes at once, and keeps the tokens that this takes.

    Attributes:
        tokens: of the model.
        longest: tokens that it takes.
        known: tokens of texts that were found to fit.
    """

    tokens: Tokens
    longest: int
    known: dict[str, list[str]] = field(default_factory=dict)

    def pieces(self, text: str) -> list[str]:
        """A text, or its parts if it is too long."""
        return list(split_long(text, self.fits))

    def fits(self, text: str) -> bool:
        """Tell whether the model takes the text in one piece."""
        (found,) = self.tokens.encode([text])
        if len(found) > self.longest:
            return False
        self.known[text] = found
        return True

    def encode(self, pieces: Sequence[str]) -> list[list[str]]:
        """The tokens of pieces."""
        unknown = [piece for piece in pieces if piece not in self.known]
        found = dict(zip(unknown, self.tokens.encode(unknown), strict=True))
        return [self.known.get(piece) or found[piece] for piece in pieces]


@cache
def versions_of(engine: str) -> dict[str, str]:
    """Versions of the libraries that an engine computes with; other ones may round otherwise."""
    return {name: version(name) for name in LIBRARIES.get(engine, ())}


def joined(parts: Sequence[Translation]) -> Translation:
    """The translation of a sentence from those of its parts.

    >>> joined([Translation("One,", -0.5, False), Translation("two.", -1.5, True, ("loop",))])
    Translation(text='One, two.', score=-1.0, cut=True, flags=('loop',))
    """
    if len(parts) == 1:
        return parts[0]
    return Translation(
        " ".join(each.text for each in parts if each.text),
        sum(each.score for each in parts) / len(parts),
        any(each.cut for each in parts),
        tuple(dict.fromkeys(flag for each in parts for flag in each.flags)),
    )


def translation(found: Candidate) -> Translation:
    """What is kept of the best candidate for a sentence."""
    return Translation(found.text, found.score, found.cut, flags(found.found))
